"""The fields of a connection's actor types, as they are stored: by type, and by id."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.practice.superoffice.erp_sync import connections
from wizard.practice.superoffice.erp_sync.actor_types import CRM_TYPES
from wizard.practice.superoffice.erp_sync.stamps import stamped
from wizard.practice.superoffice.tenant import Tenant
from wizard.practice.superoffice.wire import ApiError, BadRequest, Call, Json

ERP_TYPES = ("Unknown", *CRM_TYPES, "Employee", "Sale")


def require_type(name: object) -> str:
    """An ERP actor type. Raises BadRequest for a text that is none."""
    if name not in ERP_TYPES:
        raise BadRequest(f"{name} is no ErpActorType")
    return str(name)


def fields_of(connection: Json, type_name: str) -> list[Json]:
    """In the order of their rank; none of a type that the connector lacks."""
    stored: list[Json] = (connection["Mappings"].get(type_name) or {}).get("Fields", [])
    return sorted(stored, key=lambda field: field["Rank"])


def all_fields(connection: Json) -> Iterator[tuple[str, Json]]:
    """Every field with the name of its type."""
    for name in connection["Mappings"]:
        for field in fields_of(connection, name):
            yield name, field


def find_field(tenant: Tenant, field_id: int) -> tuple[Json, str, Json]:
    """A field with its connection and the name of its type. Raises ApiError for an unknown one."""
    for connection in tenant.store.all(connections.KIND):
        for name, field in all_fields(connection):
            if field["Id"] == field_id:
                return connection, name, field
    raise ApiError("SoNotFoundException", f"There is no ERP field {field_id}.")


def store(tenant: Tenant, call: Call, connection: Json) -> None:
    """Stores a connection whose fields were changed."""
    connection |= stamped(tenant, call)
    tenant.store.put(connections.KIND, connection["ErpConnectionId"], connection)


def require_changeable(tenant: Tenant, connection: Json) -> None:
    """Raises ApiError where an active connection may not be changed."""
    if connection["Active"] and tenant.behaviour.edits_active == "refused":
        raise ApiError("SoIllegalOperationException", "An active ERP connection cannot be changed.")
