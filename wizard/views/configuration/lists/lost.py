"""A form whose list is not there any more, or another one: what it has sent is not taken for what else is there."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, request, url_for
from flask_babel import gettext as _

from wizard.domain.configuration import Part
from wizard.messages import crm_field_name
from wizard.views.configuration.lists.here import Here, asked_list
from wizard.views.configuration.lists.list_view import Empty, empty_of
from wizard.views.configuration.lists.lists_of import MappedList
from wizard.views.configuration.lists.sent import BY_ID, BY_NAME, WAS
from wizard.views.configuration.parts import part_url
from wizard.web import current_language

TO = "to"
"""The name of the input with SuperOffice's key of the field that the list was mapped to."""
_KEPT = (BY_ID, BY_NAME, WAS)


def lost_list(here: Here) -> Empty | None:
    """What to say instead of saving; None where the list is still there, and mapped to the same one."""
    if not here.is_asked:
        return _unmapped(here)
    if here.open is None:
        return _unread(here)
    mapped = here.open.mapped
    return (
        None
        if request.form.get(TO, mapped.setting.crm_key) == mapped.setting.crm_key
        else _mapped_to_another(here, mapped)
    )


def has_items() -> bool:
    """Whether the form has a row of a list."""
    return any(name.startswith((BY_ID, BY_NAME)) for name in request.form)


def _unmapped(here: Here) -> Empty:
    actor_type, key = asked_list()
    if key not in here.configuration.type(actor_type).by_key:
        abort(404)
    name = here.schema.type(actor_type).field(key).name_in(current_language())
    return Empty(
        _("%(field)s is not mapped to a list any more", field=name),
        _("What you have chosen is not saved, and stays on this page. Map the field again in another tab, then save."),
        (_("Go to the mappings"), part_url(here.connection.id, Part.MAPPINGS, actor_type)),
        url=here.url(),
        typed=_typed(),
    )


def _unread(here: Here) -> Empty:
    if here.chosen is None:
        abort(404)
    empty = empty_of(here)
    says = _("What you have chosen is not saved, and stays on this page.")
    return replace(empty, says=f"{empty.says} {says}", url=here.url(), typed=_typed())


def _mapped_to_another(here: Here, mapped: MappedList) -> Empty:
    """The numbers that were chosen are those of other items now."""
    actor_type = here.schema.type(mapped.actor_type)
    before = here.schema.crm_field(actor_type, request.form[TO])
    language = current_language()
    names = {
        "field": mapped.erp.name_in(language),
        "list": mapped.crm_name,
        "before": crm_field_name(before, actor_type.crm_type, language),
    }
    url = url_for(".lists", connection_id=here.connection.id, type=mapped.actor_type, field=mapped.erp.key)
    return Empty(
        _("Somebody has mapped %(field)s to %(list)s meanwhile", **names),
        _("What you have chosen are items of %(before)s: nothing of it is saved.", **names),
        (_("Choose items of %(list)s", **names), url),
    )


def _typed() -> list[tuple[str, str]]:
    rows = [(name, text) for name, text in request.form.items() if name.startswith(_KEPT)]
    return [*rows, *((name, request.form[name]) for name in ("match", TO) if name in request.form)]
