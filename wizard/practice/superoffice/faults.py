"""Faults on purpose: instead of an answer, before or after the work, or within an answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

from flask import Response

from wizard.practice.superoffice.behaviour import Fault
from wizard.practice.superoffice.tenant import Tenant

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
_WITHIN = (Fault.MISSING_MEMBER, Fault.UNKNOWN_MEMBER, Fault.UNKNOWN_ENUM)


def apply(tenant: Tenant, operation: str, answer: Callable[[], Response]) -> Response:
    """The answer with the planned fault of the operation, if there is one."""
    fault = tenant.behaviour.fault_of(operation)
    if fault is None:
        return answer()
    if fault == Fault.SLOW:
        _never.wait(tenant.behaviour.slow_seconds)
        return answer()
    if fault in _WITHIN:
        return _altered(answer(), fault)
    if fault == Fault.CUT_AFTER:
        answer()
    return _instead(tenant, fault)


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
