"""Searches the ERP and shows what SuperOffice would make of what is found. Nothing is written, here or there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.configuration import Part
from wizard.messages import actor_type_name
from wizard.models import Connection
from wizard.services.connections import find_connection
from wizard.views.configuration.blueprint import blueprint
from wizard.views.configuration.importing.results import find
from wizard.views.configuration.importing.search import (
    MAX_CRITERIA,
    CriteriaRefused,
    SearchInput,
    changes_rows,
    field_groups,
    names_of,
    operators,
    search_of,
    sent_search,
)
from wizard.views.configuration.importing.view import CriterionRow, ImportView, SearchForm
from wizard.views.configuration.parts import page_parts, part_url
from wizard.views.configuration.subject import Subject, subject_of, unread
from wizard.web import Filter, render


@blueprint.get("/import")
def import_(connection_id: int) -> Response:
    connection = find_connection(connection_id)
    return _page(connection, asks=False)


@blueprint.post("/import")
def search_for_import(connection_id: int) -> Response:
    """Searches at each press of a button, that of the next page included: what was found is kept nowhere."""
    return _page(find_connection(connection_id, current=True), asks=not changes_rows())


def _page(connection: Connection, *, asks: bool) -> Response:
    parts = page_parts(connection, Part.IMPORT)
    return render("configuration/importing/import.html", view=_view(connection, asks=asks), **parts)


def _view(connection: Connection, *, asks: bool) -> ImportView:
    if not current_user.is_administrator:
        what_then = _("Records of the ERP are about customers and other people: only administrators search for them.")
        return ImportView(why_not=_("For administrators only"), what_then=what_then)
    subject = subject_of(connection)
    if subject is None:
        return ImportView(unread=unread(connection))
    return _searched(subject, asks=asks)


def _searched(subject: Subject, *, asks: bool) -> ImportView:
    typed = sent_search(subject.actor_type.name) if request.form else SearchInput(subject.actor_type.name)
    form = _form(subject, typed)
    if not subject.targets:
        return _unmapped(subject, form)
    if not asks:
        return ImportView(form=form)
    try:
        search = search_of(typed, subject.actor_type, subject.schema, subject.language)
    except CriteriaRefused as refused:
        return ImportView(form=_form(subject, typed, refused.words))
    found, failure = find(subject, typed, search)
    return ImportView(form=form, found=found, failure=failure)


def _unmapped(subject: Subject, form: SearchForm) -> ImportView:
    """The other types stay within reach."""
    return ImportView(
        form=replace(form, operators=()),
        why_not=_("Nothing would become of these records"),
        what_then=_("No field of this actor type is mapped towards SuperOffice yet."),
        mappings_url=part_url(subject.connection.id, Part.MAPPINGS, subject.actor_type.name),
    )


def _form(subject: Subject, typed: SearchInput, errors: Mapping[int, str] = MappingProxyType({})) -> SearchForm:
    name = subject.actor_type.name
    return SearchForm(
        url=_url(subject, name),
        types=[
            Filter(actor_type_name(each.name), _url(subject, each.name), each.name == name)
            for each in subject.schema.types
            if not each.is_missing
        ],
        criteria=[
            CriterionRow(number, *names_of(number), each, errors.get(number))
            for number, each in enumerate(typed.criteria)
        ],
        may_add=len(typed.criteria) < MAX_CRITERIA,
        fields=field_groups(subject.actor_type, subject.settings, subject.language),
        operators=operators(subject.actor_type),
    )


def _url(subject: Subject, actor_type: str) -> str:
    return url_for("configuration.import_", connection_id=subject.connection.id, type=actor_type)
