"""Default values and ranks of fields."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.practice.superoffice.erp_sync import connections
from wizard.practice.superoffice.erp_sync.fields import fields_of, find_field, require_changeable, require_type, store
from wizard.practice.superoffice.tenant import Operation, Tenant
from wizard.practice.superoffice.wire import DEFAULT, ApiError, Call, Json

MAX_LENGTH = 254
_CHANGED = ("HasFirstSyncDefaultValue", "FirstSyncDefaultValue", "PromptUser", "Mandatory")


def _get(tenant: Tenant, call: Call) -> Json:
    return _carrier(find_field(tenant, call.member("ErpFieldId", 0))[2], call)


def _carrier(field: Json, call: Call) -> Json:
    return DEFAULT.write(
        ErpFieldId=field["Id"],
        DefaultValue=call.shown(field["Default"]),
        ErpFieldKey=field["Key"],
        FieldType=field["Type"],
        ListName=field["ListName"],
        Access=field["Access"],
        **{name: field[name] for name in _CHANGED},
    )


def _save(tenant: Tenant, call: Call) -> Json:
    sent = DEFAULT.read(call.member("ErpSyncDefaultValue", {}))
    connection, _, field = find_field(tenant, sent["ErpFieldId"])
    require_changeable(tenant, connection)
    kept = {name: sent[name] for name in _CHANGED}
    if len(kept["FirstSyncDefaultValue"]) > MAX_LENGTH:
        raise ApiError("SoValidationException", "The default value is too long.")
    has_value = kept["HasFirstSyncDefaultValue"] or kept["PromptUser"]
    if kept["Mandatory"] and field["Access"] != "Mandatory" and not has_value:
        raise ApiError("SoValidationException", "A mandatory field needs a default value, or to ask the user.")
    field.update(kept, Mandatory=kept["Mandatory"] or field["Access"] == "Mandatory")
    store(tenant, call, connection)
    return _carrier(field, call)


def _move(tenant: Tenant, call: Call) -> None:
    """Changes places with the next field: a positive direction raises the rank, a negative one lowers it."""
    connection = connections.need(tenant, call)
    require_changeable(tenant, connection)
    fields = fields_of(connection, require_type(call.member("ErpActorType", "Unknown")))
    place = next((n for n, field in enumerate(fields) if field["Id"] == call.member("ErpFieldId", 0)), None)
    if place is None:
        raise ApiError("SoNotFoundException", "There is no such ERP field.")
    direction = call.member("Direction", 0)
    other = place + (direction > 0) - (direction < 0)
    if 0 <= other < len(fields):
        fields[place], fields[other] = fields[other], fields[place]
    for rank, field in enumerate(fields, 1):
        field["Rank"] = rank
    store(tenant, call, connection)


OPERATIONS: Mapping[str, Operation] = {
    "GetDefaultValueInfo": _get,
    "SaveDefaultValueInfo": _save,
    "MoveErpFieldItem": _move,
}
