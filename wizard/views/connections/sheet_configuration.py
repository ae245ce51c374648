"""What to set in SuperOffice below a connection that the wizard does not write there, by SuperOffice's own buttons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from wizard.domain.configuration import (
    ActorField,
    ActorType,
    Configuration,
    Direction,
    FieldSettings,
    Schema,
    TypeSettings,
    mapped_lists,
)
from wizard.domain.fields import in_language
from wizard.domain.mapping import Kind
from wizard.messages import crm_field_name, crm_type_name
from wizard.models import Connection
from wizard.services.configuration import load, load_schema
from wizard.views.connections.sheet import SheetRow
from wizard.web import current_language

_ARROWS = {Direction.NONE: "", Direction.TO_SUPEROFFICE: ">", Direction.TO_ERP: "<", Direction.BOTH: "< >"}
"""SuperOffice's buttons between the ERP field and its own."""


@dataclass(frozen=True)
class SheetPart:
    """One of SuperOffice's windows: where to press, and what to set there."""

    id: str
    title: str
    rows: Sequence[SheetRow]


def configuration_sheet(connection: Connection) -> list[SheetPart]:
    """Without parts in which nothing is set."""
    schema = load_schema(connection) or Schema()
    parts = [*_of_types(load(connection), schema), *_priority(connection)]
    return [part for part in parts if part.rows]


def _of_types(configuration: Configuration, schema: Schema) -> Iterator[SheetPart]:
    actors = [_Actor(each, schema, current_language()) for each in configuration.synced]
    for actor in actors:
        title = _(
            'Mappings, tab %(actor)s: tick Sync ERP "%(actor)s" to SuperOffice "%(there)s"',
            actor=actor.type.name,
            there=crm_type_name(actor.type.crm_type),
        )
        yield SheetPart(f"mappings-{actor.number}", title, list(actor.mappings()))
    for actor in actors:
        yield from actor.lists()
    for actor in actors:
        title = _("Defaults, %(actor)s: Add", actor=actor.type.name)
        yield SheetPart(f"defaults-{actor.number}", title, list(actor.defaults()))
    for actor in actors:
        title = _("Rank Fields, %(actor)s: in this order", actor=actor.type.name)
        yield SheetPart(f"rank-{actor.number}", title, list(actor.ranks()))


@dataclass(frozen=True)
class _Actor:
    """An actor type's settings, in the reader's language."""

    settings: TypeSettings
    schema: Schema
    language: str

    @property
    def type(self) -> ActorType:
        return self.schema.type(self.settings.actor_type)

    @property
    def number(self) -> int:
        """For ids: names of actor types may be anything."""
        return next((n for n, each in enumerate(self.schema.types) if each.name == self.settings.actor_type), 0)

    def mappings(self) -> Iterator[SheetRow]:
        for each in self.settings.fields:
            shown = [
                *([_("Show in Search")] if each.show_in_search else []),
                *([_("Show in ERP tab")] if each.show_in_tab else []),
            ]
            mapped = [f"{_ARROWS[each.direction]} {self._there(each)}".strip()] if each.crm_key else []
            if mapped or shown:
                yield self._row(each, "; ".join([*mapped, *shown]))

    def lists(self) -> Iterator[SheetPart]:
        for number, erp in enumerate(mapped_lists(self.settings, self.type, self.schema)):
            setting = self.settings.field(erp.key)
            title = _(
                "List mapping, %(field)s to %(there)s", field=erp.name_in(self.language), there=self._there(setting)
            )
            yield SheetPart(f"lists-{self.number}-{number}", title, list(self._items(erp, setting)))

    def _items(self, erp: ActorField, setting: FieldSettings) -> Iterator[SheetRow]:
        names = {item.id: item.name for item in self.schema.list_of(self.type, setting.crm_key)}
        for key, label in self.schema.lists.get(erp.list_name, {}).items():
            number = setting.items.get(key, 0)
            there = in_language(names.get(number, str(number)), self.language) if number else _("(No Selection)")
            yield SheetRow(f"{erp.key} {key}", in_language(label, self.language), there, number, entered=False)

    def defaults(self) -> Iterator[SheetRow]:
        for each in self.settings.fields:
            erp, is_set = self.type.field(each.key), _("Set default value")
            said = [
                *([f"{is_set}: {self._value(erp, each.default)}"] if each.default is not None else []),
                *([_("Ask user for value")] if each.ask_user else []),
                *([_("Mandatory")] if each.mandatory or erp.is_mandatory else []),
            ]
            if erp.is_mappable and each.has_default:
                yield self._row(each, "; ".join(said))

    def ranks(self) -> Iterator[SheetRow]:
        """The fields of the ERP tab; SuperOffice shows no others."""
        shown = [each for each in self.settings.fields if each.show_in_tab]
        for rank, each in enumerate(shown, 1):
            yield SheetRow(each.key, str(rank), self.type.field(each.key).name_in(self.language), rank, entered=False)

    def _value(self, erp: ActorField, default: str) -> str:
        if erp.kind == Kind.CHECKBOX:
            return _("Yes") if erp.type.value_type.format_encoded(default, self.language) else _("No")
        if erp.kind == Kind.LIST:
            return in_language(self.schema.lists.get(erp.list_name, {}).get(default, default), self.language)
        return erp.type.value_type.format_encoded(default, self.language)

    def _there(self, setting: FieldSettings) -> str:
        return crm_field_name(self.schema.crm_field(self.type, setting.crm_key), self.type.crm_type, self.language)

    def _row(self, setting: FieldSettings, value: str) -> SheetRow:
        return SheetRow(setting.key, self.type.field(setting.key).name_in(self.language), value, value, entered=False)


def _priority(connection: Connection) -> Iterator[SheetPart]:
    if connection.sync_priority is not None:
        place = str(connection.sync_priority)
        yield SheetPart("priority", _("Set Sync Priority"), [SheetRow("priority", _("Place"), place, place)])
