"""The actor types of a connection and their fields: read from the connector, and mapped automatically."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wizard.outside.soap import contract as c
from wizard.practice.superoffice.tenant import Tenant
from wizard.practice.superoffice.wire import Json

CRM_TYPES: Mapping[str, str] = {
    "Customer": "Contact",
    "Supplier": "Contact",
    "Partner": "Contact",
    "Person": "Person",
    "Project": "Project",
}
"""By ERP actor type, as SuperOffice fixes them."""

_ADDRESS = "POSTALAD1 POSTALAD2 POSTALAD3 POSTALZIP POSTALCITY POSTALCOUNTY POSTALSTATE"
AUTOMATIC: Mapping[str, Mapping[str, str]] = {
    crm: {key: f"{crm.lower()}/{key.lower()}" for key in keys.split()}
    for crm, keys in {
        "Contact": f"NAME NUMBER1 NUMBER2 DEPARTMENT PHONE FAX EMAIL URL {_ADDRESS} STREETAD1 STREETAD2 STREETAD3"
        " STREETZIP STREETCITY STREETCOUNTY STREETSTATE COUNTRY VATNO",
        "Person": "FIRSTNAME MIDDLENAME LASTNAME TITLE NUMBER PHONE_DIRECT PHONE_PRIVATE PHONE_MOBILE PHONE_OTHER EMAIL"
        f" POSITION BIRTHDATE URL {_ADDRESS} POSTALCOUNTRY",
        "Project": "NAME TEXT NUMBER URL ENDDATE",
    }.items()
}
"""The CRM field that a field of this key gets by itself, without a direction."""


def read_types(tenant: Tenant, document: Json, url: str) -> None:
    """Reads the types and fields that the connector supports now into the connection's mappings.

    Raises ApiError. Fields that are gone stay, as missing in the ERP.
    """
    guid, values = document["ConnectionId"], document["ConfigFields"]
    with tenant.connectors.asking_about(url, guid, values) as ask:
        names = ask("WSGetSupportedActorTypes", c.ConnectionRequest(connection_guid=guid)).items or ()
        for name in names:
            if name in CRM_TYPES:
                request = c.ActorTypeRequest(connection_guid=guid, actor_type=name)
                declared = ask("WSGetSupportedActorTypeFields", request).field_meta_data_objects or ()
                searchable = ask("WSGetSearchableFields", request).items or ()
                before = document["Mappings"].get(name) or {"IsActive": False, "Fields": []}
                document["Mappings"][name] = before | {
                    "Fields": _merged(tenant, name, before["Fields"], declared),
                    "Searchable": list(searchable),
                }


def _merged(tenant: Tenant, name: str, before: list[Json], declared: Any) -> list[Json]:
    known = {field["Key"]: field for field in before}
    added = [each for each in declared if each.field_key not in known]
    ids = tenant.store.next_ids("field", len(added)) if added else ()
    known |= {each.field_key: _new(id_, name, each) for id_, each in zip(ids, added, strict=True)}
    fields = [known[each.field_key] for each in declared]
    for field, each in zip(fields, declared, strict=True):
        field.update(_of_connector(each), MissingInERP=False)
    keys = {field["Key"] for field in fields}
    gone = [field | {"MissingInERP": True} for field in before if field["Key"] not in keys]
    return [*sorted(fields, key=lambda field: field["Rank"]), *gone]


def _new(id_: int, name: str, declared: c.FieldMetadata) -> Json:
    return {
        "Id": id_,
        "Key": declared.field_key or "",
        "Rank": declared.rank,
        "CrmFieldKey": AUTOMATIC[CRM_TYPES[name]].get((declared.field_key or "").upper(), ""),
        "SyncToCrm": False,
        "SyncToErp": False,
        "ShowInGui": False,
        "ShowInSearch": False,
        "HasFirstSyncDefaultValue": False,
        "FirstSyncDefaultValue": "",
        "PromptUser": False,
        "Mandatory": declared.access == "Mandatory",
        "Items": {},
    }


def _of_connector(declared: c.FieldMetadata) -> Json:
    """What only the connector decides, and what is read anew each time."""
    return {
        "Name": declared.display_name or "",
        "Tooltip": declared.display_description or "",
        "Type": {"Datetime": "Date"}.get(str(declared.field_type), str(declared.field_type)),
        "Access": str(declared.access),
        "ListName": declared.list_name or "",
        "Default": declared.default_value or "",
        "MaxLength": declared.max_length,
    }
