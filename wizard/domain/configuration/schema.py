"""What the two sides have: the ERP's actor types, fields and lists, and the fields and lists of SuperOffice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any

from wizard.domain.fields import Access, FieldType, in_language, length_of
from wizard.domain.mapping import CRM_FIELDS, Entity, Kind

CRM_TYPES: Mapping[str, Entity] = {
    "Customer": Entity.COMPANY,
    "Supplier": Entity.COMPANY,
    "Partner": Entity.COMPANY,
    "Person": Entity.PERSON,
    "Project": Entity.PROJECT,
}
"""What SuperOffice makes of an ERP's actors; it synchronises no others."""

MAX_KEY_LENGTH = 254
"""Of a field's key and of the name of an actor type, in SuperOffice's tables."""

_KINDS: Mapping[FieldType, Kind] = {
    FieldType.CHECKBOX: Kind.CHECKBOX,
    FieldType.INTEGER: Kind.INTEGER,
    FieldType.DOUBLE: Kind.DECIMAL,
    FieldType.LIST: Kind.LIST,
    FieldType.DATETIME: Kind.DATE,
}


@dataclass(frozen=True)
class ActorField:
    """A field of an ERP's actor as the connector declares it: texts may be multi-language, `default` is encoded.

    `is_missing`: the connector had it and has it no more; `missing_since`, in ISO 8601, is when that was noticed.
    """

    key: str
    name: str = ""
    description: str = ""
    type: FieldType = FieldType.TEXT
    access: Access = Access.NORMAL
    list_name: str = ""
    max_length: int = 0
    default: str = ""
    is_searchable: bool = False
    is_missing: bool = False
    missing_since: str = ""

    @property
    def is_mandatory(self) -> bool:
        return self.access == Access.MANDATORY

    @property
    def is_read_only(self) -> bool:
        return self.access == Access.READ_ONLY

    @cached_property
    def kind(self) -> Kind:
        return _KINDS.get(self.type, Kind.TEXT)

    @cached_property
    def is_mappable(self) -> bool:
        """Whether its values may be copied: those of a password may not, and a label has none."""
        return self.is_storable and self.type.value_type.takes_input and not self.type.value_type.is_secret

    @property
    def is_storable(self) -> bool:
        """Whether SuperOffice can store its key."""
        return 0 < length_of(self.key) <= MAX_KEY_LENGTH

    def name_in(self, language: str) -> str:
        """Its name in a language; its key where the connector gives none."""
        return in_language(self.name, language) or self.key

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ActorField:
        return cls(**{**data, "type": FieldType(data["type"]), "access": Access(data["access"])})


@dataclass(frozen=True)
class ActorType:
    """A type of the ERP's actors, by the name that the connector gives it. `is_missing`: it had it, and has it no
    more."""

    name: str
    fields: tuple[ActorField, ...] = ()
    is_missing: bool = False

    @property
    def is_storable(self) -> bool:
        """Whether SuperOffice can store its name."""
        return 0 < length_of(self.name) <= MAX_KEY_LENGTH

    @property
    def entity(self) -> Entity | None:
        return CRM_TYPES.get(self.name)

    @cached_property
    def crm_type(self) -> str | None:
        """Contact, Person or Project; None for what SuperOffice does not synchronise."""
        return self.entity and self.entity.value

    @cached_property
    def by_key(self) -> dict[str, ActorField]:
        return {each.key: each for each in self.fields}

    def field(self, key: str) -> ActorField:
        """The field; one that the connector has not declared is missing."""
        return self.by_key.get(key) or ActorField(key, is_missing=True)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ActorType:
        fields = tuple(ActorField.from_json(each) for each in data["fields"])
        return cls(data["name"], fields, data["is_missing"])


@dataclass(frozen=True)
class SuperOfficeField:
    """A field of SuperOffice. `documented` is its key in `CRM_FIELDS`, "" for one that is not there."""

    key: str
    name: str = ""
    documented: str = ""
    list_reference: str = ""
    is_read_only: bool = False
    is_missing: bool = False
    missing_since: str = ""


@dataclass(frozen=True)
class ListItem:
    """An item of one of SuperOffice's lists. `is_new`: it came after the list was read first, and nobody has saved its
    mapping since."""

    id: int
    name: str
    is_new: bool = False


@dataclass(frozen=True)
class Schema:
    """The fields and lists of both sides, as they were last read.

    `lists` are the ERP's: by name the label of each key. `crm_fields` are by SuperOffice's type, `crm_lists` by
    reference. `mapped_elsewhere` has by "<type>/<key>" the connection that fills a SuperOffice field already.
    `field_ids` has by actor type and key SuperOffice's number of the ERP field. Without a link `crm_fields` are the
    documented ones, without a name: `from_superoffice` is False.
    """

    types: tuple[ActorType, ...] = ()
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    crm_fields: Mapping[str, tuple[SuperOfficeField, ...]] = field(default_factory=dict)
    crm_lists: Mapping[str, tuple[ListItem, ...]] = field(default_factory=dict)
    mapped_elsewhere: Mapping[str, str] = field(default_factory=dict)
    field_ids: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    from_superoffice: bool = False

    def type(self, name: str) -> ActorType:
        """The actor type; one that the connector has not named is missing."""
        return next((each for each in self.types if each.name == name), ActorType(name, is_missing=True))

    def crm_field(self, actor_type: ActorType, key: str) -> SuperOfficeField:
        """The SuperOffice field of this key; one that is not offered is missing there."""
        fields = self._crm_by_key.get(actor_type.crm_type or "")
        return (fields and fields.get(key)) or SuperOfficeField(key, is_missing=True)

    @cached_property
    def _crm_by_key(self) -> dict[str, dict[str, SuperOfficeField]]:
        return {name: {each.key: each for each in fields} for name, fields in self.crm_fields.items()}

    def list_of(self, actor_type: ActorType, key: str) -> tuple[ListItem, ...]:
        """The items of the list that a SuperOffice field takes its values from."""
        return self.crm_lists.get(self.crm_field(actor_type, key).list_reference, ())

    def filled_by(self, actor_type: ActorType, key: str) -> str:
        """The other connection that fills this SuperOffice field, "" for none."""
        return self.mapped_elsewhere.get(f"{actor_type.crm_type}/{key}", "")

    def with_known_items(self, references: Collection[str]) -> Schema:
        """The same without new items in these lists."""
        lists = {
            name: tuple(replace(each, is_new=False) for each in items) if name in references else items
            for name, items in self.crm_lists.items()
        }
        return replace(self, crm_lists=lists)

    def of_another_superoffice(self) -> Schema:
        """Without what is SuperOffice's own; the names stay, by which fields and items are found in the next one."""
        return replace(self, mapped_elsewhere={}, field_ids={}, from_superoffice=False)

    @property
    def is_of_another(self) -> bool:
        """Whether its lists are those of a SuperOffice that is not the one that is linked now."""
        return bool(self.crm_lists) and not self.from_superoffice

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Schema:
        fields = data["crm_fields"].items()
        lists = data["crm_lists"].items()
        values = {
            **data,
            "types": tuple(ActorType.from_json(each) for each in data["types"]),
            "crm_fields": {name: tuple(SuperOfficeField(**each) for each in several) for name, several in fields},
            "crm_lists": {name: tuple(ListItem(**each) for each in several) for name, several in lists},
        }
        return cls(**values)


def documented_fields() -> dict[str, tuple[SuperOfficeField, ...]]:
    """The SuperOffice fields of its documentation, for a schema without a link."""
    return {
        entity.value: tuple(SuperOfficeField(key, documented=key) for key in fields)
        for entity, fields in CRM_FIELDS.items()
    }
