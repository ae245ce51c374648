"""Finds check runs, and ends those whose process is gone."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm.attributes import set_committed_value

from wizard import metrics
from wizard.domain.check import RunKind, RunState, Verdict
from wizard.errors import NotFound
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import PASSED, UNFINISHED, Account, CheckRun, Connection, Connector, Setup, SuperOfficeLink
from wizard.models.columns import now
from wizard.models.database import writing

MAX_WAIT_SECONDS = 1.0
"""How long the database may be locked before heartbeats are too old through no fault of their processes."""


def find_run(run_id: str) -> CheckRun:
    """Loads a run, marked if it is abandoned. Raises NotFound, also for one that has no page."""
    run = db.session.get(CheckRun, run_id) if run_id.isalnum() else None  # PostgreSQL takes no NUL
    if run is None or run.kind == RunKind.REMOVAL:
        raise NotFound(run_id)
    return mark_if_abandoned(run)


def find_own_run(account: Account, run_id: str) -> CheckRun:
    """Loads a run that this account has started; for an administrator any run. Raises NotFound."""
    run = find_run(run_id)
    if not account.is_administrator and run.account_id != account.id:
        raise NotFound(run_id)
    return run


def find_visible_run(account: Account, run_id: str) -> CheckRun:
    """The same, and for a reader also the runs whose health is in the lists. Raises NotFound."""
    run = find_run(run_id)
    return run if _is_listed(run) else find_own_run(account, run_id)


def _is_listed(run: CheckRun) -> bool:
    found = (
        select(model.id).where(model.health_run_id == run.id) for model in (Connector, Connection, SuperOfficeLink)
    )
    return any(db.session.scalar(each.limit(1)) is not None for each in found)


def visible_runs(account: Account, run_ids: Iterable[str]) -> set[str]:
    """Those of the ids whose runs have not been deleted yet and whose pages this account can open."""
    found = select(CheckRun.id).where(CheckRun.id.in_(list(run_ids)))
    if not account.is_administrator:
        found = found.where(CheckRun.account_id == account.id)
    return set(db.session.scalars(found))


def mark_if_abandoned(run: CheckRun) -> CheckRun:
    """Sets the state to interrupted if the process of the run is gone; in memory only, as a page writes nothing."""
    if run.unfinished and run.id not in job_queue().run_ids() and run.heartbeat_at < _oldest_heartbeat():
        set_committed_value(run, "state", RunState.INTERRUPTED)
    return run


def is_alive() -> ColumnElement[bool]:
    """Filters for the runs that some process queues or executes."""
    return CheckRun.state.in_(UNFINISHED) & (CheckRun.heartbeat_at >= _oldest_heartbeat())


@writing()
def end_abandoned_runs() -> None:
    """Stores the state interrupted for the runs whose process is gone. Commits.

    A database that was locked has kept the other processes from writing their heartbeat: they are given another turn.
    """
    began = time.monotonic()
    db.session.connection()
    if time.monotonic() - began > MAX_WAIT_SECONDS:
        db.session.rollback()
        return
    abandoned = CheckRun.state.in_(UNFINISHED) & (CheckRun.heartbeat_at < _oldest_heartbeat())
    ended = update(CheckRun).where(abandoned).values(state=RunState.INTERRUPTED).returning(CheckRun.kind)
    kinds = db.session.scalars(ended).all()
    db.session.commit()
    for kind in kinds:
        metrics.count_result(kind, RunState.INTERRUPTED)


def renew_heartbeats_of(condition: ColumnElement[bool]) -> None:
    """Says of unfinished runs that they are not abandoned, but for those that somebody is writing at this moment."""
    runs = select(CheckRun.id).where(condition, CheckRun.state.in_(UNFINISHED)).with_for_update(skip_locked=True)
    db.session.execute(update(CheckRun).where(CheckRun.id.in_(runs)).values(heartbeat_at=now()))


def _oldest_heartbeat() -> datetime:
    silence: timedelta = current_app.config["SILENCE"]
    return now() - silence


def wait_for(run: CheckRun, pause: float = 0.1) -> CheckRun:
    """Reloads a run until it has ended in whichever process. No transaction is open while it waits."""
    while True:
        db.session.commit()
        reloaded = mark_if_abandoned(db.session.get_one(CheckRun, run.id, populate_existing=True))
        if not reloaded.unfinished:
            return reloaded
        db.session.rollback()
        time.sleep(pause)


def latest_run(setup: Setup, *kinds: RunKind) -> CheckRun | None:
    """The newest run of a setup of these kinds."""
    run = db.session.scalar(select_newest_of(setup, *kinds))
    return run and mark_if_abandoned(run)


def latest_link_run() -> CheckRun | None:
    """The newest check of the link to SuperOffice."""
    run = db.session.scalar(select_newest(CheckRun.kind == RunKind.LINK))
    return run and mark_if_abandoned(run)


def select_newest_of(setup: Setup, *kinds: RunKind) -> Select[CheckRun]:
    return select_newest(CheckRun.setup_id == setup.id, CheckRun.kind.in_(kinds))


def latest_pass(setup: Setup, *kinds: RunKind) -> CheckRun | None:
    """The newest passed run of a setup. Its receipt may be void: the form may have changed since."""
    return db.session.scalar(select_newest_pass_of(setup, *kinds))


def select_newest_pass_of(setup: Setup, *kinds: RunKind) -> Select[CheckRun]:
    return select_newest(CheckRun.setup_id == setup.id, CheckRun.kind.in_(kinds), CheckRun.verdict.in_(PASSED))


def select_newest_failures_of(setup: Setup) -> Select[CheckRun]:
    """The last two tests of a setup that have failed."""
    return select_newest(CheckRun.setup_id == setup.id, CheckRun.verdict == Verdict.FAILED, limit=2)


def select_newest(*conditions: ColumnElement[bool], limit: int = 1) -> Select[CheckRun]:
    return select(CheckRun).where(*conditions).order_by(CheckRun.created_at.desc()).limit(limit)
