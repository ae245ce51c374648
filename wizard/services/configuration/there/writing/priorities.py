"""Writes the order of the connections to SuperOffice, among the others that it has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy import select

from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import Account, WriteOperation, WriteState
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.outside.http import Cancelled
from wizard.outside.superoffice import SuperOffice, SuperOfficeError, configuration
from wizard.services.checks import persistently
from wizard.services.configuration.find import in_priority
from wizard.services.configuration.there.journal import Undone, undone_of
from wizard.services.configuration.there.state import MAX_TRIES, delay_after
from wizard.services.configuration.there.writing.write import PAGE_SECONDS, Written, WrittenThere
from wizard.services.superoffice import linked, open_superoffice
from wizard.services.superoffice.saving import Target, end_write, written


def write_priorities_there(account: Account, *, seconds: float = PAGE_SECONDS) -> WrittenThere:
    """Reads the order there, writes it if it is another, and reads it back. Commits."""
    link = linked()
    ours = [each.superoffice_id for each in in_priority() if each.superoffice_id and each.sync_priority is not None]
    account_id = account.id
    if link is None or not link.may_save or not ours:
        db.session.commit()
        return WrittenThere(Written.UNLINKED)
    try:
        with open_superoffice(link, seconds=seconds, cancelled=job_queue().is_closing) as so:
            db.session.commit()  # no transaction is open while SuperOffice is called
            is_kept = _write(so, account_id, ours)
    except SuperOfficeError as error:
        return WrittenThere(Written.WAITING, failure=error.result)
    except Cancelled:
        return WrittenThere(Written.WAITING)
    return WrittenThere(Written.DONE, {} if is_kept else {"": {"": ""}})


def write_waiting_priorities() -> None:
    """Tries again what the last attempt could not write."""
    is_due = _is_due(undone_of(WriteOperation.SAVE_PRIORITIES))
    account = db.session.scalar(select(Account).order_by(Account.id).limit(1)) if is_due else None
    if account is not None:
        with writing():
            write_priorities_there(account)


def _is_due(undone: Sequence[Undone]) -> bool:
    """Later after each try of the same order, and not any more after many of them."""
    if not undone:
        return False
    tries = sum(each.intended == undone[-1].intended for each in undone)
    return tries <= MAX_TRIES and undone[-1].created_at + delay_after(tries) <= now()


def merged_order(there: Sequence[int], ours: Sequence[int]) -> list[int]:
    """The order there, with ours among themselves as they are here; what is not ours keeps its place."""
    known = [each for each in ours if each in there]
    places = iter(known)
    return [next(places) if each in known else each for each in there]


def _write(so: SuperOffice, account_id: int, ours: Sequence[int]) -> bool:
    """Whether SuperOffice has our order in the end."""
    before = configuration.priorities(so)
    intended = merged_order(before, ours)
    if intended == before:
        _end_undone()
        return True
    target = Target(account_id, "", before={"order": list(before)})
    written(
        WriteOperation.SAVE_PRIORITIES,
        target,
        {"order": intended},
        partial(configuration.save_priorities, so, intended),
        lambda is_done: {"done": is_done},
    )
    return configuration.priorities(so) == intended


def _end_undone() -> None:
    """What was left open is done: SuperOffice has the order."""
    for each in persistently(lambda: undone_of(WriteOperation.SAVE_PRIORITIES)):
        _end(each.write_id)


def _end(write_id: int) -> None:
    persistently(lambda: end_write(write_id, WriteState.DONE, {"looked_at": True}))
