"""Activation of connections, their priorities, and their summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wizard.practice.superoffice.erp_sync import connections
from wizard.practice.superoffice.erp_sync.fields import fields_of, require_type
from wizard.practice.superoffice.erp_sync.stamps import stamped
from wizard.practice.superoffice.tenant import Operation, Tenant
from wizard.practice.superoffice.wire import ACTOR_SUMMARY, SUMMARY, Call, Json

SUPEROFFICE_ITSELF = 0
"""Its place among the priorities."""


def _toggle(tenant: Tenant, call: Call) -> list[str]:
    """Switches it over; the reasons if it cannot be active."""
    found = connections.need(tenant, call)
    reasons = [] if found["Active"] else list(_reasons(tenant, found))
    if not reasons:
        change = {"Active": not found["Active"]} | stamped(tenant, call)
        tenant.store.put(connections.KIND, found["ErpConnectionId"], found | change)
    return reasons


def _reasons(tenant: Tenant, connection: Json) -> Iterator[str]:
    if tenant.behaviour.toggle_reasons:
        yield from tenant.behaviour.toggle_reasons
        return
    active = [name for name, mapping in connection["Mappings"].items() if mapping["IsActive"]]
    if not active:
        yield "No actor type is selected for synchronisation."
    for name in active:
        for field in fields_of(connection, name):
            if field["Access"] == "Mandatory" and not (field["SyncToCrm"] or field["SyncToErp"]):
                yield f"The mandatory field {field['Key']} of {name} has no direction."


def _save_priorities(tenant: Tenant, call: Call) -> bool:
    """False, and nothing is changed, where an id is unknown or deleted."""
    ids = [each for each in call.member("ErpConnectionIds", []) if each != SUPEROFFICE_ITSELF]
    found = [connections.find(tenant, each) for each in ids]
    known = [each for each in found if each is not None and not each["Deleted"]]
    if len(known) != len(ids):
        return False
    for rank, each in enumerate(known, 1):
        tenant.store.put(connections.KIND, each["ErpConnectionId"], each | {"Rank": rank})
    return True


def _summary(tenant: Tenant, call: Call) -> Json | None:
    found = connections.find(tenant, call.member("ErpSyncConnectionId", 0))
    if found is None:
        return None
    return SUMMARY.write(
        DisplayName=call.shown(found["DisplayName"]),
        DisplayDescription=call.shown(found["DisplayDescription"]),
        Active=found["Active"],
        Deleted=found["Deleted"],
        LastSync=found["Synced"],
        Actors=[_actor(found, name) for name in found["Mappings"]],
    )


def _actor(connection: Json, name: str) -> Json:
    fields = fields_of(connection, name)
    mapped = [field["Key"] for field in fields if field["SyncToCrm"] or field["SyncToErp"]]
    defaults = [field["Key"] for field in fields if field["HasFirstSyncDefaultValue"]]
    return ACTOR_SUMMARY.write(
        ActorType=name, HasMappings=bool(mapped), Defaults=", ".join(defaults), Mappings=", ".join(mapped)
    )


def _supports_search(tenant: Tenant, call: Call) -> bool:
    found = connections.need(tenant, call)
    name = require_type(call.member("ErpActorType", "Unknown"))
    return bool((found["Mappings"].get(name) or {}).get("Searchable"))


OPERATIONS: Mapping[str, Operation] = {
    "ToggleErpConnectionActive": _toggle,
    "SaveErpConnectionSyncPriorities": _save_priorities,
    "GetErpSyncConnectionSummary": _summary,
    "SupportsAdvancedSearch": _supports_search,
}
