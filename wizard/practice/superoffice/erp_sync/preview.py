"""The agent Import, as far as it only shows what an import from the ERP would do."""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

from wizard.outside.soap import contract as c
from wizard.practice.superoffice.erp_sync import connections, engine
from wizard.practice.superoffice.erp_sync.actor_types import CRM_TYPES
from wizard.practice.superoffice.erp_sync.fields import fields_of, require_type
from wizard.practice.superoffice.tenant import Operation, Tenant
from wizard.practice.superoffice.wire import IMPORT_LINE, ApiError, Call, Json, Shape

_RESTRICTION = Shape(Name="", Operator="", Values=[], IsActive=True)
_ENDINGS = ("Added", "Updated", "NoChange")


def _create(tenant: Tenant, call: Call) -> Json:
    """The lines that a search at the connector finds. Raises ApiError while the engine runs."""
    _require_stopped(tenant)
    connection = connections.need_by_id(tenant, call.member("ConnectionId", 0))
    name = require_type(call.member("ErpActorType", "Unknown"))
    fields = {field["Key"]: field for field in fields_of(connection, name)}
    columns = [str(each) for each in call.member("Columns", [])] or list(fields)
    if unknown := [each for each in columns if each not in fields]:
        raise ApiError("SoInvalidArgumentException", f"There is no ERP field {unknown[0]}.")
    kind = CRM_TYPES.get(name, "Unknown")
    lines = [
        IMPORT_LINE.write(
            Values=[(actor.field_values or {}).get(key) or "" for key in columns],
            Selected=True,
            Type=kind if kind in ("Contact", "Person") else "Unknown",
            ExternalKey=actor.erp_key,
        )
        for actor in _found(tenant, call, connection, name, columns)
    ]
    infos = [{"Name": key, "DisplayName": call.shown(fields[key]["Name"]), "Locked": False} for key in columns]
    return {
        "ImportLines": lines,
        "ColumnInfos": [each | {"TableRight": None, "FieldProperties": None} for each in infos],
        "TableRight": None,
        "FieldProperties": None,
    }


def _require_stopped(tenant: Tenant) -> None:
    if engine.is_running(tenant):
        raise ApiError("SoIllegalOperationException", "There is no import while the automatic synchronisation runs.")


def _found(tenant: Tenant, call: Call, connection: Json, name: str, columns: list[str]) -> tuple[c.Actor, ...]:
    guid, values = connection["ConnectionId"], connection["ConfigFields"]
    request = c.SearchAdvancedRequest(
        connection_guid=guid,
        actor_type=name,
        field_keys=tuple(columns),
        restrictions=tuple(
            c.SearchRestriction(field_key=each["Name"], operator=each["Operator"], values=tuple(each["Values"]))
            for each in map(_RESTRICTION.read, call.member("Restriction", []))
            if each["IsActive"]
        ),
    )
    with tenant.connectors.asking_about(connections.url_of(tenant, connection), guid, values) as ask:
        return tuple(ask("WSSearchActorsAdvanced", request).actors or ())


def _preview(tenant: Tenant, call: Call) -> list[Json]:
    """The lines with what would happen to each; a key that comes twice is a duplicate."""
    _require_stopped(tenant)
    seen: set[str] = set()
    lines = []
    for line in map(IMPORT_LINE.read, call.member("ImportLines", [])):
        key = line["ExternalKey"]
        lines.append(IMPORT_LINE.write(**line | {"Operation": "ObsERPDuplicate" if key in seen else _operation(line)}))
        seen.add(key)
    return lines


def _operation(line: Json) -> str:
    """Of a made-up CRM that has some of these already, always the same."""
    if line["Type"] == "Unknown":
        return "Obs"
    return str(line["Type"]) + _ENDINGS[crc32(line["ExternalKey"].encode()) % len(_ENDINGS)]


IMPORT: Mapping[str, Operation] = {"CreateErpImportData": _create, "PreviewImport": _preview}
