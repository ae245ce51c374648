"""The API of the tenant: who calls, what is asked, and how it is answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from wizard.practice.superoffice import erp_sync, faults
from wizard.practice.superoffice.answers import as_json, as_page, exception, moved, not_signed_in, unavailable
from wizard.practice.superoffice.behaviour import Fault
from wizard.practice.superoffice.reading import archives, lists, principals
from wizard.practice.superoffice.sign_in import NotSignedIn, find_caller
from wizard.practice.superoffice.states import RUNNING, version
from wizard.practice.superoffice.tenant import Operation, Tenant
from wizard.practice.superoffice.wire import ApiError, BadRequest, Call

_AGENTS: Mapping[str, Mapping[str, Operation]] = {
    "ErpSync": erp_sync.OPERATIONS,
    "Import": erp_sync.IMPORT,
    "MDO": lists.OPERATIONS,
    "Associate": principals.ASSOCIATES,
    "License": principals.LICENCES,
}
_BY_PATH = {
    (agent.casefold(), name.casefold()): (agent, name, operation)
    for agent, operations in _AGENTS.items()
    for name, operation in operations.items()
}
_NO_RESULT = ("DeleteConnection", "DeleteErpSyncConnectorEntity", "MoveErpFieldItem", "ChangeEngineInterval")
"""Operations that are answered by 204."""
_WRITES = ("Save", "Delete", "Move", "Toggle", "Change", "UpdateConnectionFields")
"""What operations begin with that only administrators may use."""


class _NotFound(Exception):
    """There is no such route."""


def answer(tenant: Tenant, number: int, rest: str, base: str) -> Response:
    """The answer to one request below the API's address; `rest` is the path there."""
    behaviour = tenant.behaviour
    path = rest.strip("/").split("/") if rest else []
    if number != behaviour.number:
        return moved()
    if behaviour.tenant_state not in RUNNING:
        return unavailable()
    if not path:
        return _version(tenant, base)
    return faults.apply(tenant, path[-1], lambda fault: _answer(tenant, path, base, fault))


def _version(tenant: Tenant, base: str) -> Response:
    if "application/json" not in request.headers.get("Accept", ""):
        return as_page("<title>SuperOffice</title>")
    return as_json(version(tenant.behaviour, f"{tenant.behaviour.api_base(base)}/api"))


def _answer(tenant: Tenant, path: list[str], base: str, fault: Fault | None) -> Response:
    try:
        caller = find_caller(tenant, request.headers)
        query = {name.casefold(): text for name, text in request.args.items()}
        call = Call(_body(), query, request.headers.get("SO-Language", ""), caller)
        call = faults.meddle(tenant, call, fault)
        return _routed(tenant, call, path, base)
    except NotSignedIn:
        return not_signed_in()
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
            return _call_agent(tenant, call, (agent, operation))
        case ["v1", "mdolist", name] if request.method == "GET":
            flat = call.query.get("flat", "").casefold() == "true"
            return _told(tenant, lists.make_list(tenant, call, name, call.query.get("additional", ""), is_flat=flat))
        case ["v1", "archive", _] if request.method == "GET":
            metadata = f"{tenant.behaviour.api_base(base)}/api/v1/Archive/{path[-1]}/$metadata"
            return as_json(archives.read_archive(tenant, call, path[-1], metadata))
        case ["v1", "user", "currentprincipal"] if request.method == "GET":
            return as_json(principals.principal(tenant, call))
    raise _NotFound


def _call_agent(tenant: Tenant, call: Call, path: tuple[str, str]) -> Response:
    if path not in _BY_PATH:
        raise _NotFound
    agent, name, operation = _BY_PATH[path]
    if agent == "ErpSync":
        if not call.caller.is_agent_open:
            return Response(status=tenant.behaviour.agent_closed or 403)
        if name.startswith(_WRITES) and not call.caller.is_administrator:
            raise ApiError("SoSentryException", "You do not have the rights to do this.")
    result = operation(tenant, call)
    return Response(status=204) if name in _NO_RESULT else _told(tenant, result)


def _told(tenant: Tenant, result: Any) -> Response:
    """A result, in which what stands for no text is as the tenant has it."""
    return as_json(result if tenant.behaviour.absent == "" else _with_null(result))


def _with_null(content: Any) -> Any:
    """Null in place of empty texts; values of a configuration are data and stay."""
    match content:
        case dict():
            return {key: value if key == "ConfigFields" else _with_null(value) for key, value in content.items()}
        case list():
            return [_with_null(value) for value in content]
    return None if content == "" else content


def _routes(api: str) -> dict[str, Any]:
    """What the API offers, as its start page lists it."""
    agents = {f"{api}/Agents/{agent}/{name}": {"POST": ""} for agent, name, _ in _BY_PATH.values()}
    return agents | {f"{api}/MDOList/{{listname}}": {"GET": ""}, f"{api}/User/currentPrincipal": {"GET": ""}}


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
