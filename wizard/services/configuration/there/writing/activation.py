"""Switches a connection off for a change, and on again; that it has to be on again survives a crash."""

from __future__ import annotations

from functools import partial

from wizard.domain.configuration import TYPE_ROW
from wizard.models import WriteOperation
from wizard.outside.superoffice import SuperOfficeError, registry
from wizard.outside.superoffice.carriers import ErpConnection
from wizard.services.checks import persistently
from wizard.services.configuration.there.refusal import is_refusal, words_of
from wizard.services.configuration.there.state import has_to_be_active, keep_active, keep_reactivate
from wizard.services.configuration.there.writing.work import Json, NotYet, Work


def read_connection(work: Work) -> ErpConnection | None:
    """The connection as SuperOffice has it; None where it is gone. What an earlier attempt left open is ended by it."""
    found = registry.get_connection(work.so, work.superoffice_id)
    if found is None or found.deleted:
        return None
    work.settle(WriteOperation.TOGGLE_ACTIVE, partial(_state, found.active))
    if found.active != work.was_active:
        persistently(lambda: keep_active(work.connection_id, is_active=found.active))
        work.was_active = found.active
    return found


def switch_off(work: Work) -> None:
    """Before the first write, if it is active. Raises NotYet where SuperOffice leaves it on."""
    if not work.is_active:
        return
    persistently(lambda: keep_reactivate(work.connection_id, reactivate=True))
    work.reactivate = True
    _toggle(work)
    found = read_connection(work)
    work.is_active = found is not None and found.active
    if work.is_active:
        raise NotYet


def switch_on_again(work: Work) -> None:
    """Where it was switched off for a change, this time or an earlier one; SuperOffice tests it before.

    Why it does not become active is kept in SuperOffice's own words. Raises NotYet then: it is tried again.
    """
    if not work.reactivate:
        return
    if not work.is_active:
        _activate(work)
    persistently(lambda: keep_reactivate(work.connection_id, reactivate=False))


def _activate(work: Work) -> None:
    if not registry.test_connection_by_id(work.so, work.superoffice_id):
        raise NotYet
    if not persistently(lambda: has_to_be_active(work.connection_id)):
        return
    try:
        reasons = _toggle(work)
    except SuperOfficeError as error:
        if not is_refusal(error):
            raise
        reasons = [words_of(error)]
    found = read_connection(work)
    work.is_active = found is not None and found.active
    if not work.is_active:
        work.refuse(TYPE_ROW, [TYPE_ROW], "\n".join(reasons))
        raise NotYet


def _toggle(work: Work) -> list[str]:
    call = partial(registry.toggle_active, work.so, work.superoffice_id)
    return work.written(
        WriteOperation.TOGGLE_ACTIVE,
        _state(not work.is_active),
        _state(work.is_active),
        call,
        work.superoffice_id,
    )


def _state(is_active: bool) -> Json:
    return {"active": is_active}
