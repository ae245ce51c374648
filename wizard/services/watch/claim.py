"""Takes what is due, so that no two processes test it at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import Select, and_, or_, select, update

from wizard.domain.watch import Interval, longest_gap
from wizard.errors import DecryptionError
from wizard.extensions import db
from wizard.models import Connection, ConnectionState, Connector, Watch
from wizard.models.columns import now
from wizard.models.connector import origin_of
from wizard.models.database import asynchronous_commit, writing

Claimed = Mapping[int, datetime]
"""Until when, by the id of the watch."""
LATER = timedelta(minutes=10)
"""When it is looked again whether something can be tested that could not."""


@dataclass(frozen=True, slots=True)
class Job:
    """A test that this process has to make until `claimed_until`."""

    watch_id: int
    claimed_until: datetime
    url: str
    ca_pem: str
    is_first: bool
    """Whether a failure would be the first one in a row."""
    connection_id: int | None = None
    config: bytes | None = None
    """The configuration of a connection, encrypted as it is stored."""


def claim_due(limit: int, running: Collection[int] = ()) -> list[Job]:
    """Some of what is due, and claimed by nobody. `running` are those of this process: its clock may have jumped."""
    is_any = db.session.scalar(select(_due(running).exists()))
    db.session.rollback()
    if not is_any:  # without the write lock of SQLite, as mostly there is nothing
        return []
    with writing(), asynchronous_commit():
        claimed = _claim(limit, running)
        jobs = _connector_jobs(claimed) + _connection_jobs(claimed) if claimed else []
        _let_go(claimed.keys() - {job.watch_id for job in jobs})
        db.session.commit()
    return jobs


def _due(running: Collection[int]) -> Select[int]:
    at = now()
    is_free = or_(Watch.claimed_until.is_(None), Watch.claimed_until < at)
    return select(Watch.id).where(Watch.due_at <= at, is_free, Watch.id.not_in(running))


def _claim(limit: int, running: Collection[int]) -> Claimed:
    until = now() + _lifetime()
    due_ids = _due(running).order_by(Watch.due_at).limit(limit).with_for_update(skip_locked=True).cte("due")
    claim = update(Watch).where(Watch.id.in_(select(due_ids.c.id))).values(claimed_until=until).returning(Watch.id)
    return dict.fromkeys(db.session.scalars(claim, execution_options={"synchronize_session": False}), until)


def _connector_jobs(claimed: Claimed) -> list[Job]:
    """What is deleted is left out here: SQLite would begin with the many that are not deleted."""
    columns = Watch.id, Watch.failures, Connector.url, Connector.real_url, Connector.ca_pem, Connector.deleted_at
    rows = db.session.execute(select(*columns).join(Watch.connector).where(Watch.id.in_(claimed)))
    return [
        Job(row.id, claimed[row.id], row.real_url or row.url, row.ca_pem, is_first=row.failures == 0)
        for row in rows
        if row.deleted_at is None
    ]


def _connection_jobs(claimed: Claimed) -> list[Job]:
    """Columns only: loading a whole connection would decrypt all that it has."""
    columns = Watch.id.label("watch_id"), Watch.failures, Connection.id, Connection.origin, Connection.config_token
    place = Connection.connector_id, Connector.url, Connector.real_url, Connector.ca_pem
    found = select(*columns, *place, Connection.deleted_at, Connection.state)
    found = found.join(Watch.connection).join(Connection.connector).where(Watch.id.in_(claimed))
    rows: Sequence[Any] = db.session.execute(found).all()
    current = [row for row in rows if row.deleted_at is None and row.state == ConnectionState.SAVED]
    return [_connection_job(row, claimed[row.watch_id]) for row in current if _may_send(row)]


def _connection_job(row: Any, until: datetime) -> Job:
    url, is_first = row.real_url or row.url, row.failures == 0
    return Job(row.watch_id, until, url, row.ca_pem, is_first=is_first, connection_id=row.id, config=row.config_token)


def _may_send(row: Any) -> bool:
    """Its connector may have moved since its secrets were given to it."""
    if row.origin == origin_of(row.connector_id, row.real_url or row.url):
        return True
    try:
        return not db.session.get_one(Connection, row.id).has_secrets_of_another
    except DecryptionError:
        return False


def _let_go(watch_ids: Collection[int]) -> None:
    """What cannot be tested now: it is deleted, being saved, or its connector has moved."""
    if watch_ids:
        later = {"claimed_until": None, "due_at": now() + LATER}
        db.session.execute(update(Watch).where(Watch.id.in_(watch_ids)).values(later))


def make_jumped_due() -> None:
    """What is due or claimed further away than ever was so by a clock that was set back since. Commits."""
    at = now()
    beyond = [
        and_(Watch.interval == interval, has_failed, Watch.due_at > at + max(LATER, longest_gap(interval, failures)))
        for interval in Interval
        for failures, has_failed in ((0, Watch.failures == 0), (1, Watch.failures > 0))
    ]
    with writing(), asynchronous_commit():
        db.session.execute(update(Watch).where(or_(*beyond)).values(due_at=at))
        db.session.execute(update(Watch).where(Watch.claimed_until > at + _lifetime()).values(claimed_until=None))
        db.session.commit()


def _lifetime() -> timedelta:
    """The time limit of a test, and as long as a process may be silent before it counts as dead."""
    silence: timedelta = current_app.config["SILENCE"]
    return timedelta(seconds=current_app.config["CHECK_SECONDS"]) + silence
