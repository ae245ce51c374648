"""The API of the tenant: who calls, what is asked, and how it is answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from wizard.practice.superoffice import archives, erp_sync, faults, lists, principals
from wizard.practice.superoffice.callers import NotSignedIn, find_caller
from wizard.practice.superoffice.states import version
from wizard.practice.superoffice.tenant import Operation, Tenant
from wizard.practice.superoffice.wire import ApiError, BadRequest, Call

_AGENTS: Mapping[str, Mapping[str, Operation]] = {
    "erpsync": erp_sync.OPERATIONS,
    "mdo": lists.OPERATIONS,
    "associate": principals.ASSOCIATES,
    "license": principals.LICENCES,
}
_NAMES = {"erpsync": "ErpSync", "mdo": "MDO", "associate": "Associate", "license": "License"}
_NO_RESULT = {
    "deleteconnection",
    "deleteerpsyncconnectorentity",
    "moveerpfielditem",
    "changeengineinterval",
}
"""Operations that are answered by 204."""


class _NotFound(Exception):
    """There is no such route."""


def answer(tenant: Tenant, number: int, rest: str, base: str) -> Response:
    """The answer to one request below the API's address; `rest` is the path there."""
    behaviour = tenant.behaviour
    path = rest.strip("/").split("/") if rest else []
    if number != behaviour.number:
        return _text("Wrong subdomain used to access tenant", 421)
    if not path:
        return _version(tenant, base)
    operation = path[-1]
    return faults.apply(tenant, operation, lambda: _answer(tenant, path, base))


def _version(tenant: Tenant, base: str) -> Response:
    if "application/json" not in request.headers.get("Accept", ""):
        return Response("<!doctype html><title>SuperOffice</title>", content_type="text/html; charset=utf-8")
    return as_json(version(tenant.behaviour, f"{tenant.behaviour.api_base(base)}/api"))


def _answer(tenant: Tenant, path: list[str], base: str) -> Response:
    try:
        caller = find_caller(tenant, request.headers)
        query = {name.casefold(): text for name, text in request.args.items()}
        call = Call(_body(), query, request.headers.get("SO-Language", ""), caller)
        return _routed(tenant, call, path, base)
    except NotSignedIn:
        return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    except _NotFound:
        return Response(status=404)
    except BadRequest as error:
        return as_json({"Message": "The request is invalid.", "MessageDetail": str(error)}, 400)
    except ApiError as error:
        return exception(error)


def _routed(tenant: Tenant, call: Call, path: list[str], base: str) -> Response:
    match [part.casefold() for part in path]:
        case ["v1"]:
            return as_json(_routes(f"{tenant.behaviour.api_base(base)}/api/v1"))
        case ["v1", "agents", agent, operation] if request.method == "POST":
            return _call_agent(tenant, call, agent, operation)
        case ["v1", "mdolist", name] if request.method == "GET":
            flat = call.query.get("flat", "").casefold() == "true"
            return as_json(lists.make_list(tenant, call, name, call.query.get("additional", ""), is_flat=flat))
        case ["v1", "archive", _] if request.method == "GET":
            metadata = f"{tenant.behaviour.api_base(base)}/api/v1/Archive/{path[-1]}/$metadata"
            return as_json(archives.read_archive(tenant, call, path[-1], metadata))
        case ["v1", "user", "currentprincipal"] if request.method == "GET":
            return as_json(principals.principal(tenant, call))
    raise _NotFound


def _call_agent(tenant: Tenant, call: Call, agent: str, name: str) -> Response:
    operation = _AGENTS.get(agent, {}).get(name)
    if operation is None:
        raise _NotFound
    if agent == "erpsync" and not call.caller.is_agent_open:
        return Response(status=tenant.behaviour.agent_closed or 403)
    result = operation(tenant, call)
    return Response(status=204) if name in _NO_RESULT else as_json(result)


def _routes(api: str) -> dict[str, Any]:
    """What the API offers, as its start page lists it."""
    return {
        f"{api}/Agents/{_NAMES[agent]}/{name}": {"POST": ""} for agent, names in _AGENTS.items() for name in names
    } | {f"{api}/MDOList/{{listname}}": {"GET": ""}, f"{api}/User/currentPrincipal": {"GET": ""}}


def _body() -> Any:
    """The sent JSON; none, null and an empty object are the same to an operation without parameters."""
    if not (sent := request.get_data()):
        return None
    if request.mimetype != "application/json":
        raise ApiError("SoInvalidArgumentException", "The media type is not supported.", 415)
    try:
        return json.loads(sent)
    except ValueError:
        raise BadRequest("no JSON") from None


def as_json(content: Any, status: int = 200) -> Response:
    return Response(json.dumps(content), status, content_type="application/json; charset=utf-8")


def exception(error: ApiError) -> Response:
    """An exception of the server as JSON."""
    told = {
        "Error": True,
        "ErrorType": error.type,
        "ErrorMessage": error.message,
        "ErrorSource": "SuperOffice.Services.Implementation",
    }
    return as_json(told, error.status)


def _text(text: str, status: int) -> Response:
    return Response(text, status, content_type="text/plain; charset=utf-8")
