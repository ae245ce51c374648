"""Field mapping of an actor type: which CRM field each ERP field has, in which direction, and where it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from wizard.practice.superoffice.erp_sync import connections
from wizard.practice.superoffice.erp_sync.actor_types import CRM_TYPES
from wizard.practice.superoffice.erp_sync.crm_fields import LISTS, keys_of, name_of
from wizard.practice.superoffice.erp_sync.fields import all_fields, fields_of, require_changeable, require_type, store
from wizard.practice.superoffice.tenant import Operation, Tenant
from wizard.practice.superoffice.wire import FIELD_MAPPING, MAPPING, ApiError, Call, Json

_CHANGED = ("CrmFieldKey", "SyncToCrm", "SyncToErp", "ShowInGui", "ShowInSearch")
_UNMAPPED: Json = dict.fromkeys(_CHANGED[1:], False) | {"CrmFieldKey": ""}


def _get(tenant: Tenant, call: Call) -> Json | None:
    connection, name = connections.need(tenant, call), require_type(call.member("ActorType", "Unknown"))
    if name not in connection["Mappings"]:
        match tenant.behaviour.unsupported_type:
            case "null":
                return None
            case "exception":
                raise ApiError("SoInvalidArgumentException", f"The connector does not support {name}.")
    return _carrier(tenant, call, connection, name)


def _carrier(tenant: Tenant, call: Call, connection: Json, name: str) -> Json:
    elsewhere = _mapped_elsewhere(tenant, connection)
    return MAPPING.write(
        ErpConnectionId=connection["ErpConnectionId"],
        IsActive=bool((connection["Mappings"].get(name) or {}).get("IsActive")),
        FieldMappings=[_field(each, call, elsewhere, name) for each in fields_of(connection, name)],
        ActorTypeErp=name,
        ActorTypeCrm=CRM_TYPES.get(name, "Unknown"),
    )


def _field(field: Json, call: Call, elsewhere: set[str], type_name: str) -> Json:
    key = field["CrmFieldKey"]
    is_known = key in keys_of(CRM_TYPES[type_name])
    return FIELD_MAPPING.write(
        ErpFieldId=field["Id"],
        CrmDisplayName=name_of(key, call),
        CrmDisplayTooltip=name_of(key, call),
        ErpFieldKey=field["Key"],
        FieldType=field["Type"],
        ErpDisplayName=call.shown(field["Name"]),
        ErpDisplayTooltip=call.shown(field["Tooltip"]),
        AlreadyMapped=key in elsewhere,
        MissingInERP=field["MissingInERP"],
        MissingInCRM=bool(key) and not is_known,
        Access=field["Access"],
        ListReference=LISTS.get(key, ""),
        **{name: field[name] for name in _CHANGED},
    )


def _mapped_elsewhere(tenant: Tenant, connection: Json) -> set[str]:
    """The CRM fields that get their values by another connection."""
    others = [each for each in tenant.store.all(connections.KIND) if not each["Deleted"]]
    return {
        field["CrmFieldKey"]
        for each in others
        if each["ErpConnectionId"] != connection["ErpConnectionId"]
        for _, field in all_fields(each)
        if field["SyncToCrm"]
    }


def _save(tenant: Tenant, call: Call) -> Json:
    sent = MAPPING.read(call.member("Mapping", {}))
    connection = connections.need_by_id(tenant, sent["ErpConnectionId"])
    name = require_type(sent["ActorTypeErp"])
    if name not in connection["Mappings"]:
        raise ApiError("SoInvalidArgumentException", f"The connector does not support {name}.")
    require_changeable(tenant, connection)
    by_id = {each["Id"]: each for each in connection["Mappings"][name]["Fields"]}
    rows = [FIELD_MAPPING.read(each) for each in sent["FieldMappings"]]
    _require_single(rows)
    if not tenant.behaviour.keeps_unsent_mappings:
        for field in by_id.values():
            field.update(_UNMAPPED)
    for row in rows:
        if row["ErpFieldId"] not in by_id:
            raise ApiError("SoNotFoundException", f"There is no ERP field {row['ErpFieldId']}.")
        by_id[row["ErpFieldId"]].update(_judged(tenant, by_id[row["ErpFieldId"]], row, connection, name))
    connection["Mappings"][name]["IsActive"] = sent["IsActive"]
    store(tenant, call, connection)
    return _carrier(tenant, call, connection, name)


def _require_single(rows: Iterable[Json]) -> None:
    """Raises ApiError where two ERP fields have the same CRM field."""
    times = Counter(row["CrmFieldKey"] for row in rows if row["CrmFieldKey"])
    if twice := [key for key, count in times.items() if count > 1]:
        raise ApiError("SoDuplicateException", f"{twice[0]} is mapped twice.")


def _judged(tenant: Tenant, field: Json, row: Json, connection: Json, name: str) -> dict[str, Any]:
    """What is kept of a sent mapping. Raises ApiError for what SuperOffice forbids."""
    kept = {member: row[member] for member in _CHANGED}
    if kept["CrmFieldKey"] not in ("", field["CrmFieldKey"], *keys_of(CRM_TYPES[name])):
        if tenant.behaviour.illegal_crm_field == "refused":
            raise ApiError("SoValidationException", f"{kept['CrmFieldKey']} is no field of {CRM_TYPES[name]}.")
        kept["CrmFieldKey"] = ""
    if kept["SyncToErp"] and field["Access"] == "ReadOnly":
        raise ApiError("SoValidationException", f"{field['Key']} is read-only in the ERP.")
    if not kept["CrmFieldKey"]:
        kept |= {"SyncToCrm": False, "SyncToErp": False}
    kept["ShowInSearch"] = kept["ShowInSearch"] and field["Key"] in connection["Mappings"][name]["Searchable"]
    return kept


def _crm_type(tenant: Tenant, call: Call) -> str:
    connections.need(tenant, call)
    return CRM_TYPES.get(require_type(call.member("ErpActorType", "Unknown")), "Unknown")


OPERATIONS: Mapping[str, Operation] = {
    "GetActorTypeMapping": _get,
    "SaveActorTypeMapping": _save,
    "GetCrmActorType": _crm_type,
}
