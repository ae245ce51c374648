"""How far SuperOffice has what is configured here: who writes just now, what was read back, when it is tried again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import load_only
from sqlalchemy.orm.interfaces import ORMOption

from wizard.domain.check import StageResult
from wizard.domain.configuration import Configuration
from wizard.errors import InvalidState
from wizard.extensions import db
from wizard.models import (
    Account,
    ConfigurationState,
    Connection,
    ConnectionState,
    SuperOfficeDrift,
    WriteOperation,
)
from wizard.models.columns import now
from wizard.models.database import reload_for_update
from wizard.services.configuration.find import load, need_state
from wizard.services.configuration.there.journal import left_open

FIRST_DELAY = timedelta(minutes=1)
MAX_DELAY = timedelta(minutes=15)
MAX_TRIES = 100
"""About a day."""
LEASE = timedelta(minutes=2)
"""How long others leave a connection alone that is being written, if its process has ended meanwhile."""
Refused = Mapping[str, Mapping[str, str]]
"""SuperOffice's words by actor type and key."""


@dataclass(frozen=True)
class Begun:
    """What an attempt begins with, read before SuperOffice is called. `left_open` is that of the journal."""

    account_id: int
    connection_id: int
    superoffice_id: int
    name: str
    ours: Configuration
    agreed: Configuration | None
    theirs: Configuration | None
    is_active: bool | None
    reactivate: bool
    left_open: Mapping[WriteOperation, frozenset[str]]


_READ_AT_BEGIN = (
    ConfigurationState.writing_until,
    ConfigurationState.waiting,
    ConfigurationState.written_token,
    ConfigurationState.theirs_token,
    ConfigurationState.is_active,
    ConfigurationState.reactivate,
)


def begin(account: Account, connection: Connection) -> Begun | None:
    """Claims the connection for this attempt; None while another one works at it, or it is being saved. Commits."""
    state = state_for_update(connection.id, load_only(*_READ_AT_BEGIN))
    if _is_claimed(state) or connection.state == ConnectionState.SAVING:
        state.waiting = True
        db.session.commit()
        return None
    state.writing_until, state.waiting = now() + LEASE, False
    begun = Begun(
        account_id=account.id,
        connection_id=connection.id,
        superoffice_id=connection.superoffice_id or 0,
        name=connection.name,
        ours=load(connection),
        agreed=state.written,
        theirs=state.theirs,
        is_active=state.is_active,
        reactivate=state.reactivate,
        left_open=left_open(connection.id),
    )
    db.session.commit()
    return begun


def _is_claimed(state: ConfigurationState) -> bool:
    return state.writing_until is not None and state.writing_until > now()


def is_read_since(state: ConfigurationState, theirs_at: datetime | None) -> bool:
    """Whether somebody has read what SuperOffice has since then, or writes it now: what was read before may be old."""
    return state.theirs_at != theirs_at or _is_claimed(state)


def was_read(connection_id: int) -> bool:
    """Whether it is known what SuperOffice has."""
    row = ConfigurationState
    return bool(db.session.scalar(select(row.written_token.is_not(None)).where(row.connection_id == connection_id)))


def state_for_update(connection_id: int, *options: ORMOption) -> ConfigurationState:
    """The state of a connection, made if there is none, and locked; `options` say what is read of it."""
    connection = reload_for_update(Connection, connection_id)
    if connection is None:
        raise InvalidState(connection_id)
    return need_state(connection, *options)


def keep_written(connection_id: int, agreed: Configuration, theirs: Configuration) -> None:
    """Commits."""
    state = state_for_update(connection_id, load_only(ConfigurationState.waiting))
    state.written, state.written_at = agreed, now()
    state.theirs, state.theirs_at = theirs, now()
    db.session.commit()


def state_there(connection: Connection) -> tuple[Configuration, Configuration]:
    """What both sides have agreed on, and what SuperOffice had when it was last read."""
    state = state_for_update(connection.id)
    return state.written or Configuration(), state.theirs or Configuration()


def keep_agreed(connection_id: int, agreed: Configuration) -> None:
    """Commits."""
    state_for_update(connection_id).written = agreed
    db.session.commit()


def keep_reactivate(connection_id: int, *, reactivate: bool) -> None:
    """Commits."""
    state_for_update(connection_id).reactivate = reactivate
    db.session.commit()


def has_to_be_active(connection_id: int) -> bool:
    """Whether nobody has deactivated it since it was switched off for a change. Ends the transaction."""
    row = ConfigurationState
    found = bool(db.session.scalar(select(row.reactivate).where(row.connection_id == connection_id)))
    db.session.commit()
    return found


def keep_active(connection_id: int, *, is_active: bool) -> None:
    """As it was just read, also for what compares the connection itself. Commits.

    One that is switched on again after a change has been active since before.
    """
    state = state_for_update(connection_id)
    _keep_active_of(connection_id, is_active=is_active)
    if state.is_active is not True and is_active and not state.reactivate:
        state.activated_at, state.activated_by = now(), None
    state.is_active = is_active
    db.session.commit()


def _keep_active_of(connection_id: int, *, is_active: bool) -> None:
    """In what was last seen of it, and in the last comparison, which would differ from that otherwise."""
    connection = db.session.get_one(Connection, connection_id)
    if connection.superoffice_seen:
        connection.superoffice_seen = connection.superoffice_seen | {"Active": is_active}
    record = db.session.scalar(select(SuperOfficeDrift).where(SuperOfficeDrift.connection_id == connection_id))
    if record is not None and record.content and record.content.get("theirs"):
        record.content = record.content | {"theirs": record.content["theirs"] | {"active": is_active}}


def end(begun: Begun, refused: Refused) -> bool:
    """Ends an attempt that has written all it could; whether something was saved here meanwhile. Commits."""
    state = state_for_update(begun.connection_id, load_only(ConfigurationState.waiting))
    changed = state.waiting
    state.writing_until, state.retries = None, 0
    state.retry_at = now() if changed else None
    state.refused, state.write_failure = _stored(refused), None
    db.session.commit()
    return changed


def wait(
    begun: Begun, failure: StageResult | None, refused: Refused, until: str = "", *, is_over: bool = False
) -> bool:
    """Ends an attempt that has to be repeated, later each time; `is_over`: a person has to decide. Commits.

    Returns whether it is given up.
    """
    state = state_for_update(begun.connection_id)
    state.writing_until, state.write_failure, state.refused = None, failure, _stored(refused)
    _repeat_later(state, until, is_over=is_over)
    db.session.commit()
    return state.is_given_up


def wait_for_reading(connection: Connection) -> tuple[StageResult | None, bool]:
    """Where the fields of both sides could not be read: why, and whether it is given up. Commits."""
    state = state_for_update(connection.id)
    state.write_failure = state.failure
    _repeat_later(state)
    db.session.commit()
    return state.failure, state.is_given_up


def _repeat_later(state: ConfigurationState, until: str = "", *, is_over: bool = False) -> None:
    state.retries += 1
    at = now() + delay_after(state.retries)
    if until:
        at = max(now(), datetime.fromisoformat(until))
    state.waiting = True
    state.retry_at = None if is_over or state.retries > MAX_TRIES else at


def delay_after(tries: int) -> timedelta:
    """How long it is waited before the next one."""
    delay: timedelta = FIRST_DELAY * 2 ** min(tries - 1, 10)
    return min(delay, MAX_DELAY)


def _stored(refused: Refused) -> dict[str, dict[str, str]] | None:
    return {name: dict(rows) for name, rows in refused.items() if rows} or None
