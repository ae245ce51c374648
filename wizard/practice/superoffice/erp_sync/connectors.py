"""Sync Connectors: test of an address, save, read, delete."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.outside.soap.contract import FieldMetadata
from wizard.practice.superoffice.erp_sync.stamps import stamped
from wizard.practice.superoffice.tenant import Operation, Tenant
from wizard.practice.superoffice.wire import CONNECTOR, FIELD, ApiError, Call, Json

KIND = "connector"
NO_ERROR, HAS_CONNECTIONS, NOT_FOUND = "NoError", "ErrorConnectorHasConnections", "ErrorNotFound"
_TYPE_NAMES = {"Datetime": "Date"}
"""Of field types that the API calls otherwise than the connector."""


def find(tenant: Tenant, connector_id: int) -> Json | None:
    """The carrier with who changed it and when."""
    found: Json | None = tenant.store.get(KIND, connector_id)
    return found


def need(tenant: Tenant, connector_id: int) -> Json:
    """The same. Raises ApiError for an unknown one."""
    found = find(tenant, connector_id)
    if found is None or found["Deleted"]:
        raise ApiError("SoNotFoundException", f"There is no Sync Connector {connector_id}.")
    return found


def live(tenant: Tenant) -> list[Json]:
    return [each for each in tenant.store.all(KIND) if not each["Deleted"]]


def _test_url(tenant: Tenant, call: Call) -> str:
    url = str(call.member("Url", ""))
    is_reached = tenant.behaviour.reaches_connectors and tenant.connectors.answers(url)
    return NO_ERROR if is_reached else NOT_FOUND


def _all(tenant: Tenant, _: Call) -> list[Json]:
    return [
        {"Id": each["ErpConnectorId"], "Name": each["DisplayName"], "ToolTip": each["URL"]} for each in live(tenant)
    ]


def _create_default(_: Tenant, __: Call) -> Json:
    return CONNECTOR.write()


def _save(tenant: Tenant, call: Call) -> Json:
    sent = CONNECTOR.read(call.body)
    if not sent["DisplayName"].strip() or not sent["URL"].strip():
        raise ApiError("SoValidationException", "A Sync Connector needs a name and an address.")
    if len(sent["DisplayName"]) > 254 or len(sent["URL"]) > 1023:
        raise ApiError("SoValidationException", "The name or the address is too long.")
    if sent["ErpConnectorId"] and find(tenant, sent["ErpConnectorId"]) is None:
        raise ApiError("SoNotFoundException", f"There is no Sync Connector {sent['ErpConnectorId']}.")
    sent["ErpConnectorId"] = sent["ErpConnectorId"] or tenant.store.next_id(KIND)
    tenant.store.put(KIND, sent["ErpConnectorId"], sent | stamped(tenant, call))
    return CONNECTOR.write(**sent)


def _get(tenant: Tenant, call: Call) -> Json | None:
    found = find(tenant, call.number("erpSyncConnectorEntityId"))
    return CONNECTOR.write(**_declared(found)) if found else None


def _can_delete(tenant: Tenant, call: Call) -> str:
    connector_id = call.member("ErpSyncConnectorId", 0)
    if find(tenant, connector_id) is None:
        return NOT_FOUND
    used = any(c["ErpConnectorId"] == connector_id and not c["Deleted"] for c in tenant.store.all("connection"))
    return HAS_CONNECTIONS if used else NO_ERROR


def _delete(tenant: Tenant, call: Call) -> None:
    found = need(tenant, call.number("erpSyncConnectorEntityId"))
    tenant.store.put(KIND, found["ErpConnectorId"], found | {"Deleted": True} | stamped(tenant, call))


def _fields(tenant: Tenant, call: Call) -> list[Json]:
    connector = need(tenant, call.member("ErpConnectorId", 0))
    return [field_carrier(each, call) for each in tenant.connectors.fields(connector["URL"])]


def field_carrier(field: FieldMetadata, call: Call) -> Json:
    """A declared field as SuperOffice hands it on."""
    return FIELD.write(
        FieldKey=field.field_key or "",
        Rank=field.rank,
        DisplayName=call.shown(field.display_name),
        DisplayDescription=call.shown(field.display_description),
        FieldType=_TYPE_NAMES.get(str(field.field_type), str(field.field_type)),
        ListName=field.list_name or "",
        DefaultValue=call.shown(field.default_value),
        MaxLength=field.max_length,
        Access=str(field.access),
    )


def _declared(document: Json) -> Json:
    return {name: document[name] for name in CONNECTOR.members}


OPERATIONS: Mapping[str, Operation] = {
    "TestConnectorUrl": _test_url,
    "GetAllConnectors": _all,
    "CreateDefaultErpSyncConnectorEntity": _create_default,
    "SaveErpSyncConnectorEntity": _save,
    "GetErpSyncConnectorEntity": _get,
    "CanDeleteErpSyncConnectorEntity": _can_delete,
    "DeleteErpSyncConnectorEntity": _delete,
    "GetConfigurationFields": _fields,
}
