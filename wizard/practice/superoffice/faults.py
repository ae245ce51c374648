"""Faults on purpose: instead of an answer, before or after the work, or within an answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from flask import Response

from wizard.practice.superoffice.behaviour import Fault
from wizard.practice.superoffice.erp_sync.stamps import now
from wizard.practice.superoffice.tenant import Tenant
from wizard.practice.superoffice.users import NO_ADMINISTRATOR
from wizard.practice.superoffice.wire import ApiError, Call

_HTML = "<!doctype html><html><head><title>Bad gateway</title></head><body><h1>Proxy error</h1></body></html>"
_never = threading.Event()
"""Never set, so that waiting for it is a pause."""
_EXCEPTION = {
    "Error": True,
    "ErrorType": "SoServerException",
    "ErrorMessage": "Something went wrong on purpose.",
    "ErrorSource": "SuperOffice.Services.Implementation",
    "StackTrace": "   at SuperOffice.Practice.Fail() in C:\\src\\Practice.cs:line 42",
}
_ERROR_OBJECT = {"Message": "An error has occurred.", "MessageDetail": "No action was found that matches the request."}
_BEFORE_THE_WORK = (Fault.REFUSED, Fault.DROPPED_MEMBER, Fault.EDITED_MEANWHILE)
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
    return _instead(tenant, fault)


def meddle(tenant: Tenant, call: Call, fault: Fault | None) -> Call:
    """What a fault does before the work: it refuses, loses a member, or lets somebody else be faster."""
    match fault:
        case Fault.REFUSED:
            raise ApiError(*tenant.behaviour.refusal)
        case Fault.DROPPED_MEMBER:
            return replace(call, body=_without(call.body, tenant.behaviour.dropped_member.casefold()))
        case Fault.EDITED_MEANWHILE:
            edit_all(tenant)
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


def _without(content: Any, name: str) -> Any:
    """The content without a member, however deep."""
    match content:
        case dict():
            return {key: _without(value, name) for key, value in content.items() if key.casefold() != name}
        case list():
            return [_without(each, name) for each in content]
    return content


def _instead(tenant: Tenant, fault: Fault) -> Response:
    match fault:
        case Fault.UNAUTHORISED:
            return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        case Fault.FORBIDDEN:
            return Response(status=403)
        case Fault.MOVED:
            return Response("Wrong subdomain used to access tenant", 421, content_type="text/plain; charset=utf-8")
        case Fault.THROTTLED:
            return Response(status=429, headers={"Retry-After": str(tenant.behaviour.retry_after)})
        case Fault.THROTTLED_WITHOUT_TIME:
            return Response(status=429)
        case Fault.UNAVAILABLE:
            return Response(status=503)
        case Fault.CUT_BEFORE | Fault.CUT_AFTER:
            return Response(_half(), content_type="application/json", headers={"Content-Length": "4096"})
        case Fault.NULL:
            return _json(None)
        case Fault.EMPTY:
            return Response(b"", content_type="application/json; charset=utf-8")
        case Fault.ERROR_OBJECT:
            return _json(_ERROR_OBJECT)
        case Fault.HTML:
            return Response(_HTML, content_type="text/html; charset=utf-8")
        case _:
            return _json(_EXCEPTION, 500)


def _half() -> Iterator[bytes]:
    """Ends before the promised length, so that the server has to cut the connection."""
    yield b'{"ErpConn'


def _json(content: Any, status: int = 200) -> Response:
    return Response(json.dumps(content), status, content_type="application/json; charset=utf-8")


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
