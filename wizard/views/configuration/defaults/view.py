"""The default values of an actor type, as `configuration/defaults/defaults.html` renders them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from wizard.domain.configuration import (
    ActorField,
    ActorType,
    FieldSettings,
    Part,
    Schema,
    TypeSettings,
    default_problems,
    may_have_default,
)
from wizard.forms import field_of
from wizard.messages import display_value, kind_of, refusal_words


@dataclass(frozen=True)
class DefaultRow:
    """A field with a default. `problem` says what of it cannot be; addresses are empty for what cannot be done."""

    id: str
    label: str
    kind: str
    value: str
    asks: bool
    asks_says: str
    mandatory: bool
    mandatory_says: str
    problem: str
    edit_url: str
    remove_url: str


@dataclass(frozen=True)
class TypeLink:
    """The defaults of another actor type, with how many there are."""

    text: str
    count: int
    href: str
    current: bool


@dataclass(frozen=True)
class DefaultsView:
    """`add_url` is empty where no field is left for a default; `note` says that the type is not synchronised."""

    title: str
    types: Sequence[TypeLink]
    note: str
    rows: Sequence[DefaultRow]
    add_url: str
    empty: str


def free_fields(actor_type: ActorType, settings: TypeSettings) -> list[ActorField]:
    """The fields that can be given a default and have none."""
    return [
        erp
        for erp in actor_type.fields
        if may_have_default(erp, settings.field(erp.key)) and not settings.field(erp.key).has_default
    ]


def value_text(erp: ActorField, setting: FieldSettings, schema: Schema, language: str) -> str:
    """The value in words, empty for none."""
    if setting.default is None:
        return ""
    return display_value(field_of(erp, schema.lists.get(erp.list_name)), setting.default, language) or _("(empty)")


def default_text(erp: ActorField, setting: FieldSettings, schema: Schema, language: str) -> str:
    """All of a default in words: `30 days net, Ask user for value`."""
    texts = [
        value_text(erp, setting, schema, language),
        _("Ask user for value") if setting.ask_user else "",
        _("Mandatory") if setting.mandatory else "",
    ]
    return ", ".join(filter(None, texts)) or _("no default value")


def default_rows(
    connection_id: int, actor_type: ActorType, settings: TypeSettings, schema: Schema, language: str
) -> list[DefaultRow]:
    where: Mapping[str, Any] = {"connection_id": connection_id, "type": actor_type.name}
    return [
        _row(number, actor_type.field(each.key), each, schema, language, where)
        for number, each in enumerate(settings.fields)
        if each.has_default
    ]


def _row(
    number: int, erp: ActorField, each: FieldSettings, schema: Schema, language: str, where: Mapping[str, Any]
) -> DefaultRow:
    problem = _problem(erp, each, schema)
    may_edit = may_have_default(erp, each)
    return DefaultRow(
        id=f"default-{number}",
        label=erp.name_in(language),
        kind=kind_of(field_of(erp, schema.lists.get(erp.list_name)), language),
        value=value_text(erp, each, schema, language),
        asks=each.ask_user,
        asks_says=_("Suggested in the form") if each.ask_user and each.default is not None else "",
        mandatory=each.mandatory or erp.is_mandatory,
        mandatory_says=_("Required by the ERP") if erp.is_mandatory else "",
        problem=problem,
        edit_url=url_for("configuration.default_value", field=each.key, **where) if may_edit else "",
        remove_url=url_for("configuration.remove_default", field=each.key, version=each.version(Part.DEFAULTS), **where)
        if not erp.is_mandatory or not may_edit
        else "",
    )


def _problem(erp: ActorField, each: FieldSettings, schema: Schema) -> str:
    if erp.is_missing:
        return _("Gone from the ERP")
    found = default_problems(erp, each, schema.lists.get(erp.list_name))
    return refusal_words(found[0]) if found else ""
