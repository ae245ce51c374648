"""What is watched, and how that went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import undefer

from wizard.domain.watch import DAYS, FAILURES_TOLD, Day, strip_of
from wizard.errors import NotFound
from wizard.extensions import db
from wizard.models import Connection, Connector, Outage, Watch, WatchDay
from wizard.models.columns import now
from wizard.services.lists import Page, page_of

Target = Connector | Connection


def watch_of(target: Target) -> Watch | None:
    """None of what was never watched."""
    return db.session.scalar(select(Watch).where(_is_of(type(target), [target.id])))


def watches_of(targets: Sequence[Target]) -> dict[int, Watch]:
    """Of connectors or of connections, by their ids; in one statement."""
    if not targets:
        return {}
    found = db.session.scalars(select(Watch).where(_is_of(type(targets[0]), [each.id for each in targets])))
    return {watch.connector_id or watch.connection_id or 0: watch for watch in found}


def strip(watch_ids: Collection[int], days: int = DAYS) -> dict[int, tuple[Day, ...]]:
    """A day for each of the last dates, the oldest first, for each of these watches; in one statement."""
    today = now().date()
    found = days_of(watch_ids, days)
    return {watch_id: strip_of(found.get(watch_id, ()), today, days) for watch_id in watch_ids}


def days_of(watch_ids: Collection[int], days: int = DAYS) -> Mapping[int, Sequence[Day]]:
    """The days on which these watches were tested, of the last ones."""
    found: defaultdict[int, list[Day]] = defaultdict(list)
    if watch_ids:
        since = now().date() - timedelta(days=days - 1)
        rows = select(WatchDay).where(WatchDay.watch_id.in_(watch_ids), WatchDay.day >= since)
        for row in db.session.scalars(rows):
            found[row.watch_id].append(row.to_day())
    return found


def ended_outages(watch: Watch, page: int) -> Page[Outage]:
    """The newest first, with what the first failed test of each has found."""
    ended = select(Outage).where(Outage.watch_id == watch.id, Outage.until.is_not(None))
    return page_of(ended.order_by(Outage.id.desc()), page, options=(undefer(Outage.stages_token),))


def open_outages(watches: Iterable[Watch]) -> dict[int, Outage]:
    """The outages that have not ended, by the ids of their watches; in one statement, or in none."""
    ids = [watch.outage_id for watch in watches if watch.outage_id]
    found = db.session.scalars(select(Outage).where(Outage.id.in_(ids))) if ids else ()
    return {outage.watch_id: outage for outage in found}


def find_outage(watch: Watch, outage_id: int) -> Outage:
    """Raises NotFound, for one of another watch too."""
    outage = db.session.get(Outage, outage_id)
    if outage is None or outage.watch_id != watch.id:
        raise NotFound(outage_id)
    return outage


def count_down_connections() -> int:
    """How many connections have failed so often that it was told."""
    down = select(func.count()).select_from(Watch).join(Watch.connection)
    return db.session.scalar(down.where(Watch.failures >= FAILURES_TOLD, Connection.deleted_at.is_(None))) or 0


def _is_of(model: type[Target], ids: Collection[int]) -> ColumnElement[bool]:
    column = Watch.connector_id if model is Connector else Watch.connection_id
    return column.in_(ids)
