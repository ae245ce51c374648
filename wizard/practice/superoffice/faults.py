"""Faults on purpose: instead of an answer, before or after the work, or within an answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import Response

from wizard.practice.superoffice.answers import as_json, as_page, exception, moved, not_signed_in, unavailable
from wizard.practice.superoffice.behaviour import Behaviour, Fault
from wizard.practice.superoffice.erp_sync.stamps import now
from wizard.practice.superoffice.tenant import Tenant
from wizard.practice.superoffice.users import NO_ADMINISTRATOR
from wizard.practice.superoffice.wire import ApiError, Call

_never = threading.Event()
"""Never set, so that waiting for it is a pause."""
_CRASH = ApiError("SoServerException", "Something went wrong on purpose.")
_TRACE = "   at SuperOffice.Practice.Fail() in C:\\src\\Practice.cs:line 42"
_ERROR_OBJECT = {"Message": "An error has occurred.", "MessageDetail": "No action was found that matches the request."}
_BEFORE_THE_WORK = (Fault.REFUSED, Fault.DROPPED_MEMBER, Fault.EDITED_MEANWHILE, Fault.TOGGLED_MEANWHILE)
_WITHIN_THE_ANSWER = (Fault.MISSING_MEMBER, Fault.UNKNOWN_MEMBER, Fault.UNKNOWN_ENUM)


def apply(tenant: Tenant, operation: str, answer: Callable[[Fault | None], Response]) -> Response:
    """The answer with the planned fault of the operation, if there is one."""
    fault = tenant.behaviour.fault_of(operation)
    if fault is None or fault in _BEFORE_THE_WORK:
        return answer(fault)
    if fault == Fault.SLOW:
        _never.wait(tenant.behaviour.slow_seconds)
        return answer(None)
    if fault in _WITHIN_THE_ANSWER:
        return _altered(answer(None), fault)
    if fault == Fault.CUT_AFTER:
        answer(None)
    return _INSTEAD[fault](tenant.behaviour)


def meddle(tenant: Tenant, call: Call, fault: Fault | None) -> Call:
    """What a fault does before the work: it refuses, loses a member, or lets somebody else be faster."""
    match fault:
        case Fault.REFUSED:
            raise ApiError(*tenant.behaviour.refusal)
        case Fault.DROPPED_MEMBER:
            return replace(call, body=_without(call.body, tenant.behaviour.dropped_member.casefold()))
        case Fault.EDITED_MEANWHILE:
            edit_all(tenant)
        case Fault.TOGGLED_MEANWHILE:
            _toggle_all(tenant)
    return call


def edit_all(tenant: Tenant) -> None:
    """Somebody else's edit of every connection and connector: a word behind the description, or behind the name."""
    other = {"updatedBy": tenant.directory.users[NO_ADMINISTRATOR].full_name, "updatedDate": now()}
    for kind, key, member in (
        ("connection", "ErpConnectionId", "DisplayDescription"),
        ("connector", "ErpConnectorId", "DisplayName"),
    ):
        for each in tenant.store.all(kind):
            tenant.store.put(kind, each[key], each | {member: f"{each[member]} (edited)".strip()} | other)


def _toggle_all(tenant: Tenant) -> None:
    """Somebody else turns every connection on or off."""
    for each in tenant.store.all("connection"):
        tenant.store.put("connection", each["ErpConnectionId"], each | {"Active": not each["Active"]})


def _without(content: Any, name: str) -> Any:
    """The content without a member, however deep."""
    match content:
        case dict():
            return {key: _without(value, name) for key, value in content.items() if key.casefold() != name}
        case list():
            return [_without(each, name) for each in content]
    return content


def _half() -> Response:
    """Ends before the promised length, so that the server has to cut the connection."""
    pieces = (piece for piece in (b'{"ErpConn',))
    return Response(pieces, content_type="application/json", headers={"Content-Length": "4096"})


_INSTEAD: Mapping[Fault, Callable[[Behaviour], Response]] = {
    Fault.UNAUTHORISED: lambda _: not_signed_in(),
    Fault.FORBIDDEN: lambda _: Response(status=403),
    Fault.MOVED: lambda _: moved(),
    Fault.THROTTLED: lambda behaviour: Response(status=429, headers={"Retry-After": str(behaviour.retry_after)}),
    Fault.THROTTLED_WITHOUT_TIME: lambda _: Response(status=429),
    Fault.UNAVAILABLE: lambda _: unavailable(),
    Fault.CUT_BEFORE: lambda _: _half(),
    Fault.CUT_AFTER: lambda _: _half(),
    Fault.NULL: lambda _: as_json(None),
    Fault.EMPTY: lambda _: Response(b"", content_type="application/json; charset=utf-8"),
    Fault.ERROR_OBJECT: lambda _: as_json(_ERROR_OBJECT),
    Fault.EXCEPTION: lambda _: exception(_CRASH, StackTrace=_TRACE),
    Fault.HTML: lambda _: as_page("<title>Bad gateway</title><h1>Proxy error</h1>"),
}


def _altered(response: Response, fault: Fault) -> Response:
    """An answer whose carrier, or first carrier, is not as documented."""
    if not response.is_json:
        return response
    content = response.get_json()
    carrier = content[0] if isinstance(content, list) and content else content
    if isinstance(carrier, dict):
        _alter(carrier, fault)
    response.set_data(json.dumps(content))
    return response


def _alter(carrier: dict[str, Any], fault: Fault) -> None:
    match fault:
        case Fault.MISSING_MEMBER:
            carrier.pop(next(iter(carrier)), None)
        case Fault.UNKNOWN_MEMBER:
            carrier["AddedLater"] = "2.0"
        case _:
            for name in ("FieldType", "ActorTypeErp", "Type", "State"):
                if name in carrier:
                    carrier[name] = "AddedLater"
