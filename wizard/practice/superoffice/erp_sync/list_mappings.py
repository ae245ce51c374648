"""Mapping of list items: which item of the CRM stands for each item of the ERP."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from wizard.outside.soap.contract import GetListRequest
from wizard.practice.superoffice.erp_sync import connections
from wizard.practice.superoffice.erp_sync.crm_fields import LISTS
from wizard.practice.superoffice.erp_sync.crm_lists import referred
from wizard.practice.superoffice.erp_sync.fields import all_fields, require_changeable, store
from wizard.practice.superoffice.tenant import Operation, Tenant
from wizard.practice.superoffice.wire import (
    ITEM_MAPPING,
    LIST_ITEM,
    LIST_MAPPING,
    LIST_MAPPINGS,
    ApiError,
    Call,
    Json,
)


def _get(tenant: Tenant, call: Call) -> Json:
    return _carrier(tenant, call, connections.need(tenant, call))


def _carrier(tenant: Tenant, call: Call, connection: Json) -> Json:
    lists = _erp_lists(tenant, connection)
    mapped = [(name, field) for name, field in all_fields(connection) if _is_mapped(field)]
    return LIST_MAPPINGS.write(
        ErpConnectionId=connection["ErpConnectionId"],
        ErpConnectionName=call.shown(connection["DisplayName"]),
        ErpListItemMappings=[_list(call, name, field, lists.get(field["ListName"], {})) for name, field in mapped],
    )


def _is_mapped(field: Json) -> bool:
    """Whether a list of the ERP is mapped to a list of the CRM, so that their items can be."""
    return field["Type"] == "List" and field["CrmFieldKey"] in LISTS


def _erp_lists(tenant: Tenant, connection: Json) -> dict[str, dict[str, str]]:
    names = sorted({field["ListName"] for _, field in all_fields(connection) if _is_mapped(field)})
    guid, values = connection["ConnectionId"], connection["ConfigFields"]
    url = connections.url_of(tenant, connection)
    with tenant.connectors.asking_about(url, guid, values) as ask:
        requests = [GetListRequest(connection_guid=guid, list_name=name) for name in names]
        return {each.list_name or "": dict(ask("WSGetList", each).list_items or {}) for each in requests}


def _list(call: Call, name: str, field: Json, erp_items: Mapping[str, str]) -> Json:
    crm_list, crm_items = referred(LISTS[field["CrmFieldKey"]], call)
    by_id = {each["Id"]: each for each in crm_items}
    rows = [
        ITEM_MAPPING.write(
            ErpListItemId=key, ErpListItemName=call.shown(label), CrmListItem=by_id.get(field["Items"].get(key, 0))
        )
        for key, label in erp_items.items()
    ]
    return LIST_MAPPING.write(
        CrmList=crm_list,
        ErpListName=field["ListName"],
        ErpCrmListItemMappings=rows,
        ErpActorTypeName=name,
        ErpFieldId=field["Id"],
    )


def _save(tenant: Tenant, call: Call) -> Json:
    sent = LIST_MAPPINGS.read(call.member("ListMapping", {}))
    connection = connections.need_by_id(tenant, sent["ErpConnectionId"])
    require_changeable(tenant, connection)
    fields = {field["Id"]: field for _, field in all_fields(connection)}
    for each in sent["ErpListItemMappings"]:
        mapping = LIST_MAPPING.read(each)
        if mapping["ErpFieldId"] not in fields:
            raise ApiError("SoNotFoundException", f"There is no ERP field {mapping['ErpFieldId']}.")
        fields[mapping["ErpFieldId"]]["Items"] = _items(mapping)
    store(tenant, call, connection)
    return _carrier(tenant, call, connection)


def _items(mapping: Json) -> dict[str, int]:
    """The CRM item of each ERP item that has one: null and 0 are none. Raises ApiError for one that is there twice."""
    found: dict[str, int] = {}
    for row in map(ITEM_MAPPING.read, mapping["ErpCrmListItemMappings"]):
        id_ = LIST_ITEM.read(row["CrmListItem"])["Id"] if row["CrmListItem"] else 0
        if id_:
            found[row["ErpListItemId"]] = id_
    if found and max(Counter(found.values()).values()) > 1:
        raise ApiError("SoDuplicateException", f"An item is mapped twice in {mapping['ErpListName']}.")
    return found


OPERATIONS: Mapping[str, Operation] = {
    "GetConnectionListMappings": _get,
    "SaveConnectionListMappings": _save,
}
