"""What of a configuration somebody has changed in SuperOffice, and which side it is to be like."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.configuration import FieldSettings, Part, RowDifference, Schema
from wizard.domain.fields import in_language
from wizard.messages import actor_type_name, crm_field_name
from wizard.models import Connection
from wizard.services.configuration import changed_there, load_schema, take_theirs
from wizard.services.configuration import write_ours as write_rows
from wizard.services.connections import find_connection
from wizard.views.configuration.blueprint import blueprint
from wizard.views.configuration.display import displayed
from wizard.views.configuration.mapping.radios import DIRECTIONS
from wizard.views.configuration.parts import PART_NAMES
from wizard.views.configuration.written import say_written
from wizard.views.drift.view import DifferenceRow
from wizard.web import current_language, some_of


@dataclass(frozen=True)
class DifferingView:
    """`version` changes when one of the two sides does."""

    title: str
    rows: Sequence[DifferenceRow]
    version: str
    url: str


def differing_view(connection: Connection) -> DifferingView | None:
    """None where nothing was changed in SuperOffice, as far as it was read."""
    found = changed_there(connection)
    if not found or connection.deleted_at is not None:
        return None
    words = _Words(load_schema(connection) or Schema(), current_language())
    return DifferingView(
        title=ngettext(
            "%(num)s row of the configuration differs from SuperOffice",
            "%(num)s rows of the configuration differ from SuperOffice",
            len(found),
        ),
        rows=[words.row(each) for each in found],
        version=_version(found),
        url=url_for("configuration.make_same", connection_id=connection.id),
    )


@blueprint.post("/same")
def make_same(connection_id: int) -> Response:
    """Takes what is chosen from SuperOffice, and writes what is chosen there."""
    connection = find_connection(connection_id, current=True)
    found = changed_there(connection)
    chosen = _choices(found)
    if _version(found) != request.form.get("version"):
        flash(_("One of the two sides has changed meanwhile. Look through it once more, then choose."), "warn")
    elif not chosen:
        flash(_("Choose at least one value first."), "warn")
    else:
        _apply(connection, chosen)
    return redirect(url_for("connections.show", connection_id=connection_id) + "#drift", 303)


def _apply(connection: Connection, chosen: Mapping[str, str]) -> None:
    theirs = [code for code, side in chosen.items() if side == "theirs"]
    ours = [code for code, side in chosen.items() if side == "ours"]
    if theirs:
        taken = len(take_theirs(current_user, connection, theirs))
        words = ngettext("%(num)s row is taken from SuperOffice.", "%(num)s rows are taken from SuperOffice.", taken)
        flash(words, "ok")
    if ours:
        say_written(connection, write_rows(current_user, connection, ours))


def _choices(found: Sequence[RowDifference]) -> dict[str, str]:
    for_all = request.form.get("all")
    chosen = {each.code: for_all or request.form.get(f"choice.{each.code}", "") for each in found}
    return {code: side for code, side in chosen.items() if side in ("ours", "theirs")}


def _version(found: Collection[RowDifference]) -> str:
    return hashlib.sha256(repr([(each.code, each.ours, each.theirs) for each in found]).encode()).hexdigest()[:16]


class _Words:
    """Says the rows of one connection in words."""

    def __init__(self, schema: Schema, language: str) -> None:
        self._schema, self._language = schema, language

    def row(self, each: RowDifference) -> DifferenceRow:
        ours, theirs = self._side(each, each.ours), self._side(each, each.theirs)
        return DifferenceRow(each.code, self._label(each), ours, theirs)

    def _label(self, each: RowDifference) -> str:
        names = [str(PART_NAMES[each.part]), actor_type_name(each.actor_type)]
        return ": ".join([names[0], ", ".join([names[1], *([self._field(each, each.key)] if each.key else [])])])

    def _field(self, each: RowDifference, key: str) -> str:
        return self._schema.type(each.actor_type).field(key).name_in(self._language)

    def _side(self, each: RowDifference, value: FieldSettings | bool | tuple[str, ...]) -> str:
        match value:
            case bool():
                return _("Synced") if value else _("Not synced")
            case FieldSettings():
                return self._settings(each, value)
            case _:
                return some_of([self._field(each, key) for key in value])

    def _settings(self, each: RowDifference, settings: FieldSettings) -> str:
        match each.part:
            case Part.LISTS:
                return self._items(each, settings)
            case Part.DEFAULTS:
                return self._default(each, settings)
            case _:
                return self._mapping(each, settings)

    def _mapping(self, each: RowDifference, settings: FieldSettings) -> str:
        actor_type = self._schema.type(each.actor_type)
        crm = self._schema.crm_field(actor_type, settings.crm_key)
        words = [str(DIRECTIONS[settings.direction][0])]
        if settings.crm_key:
            words.append(crm_field_name(crm, actor_type.crm_type, self._language))
        words += [_("Show in Search")] if settings.show_in_search else []
        words += [_("Show in ERP tab")] if settings.show_in_tab else []
        return ", ".join(words)

    def _items(self, each: RowDifference, settings: FieldSettings) -> str:
        """The items that only this side has so."""
        other = each.theirs if settings is each.ours else each.ours
        known = other.mapped_items if isinstance(other, FieldSettings) else {}
        actor_type = self._schema.type(each.actor_type)
        labels = self._schema.lists.get(actor_type.field(each.key).list_name, {})
        names = {item.id: item.name for item in self._schema.list_of(actor_type, settings.crm_key)}
        own = {key: crm_id for key, crm_id in settings.mapped_items.items() if known.get(key) != crm_id}
        pairs = [
            f"{self._text(labels.get(key, key))} → {self._text(names.get(own[key], str(own[key])))}" for key in own
        ]
        return some_of(pairs) if pairs else _("(No Selection)")

    def _text(self, text: str) -> str:
        return in_language(text, self._language)

    def _default(self, each: RowDifference, settings: FieldSettings) -> str:
        field = self._schema.type(each.actor_type).field(each.key)
        words = []
        if settings.default is not None:
            words.append(displayed(field, settings.default, self._schema, self._language) or _("(empty)"))
        words += [_("Ask user for value")] if settings.ask_user else []
        words += [_("Mandatory")] if settings.mandatory else []
        return ", ".join(words) or _("None")
