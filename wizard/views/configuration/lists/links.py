"""The lists of a connection as links: those that are mapped, and those that could be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from wizard.domain.configuration import ActorField, Part, duplicates
from wizard.domain.fields import FieldType
from wizard.messages import actor_type_name
from wizard.views.configuration.lists.here import Here
from wizard.views.configuration.lists.lists_of import MappedList
from wizard.views.configuration.parts import part_url


@dataclass(frozen=True)
class ListLink:
    """A link to a list, or to the page where its field can be mapped; `count` says how far it is.

    `is_open`: nobody has decided anything of its items yet.
    """

    text: str
    count: str
    tone: str
    href: str
    current: bool = False
    is_open: bool = False


def links_to(here: Here, language: str) -> list[ListLink]:
    """One for each list, those that are not mapped behind the others."""
    return [*(_link(here, each, language) for each in here.lists), *_not_mapped(here, language)]


def _link(here: Here, each: MappedList, language: str) -> ListLink:
    count, tone, is_open = _count(each)
    href = url_for("configuration.lists", connection_id=here.connection.id, type=each.actor_type, field=each.erp.key)
    text = _label(here, each.actor_type, each.erp, language)
    return ListLink(text, count, tone, href, each is here.chosen, is_open)


def _label(here: Here, actor_type: str, erp: ActorField, language: str) -> str:
    """The field's name; with the actor type where there are several."""
    name = erp.name_in(language)
    is_alone = len(here.configuration.synced) == 1
    return name if is_alone else f"{actor_type_name(actor_type)}: {name}"


def _count(each: MappedList) -> tuple[str, str, bool]:
    if each.erp_items is None or each.crm_items is None:
        return _("not read"), "warn", False
    if duplicates(each.mapped_items):
        return _("to correct"), "bad", False
    mapped = sum(key in each.erp_items for key in each.mapped_items)
    words = _("%(mapped)s of %(total)s", mapped=mapped, total=len(each.erp_items))
    is_open = bool(each.erp_items and each.crm_items) and each.erp_items.keys().isdisjoint(each.saved)
    return words, "warn" if is_open else "", is_open


def _not_mapped(here: Here, language: str) -> Iterator[ListLink]:
    """A list that is mapped to what is no list has no items to map; without a link nobody knows which those are."""
    mapped = {each.ends for each in here.lists}
    for settings in here.configuration.synced:
        name = settings.actor_type
        href = part_url(here.connection.id, Part.MAPPINGS, name)
        for erp in here.schema.type(name).fields:
            if erp.type != FieldType.LIST or erp.is_missing or (name, erp.key) in mapped:
                continue
            is_mapped = settings.field(erp.key).is_mapped
            if not (is_mapped and here.schema.from_superoffice):
                words = _("not read") if is_mapped else _("not mapped")
                yield ListLink(_label(here, name, erp, language), words, "", href)
