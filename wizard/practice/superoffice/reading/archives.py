"""Archives: rows of connections, connectors and users as they can be read without the agent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wizard.practice.superoffice.erp_sync import connectors
from wizard.practice.superoffice.erp_sync.stamps import NEVER
from wizard.practice.superoffice.tenant import Tenant
from wizard.practice.superoffice.users import SuperOfficeUser
from wizard.practice.superoffice.wire import ApiError, BadRequest, Call, Json

MAX_ROWS = 1000
"""Of a page."""
_FILTER = re.compile(r"\s*([\w/]+)\s+(eq|=|begins|contains)\s+'?([^']*?)'?\s*")


def read_archive(tenant: Tenant, call: Call, name: str, metadata_url: str) -> Json:
    """One page of an archive. Raises ApiError for an unknown one, and BadRequest."""
    make = _ARCHIVES.get(name.casefold())
    if make is None:
        raise ApiError("SoInvalidArgumentException", f"There is no archive provider {name}.", 404)
    entity, rows = make(tenant, call)
    rows = _ordered([row for row in rows if _matches(row, call.query.get("$filter", ""))], call)
    top, skip = _count(call, "$top", MAX_ROWS), _count(call, "$skip", 0)
    columns = [each.strip() for each in call.query.get("$select", "").split(",") if each.strip()]
    page = [_row(entity, row, columns) for row in rows[skip : skip + min(top, MAX_ROWS)]]
    return {"odata.metadata": metadata_url, "odata.nextLink": None, "value": page}


def _row(entity: str, row: Json, columns: list[str]) -> Json:
    """The columns that were asked for, in the case in which they were; those of the archive are its own."""
    known = {name.casefold(): value for name, value in row.items()}
    chosen = {name: known.get(name.casefold(), "") for name in columns} if columns else row
    return {"PrimaryKey": str(row["id"]), "EntityName": entity} | chosen


def _matches(row: Json, condition: str) -> bool:
    """Whether a row meets a filter of one comparison; others are not understood here."""
    if not condition.strip():
        return True
    found = _FILTER.fullmatch(condition)
    if found is None:
        raise BadRequest("$filter")
    own, given = str(row.get(found[1], "")).casefold(), found[3].casefold()
    tests = {"begins": own.startswith(given), "contains": given in own}
    return tests.get(found[2], own == given)


def _ordered(rows: list[Json], call: Call) -> list[Json]:
    column, _, direction = call.query.get("$orderby", "").partition(" ")
    if not column:
        return rows
    return sorted(rows, key=lambda row: str(row.get(column, "")), reverse=direction.strip().lower() == "desc")


def _count(call: Call, name: str, default: int) -> int:
    return call.number(name) if name in call.query else default


def _connections(tenant: Tenant, call: Call) -> tuple[str, list[Json]]:
    with_deleted = "deleted" in call.query.get("$entities", "").lower()
    return "ErpConnection", [
        {
            "id": each["ErpConnectionId"],
            "name": call.shown(each["DisplayName"]),
            "description": call.shown(each["DisplayDescription"]),
            "active": each["Active"],
            "erpId": each["ConnectionId"],
            "mostRecent": each["MostRecentTimestamp"],
            "allAccess": each["AllAccess"],
            "deleted": each["Deleted"],
            **_connector_of(tenant, each),
            **_change(each),
        }
        for each in tenant.store.all("connection")
        if with_deleted or not each["Deleted"]
    ]


def _connector_of(tenant: Tenant, connection: Json) -> Json:
    found = connectors.find(tenant, connection["ErpConnectorId"]) or {}
    return {
        "connector/id": connection["ErpConnectorId"],
        "connector/url": found.get("URL", ""),
        "connector/name": found.get("DisplayName", ""),
    }


def _connectors(tenant: Tenant, _: Call) -> tuple[str, list[Json]]:
    return "ErpConnector", [
        {"id": each["ErpConnectorId"], "url": each["URL"], "name": each["DisplayName"], **_change(each)}
        for each in connectors.live(tenant)
    ]


def _change(document: Json) -> Json:
    return {"updatedBy": document.get("updatedBy", ""), "updatedDate": document.get("updatedDate", NEVER)}


def _internal_users(tenant: Tenant, _: Call) -> tuple[str, list[Json]]:
    internal = (user for user in tenant.directory.users.values() if user.type == "InternalAssociate")
    return "internalAssociate", list(_user_rows(tenant, internal))


def _all_users(tenant: Tenant, _: Call) -> tuple[str, list[Json]]:
    return "associate", list(_user_rows(tenant, tenant.directory.users.values()))


def _user_rows(tenant: Tenant, users: Iterable[SuperOfficeUser]) -> Iterable[Json]:
    names = tenant.directory.groups
    for user in users:
        yield {
            "id": user.associate_id,
            "associateDbId": user.associate_id,
            "fullName": user.full_name,
            "usergroup": names[user.group],
            "otherGroups": ";".join(names[each] for each in user.other_groups),
            "isActive": not user.has_left,
            "canLogin": not user.has_left,
            "userName": user.user_name,
            "personEmail": user.user_name,
            "role": "User level 0",
        }


_ARCHIVES: Mapping[str, Callable[[Tenant, Call], tuple[str, list[Any]]]] = {
    "erpconnection": _connections,
    "erpconnector": _connectors,
    "internalusers": _internal_users,
    "allusers": _all_users,
}
