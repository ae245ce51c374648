"""The list crmfields: the fields of the CRM that can be mapped, in one of the shapes that it may have."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.practice.superoffice.erp_sync.actor_types import AUTOMATIC, CRM_TYPES
from wizard.practice.superoffice.erp_sync.crm_lists import UD_LIST_ID
from wizard.practice.superoffice.erp_sync.crm_names import KINDS, NAMES
from wizard.practice.superoffice.tenant import Tenant
from wizard.practice.superoffice.wire import LIST_ITEM, Call, Json

_UNTOUCHED: Mapping[str, tuple[str, ...]] = {
    "Contact": ("category", "business", "udef/creditlimit", "udef/blocked", "udef/terms"),
    "Person": (),
    "Project": ("status",),
}
"""Fields that no key maps by itself."""
LISTS = {
    "contact/category": "table=category",
    "contact/business": "table=business",
    "contact/country": "table=country",
    "person/position": "table=persposition",
    "contact/udef/terms": f"table=udlist&udListDefinitionId={UD_LIST_ID}",
    "project/status": "table=projstatus",
}
"""The list of values of a CRM field."""


def name_of(key: str, call: Call) -> str:
    """What people call a CRM field."""
    return call.shown(NAMES.get(key, key.rpartition("/")[2].capitalize())) if key else ""


def keys_of(crm_type: str) -> list[str]:
    """The fields of a type of the CRM."""
    own = [f"{crm_type.lower()}/{name}" for name in _UNTOUCHED.get(crm_type, ())]
    return [*AUTOMATIC.get(crm_type, {}).values(), *own]


def crm_fields(tenant: Tenant, call: Call, additional: str) -> list[Json]:
    """What the list answers; which argument names the type is not documented, so ERP types and CRM types both do."""
    match tenant.behaviour.crm_fields:
        case "empty":
            return []
        case "filler":
            return [LIST_ITEM.write(Id=2, Name="Example")]
        case "headings":
            return [
                LIST_ITEM.write(Id=0, Name=each, Type="Heading", ChildItems=_items(each, call)) for each in AUTOMATIC
            ]
        case "flat":
            return [item for each in AUTOMATIC for item in _items(each, call)]
        case _:
            return _items(CRM_TYPES.get(additional, additional), call)


def _items(crm_type: str, call: Call) -> list[Json]:
    return [
        LIST_ITEM.write(Id=id_, Name=name_of(key, call), ExtraInfo=key, Type=KINDS.get(key, "Text"))
        for id_, key in enumerate(keys_of(crm_type), 1)
    ]
