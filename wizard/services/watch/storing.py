"""Stores the results of many tests in one transaction, and has it told when something breaks and works again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from wizard import metrics
from wizard.config import Settings
from wizard.domain.check import StageResult, Verdict
from wizard.domain.watch import FAILURES_TOLD, Interval, longest_gap, next_due, seconds_by_day
from wizard.extensions import db
from wizard.models import Outage, Watch, WatchDay
from wizard.models.columns import now
from wizard.models.database import asynchronous_commit, writing
from wizard.services.watch.performing import Result

MAX_OUTAGES = 100
"""How many of the newest outages of a watch are kept."""
MAX_DETAILED = 3
"""Of how many the results of the stages are."""
_GAPS = 3
"""After so many of the longest gaps without a test nothing is known of the time between two tests."""


def _nothing(_: Sequence[int]) -> None: ...


@dataclass(frozen=True, slots=True)
class Tell:
    """Adds to the running transaction what is to be told of these outages."""

    broken: Callable[[Sequence[int]], None] = _nothing
    working: Callable[[Sequence[int]], None] = _nothing


@dataclass
class _Batch:
    """What is written at the end, in few statements."""

    days: dict[tuple[int, date], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0]))
    new: list[tuple[Watch, Outage]] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    working: list[int] = field(default_factory=list)
    turned: list[int] = field(default_factory=list)
    """The watches whose first test of a day this was."""
    counted: list[Result] = field(default_factory=list)


def store(results: Sequence[Result], tell: Tell) -> None:
    """Commits. A result that comes too late, as another process has claimed the test since, is dropped."""
    with writing(), asynchronous_commit():
        found = select(Watch).where(Watch.id.in_([each.job.watch_id for each in results])).order_by(Watch.id)
        watches = {watch.id: watch for watch in db.session.scalars(found.with_for_update(), _FRESH)}
        batch = _Batch()
        for result in results:
            watch = watches.get(result.job.watch_id)
            if watch is not None and watch.claimed_until == result.job.claimed_until:
                _apply(watch, result, batch)
        _write(batch, tell)
        db.session.commit()
    for result in batch.counted:
        metrics.count_result("watch", *_outcome_of(result))


_FRESH = {"populate_existing": True}


def _outcome_of(result: Result) -> tuple[Verdict, str | None]:
    return (Verdict.FAILED, result.failure.reason) if result.failure else (Verdict.PASSED, None)


def _apply(watch: Watch, result: Result, batch: _Batch) -> None:
    watch.claimed_until = None
    if watch.interval is Interval.OFF:
        return
    if result.is_void:
        watch.due_at = result.at + result.pause
        return
    _count(watch, result, batch)
    if result.failure is None:
        _works(watch, result, batch)
    else:
        _fails(watch, result, result.failure, batch)
    watch.last_at = result.at
    watch.certificate_until = result.certificate_until or watch.certificate_until
    watch.due_at = next_due(watch.id, watch.interval, watch.failures, result.at)


def _count(watch: Watch, result: Result, batch: _Batch) -> None:
    """Adds the test to its day, and the time since the last one, as time down if that had failed."""
    batch.counted.append(result)
    today = batch.days[watch.id, result.at.date()]
    today[0] += 1
    today[1] += result.failure is not None
    if watch.last_at is None or watch.last_at.date() != result.at.date():
        batch.turned.append(watch.id)
    if watch.last_at is None or result.at - watch.last_at > _GAPS * longest_gap(watch.interval, watch.failures):
        return
    for day, seconds in seconds_by_day(watch.last_at, result.at).items():
        counts = batch.days[watch.id, day]
        counts[2] += seconds if watch.failures else 0
        counts[3] += seconds


def _works(watch: Watch, result: Result, batch: _Batch) -> None:
    if watch.outage_id is not None:
        db.session.execute(update(Outage).where(Outage.id == watch.outage_id).values(until=result.at))
        if watch.is_down:
            batch.working.append(watch.outage_id)
    watch.failures, watch.outage_id, watch.stage, watch.reason = 0, None, None, None


def _fails(watch: Watch, result: Result, failure: StageResult, batch: _Batch) -> None:
    watch.failures += 1
    watch.stage, watch.reason = failure.stage, failure.reason or ""
    if watch.outage_id is None:
        outage = Outage(watch_id=watch.id, stage=watch.stage, reason=watch.reason, since=result.at)
        outage.stages = result.stages
        batch.new.append((watch, outage))
        return
    db.session.execute(update(Outage).where(Outage.id == watch.outage_id).values(failures=watch.failures))
    if watch.failures == FAILURES_TOLD:
        batch.broken.append(watch.outage_id)


def _write(batch: _Batch, tell: Tell) -> None:
    db.session.add_all([outage for _, outage in batch.new])
    db.session.flush()
    for watch, outage in batch.new:
        watch.outage_id = outage.id
        _forget_old(watch.id)
    _add_to_days(batch.days)
    if batch.turned:
        _forget_old_days(batch.turned)
    if batch.broken:
        tell.broken(batch.broken)
    if batch.working:
        tell.working(batch.working)


def _add_to_days(days: dict[tuple[int, date], list[int]]) -> None:
    if not days:
        return
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(WatchDay)
    names = "tests", "failed", "down_seconds", "watched_seconds"
    sums = {name: getattr(WatchDay, name) + insert.excluded[name] for name in names}
    upsert = insert.on_conflict_do_update(index_elements=["watch_id", "day"], set_=sums)
    rows = [
        {"watch_id": key[0], "day": key[1], **dict(zip(names, counts, strict=True))} for key, counts in days.items()
    ]
    db.session.execute(upsert, sorted(rows, key=lambda row: (row["watch_id"], row["day"])))


def _forget_old_days(watch_ids: Sequence[int]) -> None:
    """What is older than a setting says; of each watch at the beginning of a day, as a table of days is large."""
    settings: Settings = current_app.config["SETTINGS"]
    expiry = now() - timedelta(days=settings.watch_days)
    db.session.execute(delete(WatchDay).where(WatchDay.watch_id.in_(watch_ids), WatchDay.day < expiry.date()))
    db.session.execute(delete(Outage).where(Outage.watch_id.in_(watch_ids), Outage.until < expiry))


def _forget_old(watch_id: int) -> None:
    """The oldest outages of a watch, and the stages of those that are not new."""
    ids = select(Outage.id).where(Outage.watch_id == watch_id).order_by(Outage.id.desc())
    too_old = ids.offset(MAX_OUTAGES).limit(1).scalar_subquery()
    db.session.execute(delete(Outage).where(Outage.watch_id == watch_id, Outage.id <= too_old))
    old = ids.offset(MAX_DETAILED).limit(1).scalar_subquery()
    has_stages = Outage.stages_token.is_not(None)
    forget = update(Outage).where(Outage.watch_id == watch_id, Outage.id <= old, has_stages)
    db.session.execute(forget.values(stages_token=None))
