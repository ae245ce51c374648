"""ERP connections: test, save, read, delete, restore."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from wizard.practice.superoffice.erp_sync import actor_types, connectors
from wizard.practice.superoffice.erp_sync.stamps import NEVER, stamped
from wizard.practice.superoffice.tenant import Operation, Tenant
from wizard.practice.superoffice.wire import CONNECTION, ApiError, Call, Json

KIND = "connection"
MAX_NAME = 254


def find(tenant: Tenant, connection_id: int) -> Json | None:
    """The carrier with its mappings, its rank, and who changed it when."""
    found: Json | None = tenant.store.get(KIND, connection_id)
    return found


def need(tenant: Tenant, call: Call) -> Json:
    """The connection that the body names. Raises ApiError for an unknown or deleted one."""
    return need_by_id(tenant, call.member("ErpConnectionId", 0))


def need_by_id(tenant: Tenant, connection_id: int) -> Json:
    """The same for an id."""
    found = find(tenant, connection_id)
    if found is None or found["Deleted"]:
        raise ApiError("SoNotFoundException", f"There is no ERP connection {connection_id}.")
    return found


def carrier(document: Json, call: Call) -> Json:
    """What the API tells of a connection: no value of a password is left out, as nothing says that it is."""
    declared = {name: document[name] for name in CONNECTION.members}
    texts = {name: call.shown(document[name]) for name in ("DisplayName", "DisplayDescription")}
    return CONNECTION.write(**declared | texts)


def url_of(tenant: Tenant, connection: Json) -> str:
    """The address of its connector. Raises ApiError for one that was deleted."""
    return str(connectors.need(tenant, connection["ErpConnectorId"])["URL"])


# --- tests


def _test_by_config(tenant: Tenant, call: Call) -> bool:
    identifier, values = call.member("ErpConnectionId", 0), _values(call.member("ConfigFields", {}))
    if tenant.behaviour.tests_config_of_connection:
        connection = find(tenant, identifier)
        identifier = connection["ErpConnectorId"] if connection else 0
    connector = connectors.find(tenant, identifier)
    if connector is None or not tenant.behaviour.tests_pass:
        return False
    return tenant.connectors.accepts(connector["URL"], values)


def _test_by_id(tenant: Tenant, call: Call) -> bool:
    found = need(tenant, call)
    if not tenant.behaviour.tests_pass:
        return False
    return tenant.connectors.works(url_of(tenant, found), found["ConnectionId"], found["ConfigFields"])


# --- saving


def _save(tenant: Tenant, call: Call) -> Json:
    sent = CONNECTION.read(call.member("Connection", {}))
    before = find(tenant, sent["ErpConnectionId"])
    _require_valid(tenant, sent, before)
    document = (before or _new()) | _kept(tenant, sent, before) | stamped(tenant, call)
    document["ErpConnectionId"] = document["ErpConnectionId"] or tenant.store.next_id(KIND)
    tenant.store.put(KIND, document["ErpConnectionId"], document)  # first, so that its GUID is known whatever happens
    if tenant.behaviour.saves_at_connector and not document["Deleted"]:
        try:
            _save_at_connector(tenant, document)
            actor_types.read_types(tenant, document, url_of(tenant, document))
        except ApiError:
            _take_back(tenant, document, before)
            raise
        tenant.store.put(KIND, document["ErpConnectionId"], document)
    return carrier(document, call)


def _take_back(tenant: Tenant, document: Json, before: Json | None) -> None:
    """Restores what was there before a save that the connector has refused; a new one is deleted on both sides."""
    tenant.store.change(KIND, document["ErpConnectionId"], lambda _: before)
    if before is None:
        with suppress(ApiError):
            tenant.connectors.delete(url_of(tenant, document), document["ConnectionId"])


def _new() -> Json:
    return CONNECTION.members | {"Mappings": {}, "Rank": 0, "Synced": NEVER}


def _require_valid(tenant: Tenant, sent: Json, before: Json | None) -> None:
    if sent["ErpConnectionId"] and before is None:
        raise ApiError("SoNotFoundException", f"There is no ERP connection {sent['ErpConnectionId']}.")
    if before and before["ErpConnectorId"] != sent["ErpConnectorId"]:
        raise ApiError("SoIllegalOperationException", "The Sync Connector of an ERP connection cannot be changed.")
    connectors.need(tenant, sent["ErpConnectorId"])
    if not 0 < len(sent["DisplayName"].strip()) <= MAX_NAME or len(sent["DisplayDescription"]) > MAX_NAME:
        raise ApiError("SoValidationException", "The name is missing, or a text is longer than 254 characters.")
    unknown = _unknown(sent["AssociateAccessIds"], tenant.directory.users) or _unknown(
        sent["UserGroupAccessIds"], tenant.directory.groups
    )
    if unknown:
        raise ApiError("SoNotFoundException", f"There is no user or group {unknown[0]}.")


def _unknown(ids: Iterable[int], known: Mapping[int, Any]) -> list[int]:
    return [each for each in ids if each not in known]


def _kept(tenant: Tenant, sent: Json, before: Json | None) -> Json:
    """What is stored of what is sent."""
    behaviour = tenant.behaviour
    kept = sent | {
        "ConnectionId": before["ConnectionId"] if before else _guid(sent, keep=behaviour.keeps_sent_guid),
        "Active": sent["Active"] if behaviour.obeys_active else bool(before and before["Active"]),
        "MostRecentTimestamp": before["MostRecentTimestamp"] if before else "",
        "ConfigFields": _values(sent["ConfigFields"]),
    }
    if kept["AllAccess"]:
        kept |= {"UserGroupAccessIds": [], "AssociateAccessIds": []}
    if before and before["Active"] and before["ConfigFields"] != kept["ConfigFields"]:
        if behaviour.edits_active == "refused":
            raise ApiError("SoIllegalOperationException", "An active ERP connection cannot be changed.")
        if behaviour.edits_active == "ignored":
            kept["ConfigFields"] = before["ConfigFields"]
    return kept


def _guid(sent: Json, *, keep: bool) -> str:
    return sent["ConnectionId"] if keep and sent["ConnectionId"] else str(uuid.uuid4())


def _values(config_fields: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): "" if text is None else str(text) for key, text in config_fields.items()}


def _save_at_connector(tenant: Tenant, document: Json) -> None:
    tenant.connectors.save(url_of(tenant, document), document["ConnectionId"], document["ConfigFields"])


# --- reading, deleting


def _get(tenant: Tenant, call: Call) -> Json | None:
    found = find(tenant, call.member("ErpConnectionId", 0))
    return carrier(found, call) if found else None


def _all(tenant: Tenant, call: Call) -> list[Json]:
    include_deleted = call.member("IncludeDeleted", False)
    found = [each for each in tenant.store.all(KIND) if include_deleted or not each["Deleted"]]
    return [carrier(each, call) | {"ConfigFields": {}} for each in found]


def _config_fields(tenant: Tenant, call: Call) -> Json:
    found = find(tenant, call.member("ErpConnectionId", 0))
    return dict(found["ConfigFields"]) if found else {}


def _delete(tenant: Tenant, call: Call) -> None:
    found = need(tenant, call)
    if tenant.behaviour.deletes_at_connector:
        tenant.connectors.delete(url_of(tenant, found), found["ConnectionId"])
    change = {"Deleted": True, "Active": False} | stamped(tenant, call)
    tenant.store.put(KIND, found["ErpConnectionId"], found | change)


def _update_fields(tenant: Tenant, call: Call) -> bool:
    found = need(tenant, call)
    try:
        if not tenant.behaviour.saves_at_connector:
            _save_at_connector(tenant, found)
        actor_types.read_types(tenant, found, url_of(tenant, found))
    except ApiError:
        return False
    tenant.store.put(KIND, found["ErpConnectionId"], found)
    return True


OPERATIONS: Mapping[str, Operation] = {
    "TestConnectionByConfig": _test_by_config,
    "TestConnectionById": _test_by_id,
    "SaveConnection": _save,
    "GetConnection": _get,
    "GetAllConnections": _all,
    "GetErpConnectionConfigFields": _config_fields,
    "DeleteConnection": _delete,
    "UpdateConnectionFields": _update_fields,
}
