"""What a call carries and what answers it: carriers without regard to case, raw texts, exceptions as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wizard.domain.fields import in_language
from wizard.domain.languages import LANGUAGES

Json = dict[str, Any]


class ApiError(Exception):
    """An exception of the server, which it answers as JSON; `type` is the name of its class there."""

    def __init__(self, type_: str, message: str, status: int = 500) -> None:
        super().__init__(message)
        self.type, self.message, self.status = type_, message, status


class BadRequest(Exception):
    """A body that the server cannot bind to the carrier."""


class Shape:
    """The declared members of a carrier with what stands for a missing one."""

    def __init__(self, **members: Any) -> None:
        self.members = members
        self._collections = {name: type(default) for name, default in members.items() if default in ([], {})}

    def read(self, sent: Any) -> Json:
        """A sent carrier, its names in any case. What is missing or null becomes null, false or 0."""
        if not isinstance(sent, Mapping):
            raise BadRequest("not an object")
        given = {str(name).casefold(): value for name, value in sent.items()}
        read = {}
        for name, default in self.members.items():
            value = given.get(name.casefold())
            read[name] = default if value is None else _bound(name, value, default)
        return self._own_collections(read)

    def write(self, **values: Any) -> Json:
        """The whole carrier with these values."""
        carrier = self.members | values | {"TableRight": None, "FieldProperties": None}
        return self._own_collections(carrier)

    def _own_collections(self, carrier: Json) -> Json:
        """Lists and maps of its own, so that a change of one carrier is none of another."""
        for name, kind in self._collections.items():
            carrier[name] = kind(carrier[name])
        return carrier


def _bound(name: str, value: Any, default: Any) -> Any:
    """Refuses a value of another type, as the model binding does."""
    kind = type(default)
    if kind is int and isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    fits = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
    if default is not None and not fits:
        raise BadRequest(f"{name} is no {kind.__name__}")
    return value


CONNECTOR = Shape(ErpConnectorId=0, DisplayName="", URL="", Deleted=False)
CONNECTION = Shape(
    ErpConnectionId=0,
    ErpConnectorId=0,
    DisplayName="",
    DisplayDescription="",
    Active=False,
    ConnectionId="",
    MostRecentTimestamp="",
    ConfigFields={},
    Deleted=False,
    AllAccess=False,
    UserGroupAccessIds=[],
    AssociateAccessIds=[],
)
FIELD = Shape(
    FieldKey="",
    Rank=0,
    DisplayName="",
    DisplayDescription="",
    FieldType="Text",
    ListName="",
    DefaultValue="",
    MaxLength=0,
    Access="Normal",
    ShowInSearch=False,
)
LIST_ITEM = Shape(
    Id=0,
    Name="",
    ToolTip="",
    Deleted=False,
    Rank=0,
    Type="",
    ChildItems=[],
    IconHint="",
    ColorBlock=0,
    ExtraInfo="",
    StyleHint="",
    FullName="",
)
MAPPING = Shape(ErpConnectionId=0, IsActive=False, FieldMappings=[], ActorTypeErp="Unknown", ActorTypeCrm="Unknown")
FIELD_MAPPING = Shape(
    ErpFieldId=0,
    CrmFieldKey="",
    CrmDisplayName="",
    CrmDisplayTooltip="",
    ErpFieldKey="",
    FieldType="Text",
    ErpDisplayName="",
    ErpDisplayTooltip="",
    SyncToCrm=False,
    SyncToErp=False,
    ShowInGui=False,
    ShowInSearch=False,
    AlreadyMapped=False,
    MissingInERP=False,
    MissingInCRM=False,
    Access="Normal",
    ListReference="",
)
LIST_MAPPINGS = Shape(ErpListItemMappings=[], ErpConnectionId=0, ErpConnectionName="")
LIST_MAPPING = Shape(CrmList=None, ErpListName="", ErpCrmListItemMappings=[], ErpActorTypeName="", ErpFieldId=0)
ITEM_MAPPING = Shape(ErpListItemId="", ErpListItemName="", CrmListItem=None)
DEFAULT = Shape(
    ErpFieldId=0,
    DefaultValue="",
    HasFirstSyncDefaultValue=False,
    FirstSyncDefaultValue="",
    PromptUser=False,
    Mandatory=False,
    ErpFieldKey="",
    FieldType="Text",
    ListName="",
    Access="Normal",
)
SUMMARY = Shape(
    DisplayName="",
    DisplayDescription="",
    Active=False,
    Deleted=False,
    LastSync="0001-01-01T00:00:00",
    Actors=[],
)
ACTOR_SUMMARY = Shape(ActorType="Unknown", HasMappings=False, Defaults="", Mappings="")
IMPORT_LINE = Shape(Values=[], Selected=False, Operation="Unknown", Type="Unknown", ExternalKey="")
ENGINE = Shape(IsRunning=False, StatusMessage="", Interval="00:15:00")


@dataclass(frozen=True)
class Caller:
    """Who is signed in."""

    associate_id: int
    is_administrator: bool = True
    has_licence: bool = True
    is_agent_open: bool = True


@dataclass(frozen=True)
class Call:
    """A call of the API: its body, its query by names in small letters, the language it asks for, and the caller."""

    body: Any
    query: Mapping[str, str]
    language: str
    caller: Caller

    def member(self, name: str, default: Any = None) -> Any:
        """A member of the body, its name in any case."""
        return Shape(**{name: default}).read(self.body or {})[name]

    def number(self, name: str) -> int:
        """A number of the query. Raises BadRequest."""
        text = self.query.get(name.casefold(), "0")
        if not text.isdigit():
            raise BadRequest(f"{name} is no number")
        return int(text)

    def shown(self, text: str | None) -> str:
        """A text in the caller's language; raw if none was asked for."""
        asked = self.language.partition("-")[0].lower()
        if asked in ("", "*", "x"):
            return text or ""
        code = next((each.code for each in LANGUAGES.values() if asked in each.aliases), asked)
        return in_language(text or "", code)
