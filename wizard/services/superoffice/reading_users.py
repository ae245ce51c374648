"""Reads SuperOffice's users and groups, and stores them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import select

from wizard.domain.check import Outcome, Stage, StageResult
from wizard.domain.superoffice import MAX_USERS, SeenGroup, SeenUser, SeenUsers
from wizard.errors import InvalidState
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import Account, Source, SuperOfficeLink, User
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.outside import superoffice as api
from wizard.outside.http import Cancelled
from wizard.outside.superoffice import SuperOffice, SuperOfficeError
from wizard.services import audit
from wizard.services.superoffice.client import open_superoffice
from wizard.services.superoffice.find import linked
from wizard.services.superoffice.readings import last_reading, remember_failure, remember_reading
from wizard.services.superoffice.store_users import UserChanges, store_users

MAX_SECONDS = 60.0
"""Of one reading; a page waits for it."""
MAX_AGE = timedelta(days=1)
RETRY_AFTER = timedelta(minutes=10)
"""How long after a failed reading nobody is made to wait for another one that was not asked for."""


def read_users(
    account: Account | None, *, seconds: float = MAX_SECONDS, cancelled: Callable[[], bool] = lambda: False
) -> UserChanges:
    """Makes the users and groups here those of SuperOffice; without an account nobody has asked for it. Commits.

    Raises SuperOfficeError, which is remembered, and then nothing has changed; and InvalidState without a link.
    """
    link = linked()
    if link is None:
        raise InvalidState("link")
    known = _known_ids()
    try:
        with open_superoffice(link, seconds=seconds, cancelled=cancelled) as superoffice:
            db.session.commit()  # no transaction may be open while SuperOffice is called
            seen = _fetch(superoffice, known)
    except SuperOfficeError as error:
        db.session.rollback()
        remember_failure(Source.USERS, now(), error.result)
        raise
    return _store(account, seen)


def read_users_if_old(*, seconds: float = MAX_SECONDS) -> None:
    """Reads them if SuperOffice is linked and they are older than a day. A failure is remembered, not raised."""
    if is_reading_due():
        db.session.rollback()
        with suppress(SuperOfficeError, InvalidState, Cancelled):
            read_users(None, seconds=seconds, cancelled=job_queue().is_closing)


def is_reading_due() -> bool:
    """Whether users are older than a day, and the last attempt was not a moment ago."""
    link = linked()
    if link is None:
        return False
    if link.users_read_at is not None and now() - link.users_read_at < MAX_AGE:
        return False
    reading = last_reading(Source.USERS)
    return reading is None or reading.failed_at is None or now() - reading.failed_at > RETRY_AFTER


def _known_ids() -> list[int]:
    """Of users who may have left meanwhile: SuperOffice's list does not name them any more."""
    known = select(User.superoffice_id).where(User.superoffice_id.is_not(None), User.deleted_at.is_(None))
    return [each for each in db.session.scalars(known) if each is not None]


def _fetch(superoffice: SuperOffice, known: Collection[int]) -> SeenUsers:
    """Everything that is needed to know who is in which group. Raises SuperOfficeError."""
    groups = api.users.groups(superoffice)
    found = api.users.associates(superoffice, also=known)
    if len(found) > MAX_USERS:
        raise SuperOfficeError(_too_many(len(found)))
    member_of = {each.associate_id: {each.group_idx} for each in found}
    for group in groups:
        for associate_id in api.users.members(superoffice, group.id):
            member_of.get(associate_id, set()).add(group.id)
    return SeenUsers(
        tuple(
            SeenUser(
                id=each.associate_id,
                name=each.full_name,
                username=each.user_name or each.name,
                group_ids=frozenset(member_of[each.associate_id]),
                has_left=each.deleted,
            )
            for each in found
        ),
        tuple(SeenGroup(group.id, group.name) for group in groups if not group.deleted),
    )


def _too_many(count: int) -> StageResult:
    return StageResult(Stage.USERS, Outcome.FAILED, facts={"count": str(count), "limit": str(MAX_USERS)})


def _store(account: Account | None, seen: SeenUsers) -> UserChanges:
    """Raises InvalidState if SuperOffice was unlinked meanwhile."""
    with writing():
        link = db.session.scalar(select(SuperOfficeLink).with_for_update())
        if link is None or link.linked_at is None:
            db.session.rollback()
            raise InvalidState("link")
        at = now()
        changes = store_users(seen, at)
        is_first = link.users_read_at is None
        remember_reading(Source.USERS, at, changes.to_json() | {"is_first": is_first})
        link.users_read_at = at
        if account is not None:
            audit.note(account, "users.read", "", f"{changes.new} new, {changes.left} left, {changes.changed} changed")
        db.session.commit()
        return changes
