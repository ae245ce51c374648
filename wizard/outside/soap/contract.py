"""The 17 operations of IErpConnectorWS as dataclasses (docs/superoffice.md: The contract on the wire).

The order of the fields is the order on the wire: members of the base class first, then alphabetically by wire name, as
WCF's DataContractSerializer wants them. A member's wire name is its own in PascalCase. None is an absent member.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from wizard.domain.fields import Access, FieldType

NAMESPACE = "http://www.superoffice.net/EIS/Connector/1.0"
"""The documented service namespace (SuperOffice.ErpSync.EisConnectorWSVersion.Namespace)."""
DATA_CONTRACT_DEFAULT = "http://schemas.datacontract.org/2004/07/SuperOffice.ErpSync"
"""WCF's default for the data contracts; which of the two SuperOffice has is not documented."""
ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
INTERFACE = "IErpConnectorWS"
ZERO_GUID = "00000000-0000-0000-0000-000000000000"
"""Stands for a connection that is not saved yet, when a list is asked for."""

Strings = tuple[str | None, ...]
Dictionary = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Namespaces:
    """Of the service and of its data contracts."""

    service: str = NAMESPACE
    data: str = NAMESPACE


class State(StrEnum):
    """ResponseStateWS."""

    OK = "Ok"
    OK_WITH_INFO = "OkWithInfo"
    WARNING = "Warning"
    ERROR = "Error"


ENUM_NAMES: Mapping[type, str] = {
    State: "ResponseStateWS",
    FieldType: "FieldMetadataTypeInfoWS",
    Access: "FieldAccessInfoWS",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldMetadata:
    """FieldMetadataInfoWS. An enum name that the contract lacks is kept as the text it came as."""

    wire_name: ClassVar[str] = "FieldMetadataInfoWS"
    access: Access | str = Access.NORMAL
    default_value: str | None = None
    display_description: str | None = None
    display_name: str | None = None
    field_key: str | None = None
    field_type: FieldType | str = FieldType.CHECKBOX
    list_name: str | None = None
    max_length: int = 0
    rank: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """ErpActorWS: a customer, supplier, person or project of the ERP."""

    wire_name: ClassVar[str] = "ErpActorWS"
    actor_type: str | None = None
    erp_key: str | None = None
    field_values: Dictionary | None = None
    last_modified: str | None = None
    parent_actor_type: str | None = None
    parent_erp_key: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchRestriction:
    """SearchRestrictionInfoWS."""

    wire_name: ClassVar[str] = "SearchRestrictionInfoWS"
    field_key: str | None = None
    operator: str | None = None
    values: Strings | None = None


@dataclass(frozen=True, kw_only=True)
class NoRequest:
    """WSGetConfigData has no parameter."""


@dataclass(frozen=True, kw_only=True)
class TestConfigRequest:
    """TestConfigDataRequestWS: the values of a connection that need not exist yet."""

    __test__: ClassVar[bool] = False
    connection_info: Dictionary | None = None


@dataclass(frozen=True, kw_only=True)
class ConnectionRequest:
    """RequestBaseWS."""

    connection_guid: str | None = None


@dataclass(frozen=True, kw_only=True)
class SaveConnectionRequest(ConnectionRequest):
    """SaveConnectionRequestWS."""

    connection_info: Dictionary | None = None


@dataclass(frozen=True, kw_only=True)
class ActorTypeRequest(ConnectionRequest):
    """GetSupportedActorTypeFieldsRequestWS and GetSearchableFieldsRequestWS."""

    actor_type: str | None = None


@dataclass(frozen=True, kw_only=True)
class GetListRequest(ConnectionRequest):
    """GetListRequestWS."""

    list_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class GetListItemsRequest(ConnectionRequest):
    """GetListItemsRequestWS."""

    list_item_keys: Strings | None = None
    list_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class GetActorsRequest(ConnectionRequest):
    """GetActorsRequestWS."""

    actor_type: str | None = None
    erp_keys: Strings | None = None
    field_keys: Strings | None = None


@dataclass(frozen=True, kw_only=True)
class SearchActorsRequest(ConnectionRequest):
    """SearchActorsRequestWS."""

    actor_type: str | None = None
    field_keys: Strings | None = None
    search_text: str | None = None


@dataclass(frozen=True, kw_only=True)
class SearchByParentRequest(ConnectionRequest):
    """SearchActorByParentRequestWS."""

    actor_type: str | None = None
    field_keys: Strings | None = None
    parent_actor_erp_key: str | None = None
    parent_actor_type: str | None = None
    search_text: str | None = None


@dataclass(frozen=True, kw_only=True)
class SearchAdvancedRequest(ConnectionRequest):
    """SearchActorsAdvancedRequestWS."""

    actor_type: str | None = None
    field_keys: Strings | None = None
    restrictions: tuple[SearchRestriction, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class CreateActorRequest(ConnectionRequest):
    """CreateActorRequestWS."""

    actor: Actor | None = None


@dataclass(frozen=True, kw_only=True)
class SaveActorsRequest(ConnectionRequest):
    """SaveActorsRequestWS."""

    actors: tuple[Actor, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class ByTimestampRequest(ConnectionRequest):
    """GetActorsByTimestampRequestWS; the timestamp is an encoded datetime."""

    actor_type: str | None = None
    field_keys: Strings | None = None
    updated_on_or_after: str | None = None


@dataclass(frozen=True, kw_only=True)
class Result:
    """ConnectorResultBaseWS. `is_ok` is None where the connector left it out."""

    wire_name: ClassVar[str] = "ConnectorResultBaseWS"
    error_code: str | None = None
    is_ok: bool | None = None
    state: State | str = State.OK
    tech_explanation: str | None = None
    user_explanation: str | None = None


@dataclass(frozen=True, kw_only=True)
class FieldsResult(Result):
    """FieldMetadataInfoArrayPluginResponseWS."""

    wire_name: ClassVar[str] = "FieldMetadataInfoArrayPluginResponseWS"
    field_meta_data_objects: tuple[FieldMetadata, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class StringsResult(Result):
    """StringArrayPluginResponseWS."""

    wire_name: ClassVar[str] = "StringArrayPluginResponseWS"
    items: Strings | None = None


@dataclass(frozen=True, kw_only=True)
class ListResult(Result):
    """ListItemArrayPluginResponseWS: labels by key."""

    wire_name: ClassVar[str] = "ListItemArrayPluginResponseWS"
    list_items: Dictionary | None = None


@dataclass(frozen=True, kw_only=True)
class ActorsResult(Result):
    """ActorArrayPluginResponseWS."""

    wire_name: ClassVar[str] = "ActorArrayPluginResponseWS"
    actors: tuple[Actor, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class ActorResult(Result):
    """ActorPluginResponseWS."""

    wire_name: ClassVar[str] = "ActorPluginResponseWS"
    actor: Actor | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation with the types of its parameter and of its answer."""

    name: str
    request: type
    result: type[Result]

    def action(self, service: str) -> str:
        """Its SOAPAction under a service namespace; `http://tempuri.org/` keeps its slash."""
        return f"{service.removesuffix('/')}/{INTERFACE}/{self.name}"


OPERATIONS: Mapping[str, Operation] = {
    name: Operation(name, request, result)
    for name, request, result in (
        ("WSGetConfigData", NoRequest, FieldsResult),
        ("WSTestConfigData", TestConfigRequest, Result),
        ("WSSaveConnection", SaveConnectionRequest, Result),
        ("WSTestConnection", ConnectionRequest, Result),
        ("WSDeleteConnection", ConnectionRequest, Result),
        ("WSGetSupportedActorTypes", ConnectionRequest, StringsResult),
        ("WSGetSupportedActorTypeFields", ActorTypeRequest, FieldsResult),
        ("WSGetSearchableFields", ActorTypeRequest, StringsResult),
        ("WSGetList", GetListRequest, ListResult),
        ("WSGetListItems", GetListItemsRequest, ListResult),
        ("WSGetActors", GetActorsRequest, ActorsResult),
        ("WSSearchActors", SearchActorsRequest, ActorsResult),
        ("WSSearchActorByParent", SearchByParentRequest, ActorsResult),
        ("WSSearchActorsAdvanced", SearchAdvancedRequest, ActorsResult),
        ("WSCreateActor", CreateActorRequest, ActorResult),
        ("WSSaveActors", SaveActorsRequest, ActorsResult),
        ("WSGetActorsByTimestamp", ByTimestampRequest, ActorsResult),
    )
}

UNKNOWN_CONNECTION_ID = "UNKNOWN_CONNECTION_ID"
"""The error code on which ERP Sync sends the stored configuration again and repeats the call."""
