"""Writes what is configured here to SuperOffice: reads, compares, writes what is different, reads back.

An active connection is switched off for that, and on again. What somebody else has changed there is not written over,
and what SuperOffice refuses is kept as it was typed, with its words.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flask import current_app
from sqlalchemy import or_, select

from wizard.domain.check import Outcome, Stage, StageResult
from wizard.domain.configuration import CRM_TYPES, Configuration, RowDifference
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import CONFIGURING, Account, ConfigurationState, Connection, SuperOfficeLink
from wizard.models.columns import now
from wizard.models.database import asynchronous_commit
from wizard.outside.http import Cancelled
from wizard.outside.superoffice import SuperOffice, SuperOfficeError
from wizard.services.checks import persistently
from wizard.services.configuration.due import for_each
from wizard.services.configuration.there import state as states
from wizard.services.configuration.there.journal import ANY_TYPE
from wizard.services.configuration.there.reading import read_schema
from wizard.services.configuration.there.state import Begun
from wizard.services.configuration.there.writing.activation import read_connection, switch_on_again
from wizard.services.configuration.there.writing.defaults import write_defaults
from wizard.services.configuration.there.writing.lists import moved_lists, write_lists
from wizard.services.configuration.there.writing.mapping import write_type
from wizard.services.configuration.there.writing.work import NotYet, Work
from wizard.services.lists import is_deleted
from wizard.services.superoffice import linked, open_superoffice

PAGE_SECONDS = 10.0
"""How long a page waits for SuperOffice before it leaves the rest to the periodic task."""
TASK_SECONDS = 90.0
"""How long any attempt takes at most: less than the claim lasts, so that no other one begins meanwhile."""
DECISIONS = frozenset(
    f"superoffice.{name}" for name in ("gone", "not_authorised", "agent_forbidden", "licence_missing")
)
"""Reasons after which a person has to decide: another try would end alike."""


class Written(StrEnum):
    """How an attempt has ended. `WAITING`: it is tried again. `UNLINKED`: there is no SuperOffice to write to."""

    UNLINKED = "unlinked"
    DONE = "done"
    WAITING = "waiting"


@dataclass(frozen=True)
class WrittenThere:
    """The end of an attempt.

    `refused` has SuperOffice's words by actor type and key, "" where it took a row and kept something else. `conflicts`
    are rows that were changed here and there, and were not written. `is_given_up`: it is not tried again by itself.
    """

    state: Written
    refused: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    conflicts: tuple[RowDifference, ...] = ()
    failure: StageResult | None = None
    is_given_up: bool = False


def write_there(account: Account, connection: Connection, *, seconds: float = PAGE_SECONDS) -> WrittenThere:
    """Writes what differs, within this time; the rest is tried again by the periodic task. Commits."""
    with asynchronous_commit():  # a claim that a power cut takes is made again
        begun = _begin(account, connection)
    if isinstance(begun, WrittenThere):
        return begun
    return _write(*begun, min(seconds, TASK_SECONDS, current_app.config["CHECK_SECONDS"]))


def _begin(account: Account, connection: Connection) -> tuple[SuperOfficeLink, Begun] | WrittenThere:
    """Where it is written and with what, or why it is not written now. Commits."""
    link = linked()
    if link is None or not link.may_save or connection.superoffice_id is None:
        return WrittenThere(Written.UNLINKED)
    if not states.was_read(connection.id):
        read_schema(connection)  # what was prepared without it gets SuperOffice's keys
        if not states.was_read(connection.id):
            failure, is_given_up = states.wait_for_reading(connection)
            return WrittenThere(Written.WAITING, failure=failure, is_given_up=is_given_up)
    begun = states.begin(account, connection)
    return WrittenThere(Written.WAITING) if begun is None else (link, begun)


def write_waiting() -> None:
    """Writes what waits, of every connection whose time has come."""
    due, account = _due()
    if account is not None:
        for_each(due, lambda connection: write_there(account, connection, seconds=TASK_SECONDS))


def _due() -> tuple[list[int], Account | None]:
    row = ConfigurationState
    first_try = row.retry_at.is_(None) & (row.retries == 0) | row.writing_until.is_not(None)
    due = (
        select(row.connection_id)
        .join(Connection, Connection.id == row.connection_id)
        .where(
            is_deleted(Connection, False),
            Connection.superoffice_id.is_not(None),
            row.waiting | row.reactivate | row.writing_until.is_not(None),
            or_(first_try, row.retry_at <= now()),
            or_(row.writing_until.is_(None), row.writing_until <= now()),
        )
        .order_by(row.retry_at, row.id)
    )
    found = list(db.session.scalars(due))
    # nobody has asked just now, and the journal names an account: that of the first administrator
    account = db.session.scalar(select(Account).order_by(Account.id).limit(1)) if found else None
    db.session.commit()
    return found, account


def _write(link: SuperOfficeLink, begun: Begun, seconds: float) -> WrittenThere:
    refused: dict[str, dict[str, str]] = {}
    try:
        with open_superoffice(link, seconds=seconds, cancelled=job_queue().is_closing) as so:
            db.session.commit()  # no transaction is open while SuperOffice is called
            work = _work(so, begun, refused, seconds)
            _write_all(work, begun)
    except SuperOfficeError as error:
        is_over = error.reason in DECISIONS
        failure = error.result
        is_given_up = persistently(lambda: states.wait(begun, failure, refused, is_over=is_over))
        return WrittenThere(Written.WAITING, refused, failure=failure, is_given_up=is_given_up)
    except (NotYet, Cancelled) as later:
        until = later.until if isinstance(later, NotYet) else ""
        is_given_up = persistently(lambda: states.wait(begun, None, refused, until))
        return WrittenThere(Written.WAITING, refused, is_given_up=is_given_up)
    with asynchronous_commit():  # what it ends would be looked at once more
        changed = persistently(lambda: states.end(begun, work.refused))
    return WrittenThere(Written.WAITING if changed else Written.DONE, work.refused, tuple(work.conflicts))


def _work(so: SuperOffice, begun: Begun, refused: dict[str, dict[str, str]], seconds: float) -> Work:
    return Work(
        so,
        account_id=begun.account_id,
        connection_id=begun.connection_id,
        superoffice_id=begun.superoffice_id,
        name=begun.name,
        ours=begun.ours,
        agreed=begun.agreed,
        ends_at=time.monotonic() + seconds,
        theirs=begun.theirs,
        was_active=begun.is_active,
        reactivate=begun.reactivate,
        left_open=set(begun.left_open),
        refused=refused,
    )


def _write_all(work: Work, begun: Begun) -> None:
    found = read_connection(work)
    if found is None:
        raise SuperOfficeError(_gone(work.name))
    work.is_active = found.active
    mappings = [mapping for name in _types_to_write(work, begun) if (mapping := write_type(work, name)) is not None]
    work.moved = moved_lists(work, begun.agreed)
    if mappings and (work.moved or _has_other_lists(work)):
        write_lists(work, mappings)
    for mapping in mappings:
        write_defaults(work, mapping)
    switch_on_again(work)


def _types_to_write(work: Work, begun: Begun) -> list[str]:
    """Those that differ from what SuperOffice is known to have, and those of which a write was left open."""
    left_open = frozenset().union(*(begun.left_open.get(each, frozenset()) for each in CONFIGURING))
    known = work.agreed or Configuration()
    return [
        each.actor_type
        for each in work.ours.types
        if each.actor_type in CRM_TYPES
        and (each != known.type(each.actor_type) or left_open & {each.actor_type, ANY_TYPE})
    ]


def _has_other_lists(work: Work) -> bool:
    known = work.agreed or Configuration()
    return any(
        settings.mapped_items != known.type(each.actor_type).field(settings.key).mapped_items
        for each in work.ours.types
        for settings in each.fields
    )


def _gone(name: str) -> StageResult:
    facts = {"kind": "connection", "name": name}
    return StageResult(Stage.SUPEROFFICE, Outcome.FAILED, "superoffice.gone", facts)
