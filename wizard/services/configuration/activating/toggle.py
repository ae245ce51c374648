"""Makes a connection active or inactive in SuperOffice, whose call only turns it over: it is read before and after."""

from __future__ import annotations

import json
from functools import partial

from wizard.models import SuperOfficeWrite, WriteOperation, WriteState
from wizard.models.columns import now
from wizard.outside.superoffice import SuperOffice, SuperOfficeError, registry
from wizard.outside.superoffice.carriers import ErpConnection
from wizard.services.checks import persistently, sign_payload
from wizard.services.configuration.there.journal import open_writes_of
from wizard.services.configuration.there.state import keep_active
from wizard.services.superoffice.saving import Refused, Target, end_write, written

MAX_TOGGLES = 2
"""Somebody else may turn it over at the same time, so that ours undoes it: once more then, and not for ever."""


def set_active(so: SuperOffice, target: Target, *, is_active: bool) -> list[str]:
    """Returns SuperOffice's own reasons where it stays inactive. Raises SuperOfficeError and Refused."""
    reasons: list[str] = []
    for _ in range(MAX_TOGGLES):
        if _read(so, target).active == is_active:
            return []
        reasons = _toggle(so, target, is_active=is_active)
        if reasons:
            break
    return [] if _read(so, target).active == is_active else reasons or [""]


def _read(so: SuperOffice, target: Target) -> ErpConnection:
    """The connection as it is there. What an earlier call left open is ended by it, or waited for."""
    found = registry.get_connection(so, target.target_id or 0)
    if found is None or found.deleted:
        raise Refused("superoffice.gone", {"kind": "connection", "name": target.name})
    connection_id, is_active = target.connection_id or 0, found.active
    for write in persistently(lambda: open_writes_of(connection_id, WriteOperation.TOGGLE_ACTIVE)):
        _settle(write, is_done=write.intended == _signed(is_active=is_active))
    persistently(lambda: keep_active(connection_id, is_active=is_active))
    return found


def _settle(write: SuperOfficeWrite, *, is_done: bool) -> None:
    """Raises Refused while SuperOffice may still be at it: another call would undo what that one does."""
    if not is_done and write.settles_at > now():
        raise Refused("superoffice.unsettled", {"until": write.settles_at.isoformat()})
    state, write_id = WriteState.DONE if is_done else WriteState.NOT_DONE, write.id
    persistently(lambda: end_write(write_id, state, {"looked_at": True}))


def _toggle(so: SuperOffice, target: Target, *, is_active: bool) -> list[str]:
    """The reasons of SuperOffice. A call whose answer is lost may be done: whoever reads then sees it."""
    call = partial(registry.toggle_active, so, target.target_id or 0)
    try:
        return written(
            WriteOperation.TOGGLE_ACTIVE,
            target,
            _state(is_active=is_active),
            call,
            lambda reasons: {"reasons": reasons},
        )
    except SuperOfficeError as error:
        if not error.may_be_done or _read(so, target).active != is_active:
            raise
        return []


def _state(*, is_active: bool) -> dict[str, bool]:
    return {"active": is_active}


def _signed(*, is_active: bool) -> str:
    return sign_payload(json.dumps(_state(is_active=is_active), sort_keys=True).encode())
