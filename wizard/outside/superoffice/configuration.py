"""What an ERP connection synchronises, as SuperOffice keeps it: fields, lists, defaults, ranks, priorities, import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.outside.superoffice import agent_answers, users
from wizard.outside.superoffice.carriers import (
    ErpConnectionListMappingContainer,
    ErpSyncActorTypeMapping,
    ErpSyncConnectionSummary,
    ErpSyncDefaultValue,
    ImportErpData,
    ImportLine,
    MDOListItem,
)
from wizard.outside.superoffice.client import SuperOffice
from wizard.outside.superoffice.members import Json

PREVIEW_LINES = 200
"""Of one import: more are not looked at, and SuperOffice is asked no more at once."""


@dataclass(frozen=True)
class Restriction:
    """A condition of a search in the ERP: a field, an operator of SuperOffice's ERP search, and values."""

    key: str
    operator: str
    values: tuple[str, ...]

    def to_json(self) -> dict[str, Json]:
        return {
            "Name": self.key,
            "Operator": self.operator,
            "Values": list(self.values),
            "DisplayValues": [],
            "ColumnInfo": None,
            "IsActive": True,
            "SubRestrictions": [],
            "InterParenthesis": 0,
            "InterOperator": "And",
            "UniqueHash": 0,
        }


# --- field mapping


def actor_type_mapping(so: SuperOffice, connection_id: int, actor_type: str) -> ErpSyncActorTypeMapping | None:
    """The fields of an actor type; None where SuperOffice says null of one that the connector lacks.

    Raises SuperOfficeError.
    """
    body = {"ErpConnectionId": connection_id, "ActorType": actor_type}
    return agent_answers.one_or_none(so, ErpSyncActorTypeMapping, "GetActorTypeMapping", body)


def save_actor_type_mapping(so: SuperOffice, mapping: ErpSyncActorTypeMapping) -> ErpSyncActorTypeMapping:
    """Saves a whole actor type. Raises SuperOfficeError."""
    body = {"Mapping": mapping.to_json()}
    return agent_answers.one(so, ErpSyncActorTypeMapping, "SaveActorTypeMapping", body)


def move_field(so: SuperOffice, connection_id: int, actor_type: str, field_id: int, direction: int) -> None:
    """Changes places of a field with its neighbour: 1 raises the rank, -1 lowers it. Raises SuperOfficeError."""
    body = {
        "ErpFieldId": field_id,
        "Direction": direction,
        "ErpConnectionId": connection_id,
        "ErpActorType": actor_type,
    }
    so.agent("ErpSync", "MoveErpFieldItem", body)


def crm_fields(so: SuperOffice, crm_type: str) -> list[MDOListItem]:
    """The fields of a type of SuperOffice; `extra_info` is the key. Raises SuperOfficeError.

    Assumption: the additional argument is the type's name. Where SuperOffice has its own headings or ignores it, the
    list is of another shape (docs/superoffice.md: What is assumed), and only what belongs to the type is returned.
    """
    items = users.mdo_list(so, "crmfields", additional=crm_type)
    below = [child for item in items if item.child_items and item.name == crm_type for child in item.child_items]
    of_type = below or [item for item in items if not item.child_items]
    keyed = [item for item in of_type if item.extra_info]
    if any(item.extra_info.partition("/")[0].lower() == crm_type.lower() for item in keyed):
        return [item for item in keyed if item.extra_info.partition("/")[0].lower() == crm_type.lower()]
    return keyed


# --- lists


def list_mappings(so: SuperOffice, connection_id: int) -> ErpConnectionListMappingContainer:
    """The items of all list fields that are mapped to lists. Raises SuperOfficeError."""
    body = {"ErpConnectionId": connection_id}
    return agent_answers.one(so, ErpConnectionListMappingContainer, "GetConnectionListMappings", body)


def save_list_mappings(
    so: SuperOffice, mappings: ErpConnectionListMappingContainer
) -> ErpConnectionListMappingContainer:
    """Saves the items of lists. Raises SuperOfficeError."""
    body = {"ListMapping": mappings.to_json()}
    return agent_answers.one(so, ErpConnectionListMappingContainer, "SaveConnectionListMappings", body)


def list_items(so: SuperOffice, list_reference: str) -> list[MDOListItem]:
    """The items of the list that a field refers to, `table=<name>[&<argument>]`. Raises SuperOfficeError."""
    name, _, additional = list_reference.removeprefix("table=").partition("&")
    return [each for each in users.flat_list(so, name, additional) if not each.deleted]


# --- defaults


def default_value(so: SuperOffice, field_id: int) -> ErpSyncDefaultValue:
    """Raises SuperOfficeError."""
    return agent_answers.one(so, ErpSyncDefaultValue, "GetDefaultValueInfo", {"ErpFieldId": field_id})


def save_default_value(so: SuperOffice, default: ErpSyncDefaultValue) -> ErpSyncDefaultValue:
    """Raises SuperOfficeError."""
    body = {"ErpSyncDefaultValue": default.to_json()}
    return agent_answers.one(so, ErpSyncDefaultValue, "SaveDefaultValueInfo", body)


# --- connections


def save_priorities(so: SuperOffice, connection_ids: Sequence[int]) -> bool:
    """The order in which connections are synchronised; false where SuperOffice does not know one of them.

    Raises SuperOfficeError.
    """
    return agent_answers.truth(so, "SaveErpConnectionSyncPriorities", {"ErpConnectionIds": list(connection_ids)})


def priorities(so: SuperOffice) -> list[int]:
    """The ids of the connections in the order of their priority. Raises SuperOfficeError."""
    return [item.id for item in users.flat_list(so, "erpconnections", "useRank")]


def summary(so: SuperOffice, connection_id: int) -> ErpSyncConnectionSummary | None:
    """Raises SuperOfficeError."""
    body = {"ErpSyncConnectionId": connection_id}
    return agent_answers.one_or_none(so, ErpSyncConnectionSummary, "GetErpSyncConnectionSummary", body)


# --- import


def supports_advanced_search(so: SuperOffice, connection_id: int, actor_type: str) -> bool:
    """Whether the records of a type can be searched by their fields. Raises SuperOfficeError."""
    body = {"ErpConnectionId": connection_id, "ErpActorType": actor_type}
    return agent_answers.truth(so, "SupportsAdvancedSearch", body)


def create_import(
    so: SuperOffice, connection_id: int, actor_type: str, restrictions: Sequence[Restriction], columns: Sequence[str]
) -> ImportErpData:
    """Has SuperOffice search the ERP; nothing is imported. Raises SuperOfficeError."""
    body = {
        "ConnectionId": connection_id,
        "ErpActorType": actor_type,
        "Columns": list(columns),
        "Restriction": [each.to_json() for each in restrictions],
    }
    return agent_answers.one(so, ImportErpData, "CreateErpImportData", body, "Import")


def preview_import(
    so: SuperOffice, lines: Sequence[ImportLine], columns: Sequence[str], culture: str
) -> list[ImportLine]:
    """The lines with what an import would do with each; nothing is imported. Raises SuperOfficeError."""
    body = {
        "ImportLines": [each.to_json() for each in lines[:PREVIEW_LINES]],
        "ColumnDefinition": list(columns),
        "Culture": culture,
        "Context": "",
    }
    return agent_answers.array(so, ImportLine, "PreviewImport", body, "Import")
