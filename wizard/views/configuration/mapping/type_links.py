"""The actor types above the table of the mappings, and where to go on from one of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.configuration import Part, TypeSettings, is_supported
from wizard.messages import actor_type_name
from wizard.services.configuration import lists_without_items
from wizard.views.configuration.parts import PART_NAMES, part_url
from wizard.views.configuration.subject import Subject


@dataclass(frozen=True)
class TypeLink:
    """An actor type above the table; `count` says what is left there, or that it is not synced."""

    text: str
    href: str
    current: bool
    count: str
    tone: str


def next_page(subject: Subject) -> tuple[str, str]:
    """The next actor type that is not synced yet, else the page of the lists, else what is left of the connection."""
    types = subject.schema.types
    behind = types[types.index(subject.actor_type) + 1 :]
    connection_id = subject.connection.id
    for each in behind:
        if is_supported(each) and not each.is_missing and not subject.configuration.type(each.name).is_synced:
            words = _("Next: %(page)s", page=actor_type_name(each.name))
            return words, part_url(connection_id, Part.MAPPINGS, each.name)
    if lists_without_items(subject.configuration, subject.schema):
        return _("Next: %(page)s", page=PART_NAMES[Part.LISTS]), part_url(connection_id, Part.LISTS)
    return _("Next: %(page)s", page=_("Overview")), url_for("connections.show", connection_id=connection_id)


def links_to_types(subject: Subject, settings: TypeSettings, left: Mapping[str, Collection[str]]) -> list[TypeLink]:
    """`settings` are those of the page, which may not be saved yet; `left` are what needs something, by actor type."""
    synced = {each.actor_type for each in subject.configuration.synced} - {settings.actor_type}
    if settings.is_synced:
        synced.add(settings.actor_type)
    return [
        _type_link(subject, each.name, each.name in synced, len(left.get(each.name, ())))
        for each in subject.schema.types
    ]


def _type_link(subject: Subject, name: str, is_synced: bool, left: int) -> TypeLink:
    if left:
        count, tone = ngettext("%(num)s left", "%(num)s left", left), "warn"
    else:
        count, tone = "" if is_synced else _("not synced"), ""
    url = part_url(subject.connection.id, Part.MAPPINGS, name)
    return TypeLink(actor_type_name(name), url, name == subject.actor_type.name, count, tone)
