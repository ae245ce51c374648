"""The requests of the page Mappings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.configuration import FieldSettings, Part, TypeSettings, is_looked_for, suggest_for
from wizard.domain.mapping import Suggestion
from wizard.messages import actor_type_name, problem_words
from wizard.models import Connection
from wizard.services.configuration import SavedType, save_type
from wizard.services.connections import find_connection
from wizard.views.configuration.blueprint import blueprint
from wizard.views.configuration.leaving import WayOut, asked_to_leave, page_after_save
from wizard.views.configuration.mapping.narrowing import Narrowing, asked_by_address, asked_by_form, is_asked
from wizard.views.configuration.mapping.rows import Marks
from wizard.views.configuration.mapping.sent import (
    Sent,
    as_saved,
    example_number,
    sent_form,
    undo_arguments,
    undone_rows,
    without_suggestions,
)
from wizard.views.configuration.mapping.view import (
    Shown,
    conflict_marks,
    mapping_view,
    marks_of,
    read_example,
)
from wizard.views.configuration.parts import page_parts, part_url
from wizard.views.configuration.subject import Subject, subject_of, unread
from wizard.views.configuration.written import after_save
from wizard.web import render, some_of


@blueprint.get("/mappings")
def mappings(connection_id: int) -> Response:
    connection = find_connection(connection_id)
    subject = subject_of(connection)
    if subject is None:
        parts = page_parts(connection, Part.MAPPINGS)
        return render("configuration/mapping/mappings.html", view=None, unread=unread(connection), **parts)
    return _page(subject, Shown(subject.settings, asked=asked_by_address()))


@blueprint.get("/mappings/example")
def mapping_example(connection_id: int) -> str:
    """The values of one record, as a fragment."""
    subject = subject_of(find_connection(connection_id, current=True)) or abort(404)
    view = mapping_view(subject, Shown(subject.settings, read=read_example(subject, example_number())))
    return render_template("configuration/mapping/_example.html", view=view, alone=True)


@blueprint.post("/mappings")
def mappings_send(connection_id: int) -> Response:
    """Suggests, shows another example, leads elsewhere, or saves; whatever was typed stays on the page."""
    connection = find_connection(connection_id, current=True)
    subject = subject_of(connection) or abort(404)
    sent = sent_form(subject.settings, subject.actor_type)
    if leaving := asked_to_leave():
        return _leave(subject, sent, leaving)
    if is_asked():
        return _narrow(subject, sent)
    match request.form.get("action"):
        case "suggest":
            return _suggest(subject, sent)
        case "undo":
            return _page(subject, _shown(sent, as_saved(sent.settings, subject.settings, sent.suggested)))
        case "example":
            read = read_example(subject, example_number())
            return _page(subject, replace(_shown(sent), marks=Marks(suggested=_suggested(sent)), read=read))
        case _:
            return _save(connection, subject, sent)


@blueprint.post("/mappings/undo")
def undo_suggestions(connection_id: int) -> Response:
    """Takes back what was suggested and saved: those fields had no direction before, nor had perhaps the type."""
    connection = find_connection(connection_id, current=True)
    subject = subject_of(connection) or abort(404)
    name, base = subject.actor_type.name, undone_rows()
    saved = save_type(current_user, connection, name, without_suggestions(subject.settings, base), base)
    if saved.is_new:
        after_save(connection, _("The suggested mappings are taken back."))
    if saved.left:
        flash(_some_stay(len(saved.left)) if saved.is_new else _none_is_taken_back(), "warn")
    return redirect(part_url(connection_id, Part.MAPPINGS, name), 303)


def _shown(sent: Sent, settings: TypeSettings | None = None, **more: Any) -> Shown:
    """The page as it was sent, or with other settings."""
    return Shown(settings or sent.settings, sent.base, asked=asked_by_form(), **more)


def _narrow(subject: Subject, sent: Sent) -> Response:
    """Shows other rows, and those that were changed. Where nothing was, they have an address."""
    asked = asked_by_form()
    if not _is_changed(subject, sent) and not asked.opened:
        return redirect(_url(subject, asked), 303)
    return _page(subject, _shown(sent, marks=Marks(suggested=_suggested(sent))))


def _leave(subject: Subject, sent: Sent, leaving: WayOut) -> Response:
    """Asks first where something would be lost."""
    if not _is_changed(subject, sent):
        return leaving.go()
    return _page(subject, _shown(sent, marks=Marks(suggested=_suggested(sent))), leaving=leaving)


def _is_changed(subject: Subject, sent: Sent) -> bool:
    return sent.settings != subject.settings or bool(sent.suggested)


def _url(subject: Subject, asked: Narrowing) -> str:
    values: dict[str, Any] = {"type": subject.actor_type.name, **asked.parameters}
    return url_for(".mappings", connection_id=subject.connection.id, **values)


def _suggest(subject: Subject, sent: Sent) -> Response:
    """Fills in what can be suggested for fields without a mapping. Nothing is saved."""
    found = {each.erp_key: each for each in suggest_for(subject.actor_type, sent.settings, subject.schema)}
    fields = tuple(
        _as_suggested(each, found[each.key], subject) if each.key in found else each for each in sent.settings.fields
    )
    settings = replace(sent.settings, is_synced=sent.settings.is_synced or bool(found), fields=fields)
    keys = {**dict.fromkeys(sent.taken, True), **dict.fromkeys(found, True)}
    return _page(subject, _shown(sent, settings, marks=Marks(suggested=keys)))


def _as_suggested(field: FieldSettings, suggestion: Suggestion, subject: Subject) -> FieldSettings:
    """With its SuperOffice field and direction, and in the search if people look for records by it."""
    crm = subject.schema.crm_field(subject.actor_type, suggestion.crm_key)
    shows = subject.actor_type.field(field.key).is_searchable and is_looked_for(crm)
    return replace(
        field,
        crm_key=suggestion.crm_key,
        direction=suggestion.direction,
        show_in_search=field.show_in_search or shows,
    )


def _save(connection: Connection, subject: Subject, sent: Sent) -> Response:
    name, settings = subject.actor_type.name, sent.without_dropped(subject.settings)
    saved = save_type(current_user, connection, name, settings, sent.base)
    taken = [key for key in sent.suggested if key in sent.taken and key not in saved.left]
    if saved.is_new or not saved.left:
        text = _rest_saved_text(name) if saved.left else _saved_text(name)
        after_save(connection, _with_suggested(text, len(taken)), _undo_url(subject, saved.settings, taken))
    if saved.emptied:
        names = some_of([subject.name_of(key) for key in saved.emptied])
        flash(
            _("To another list of SuperOffice now, whose items have to be mapped anew: %(names)s.", names=names), "warn"
        )
    if not saved.left:
        return redirect(page_after_save(_url(subject, asked_by_form())), 303)
    return _what_is_left(subject_of(connection) or subject, sent, saved)


def _what_is_left(subject: Subject, sent: Sent, saved: SavedType) -> Response:
    """The page as it is saved now, with the rows that could not be saved as they were typed."""
    fields = tuple(sent.settings.field(each.key) if each.key in saved.left else each for each in saved.settings.fields)
    marks = marks_of(saved.refused, conflict_marks(saved.theirs, subject), _suggested(sent, saved.left))
    summary = [
        *((subject.name_of(each.key), problem_words(each), each.key) for each in saved.refused),
        *((subject.name_of(key), "", key) for key in saved.theirs),
    ]
    shown = Shown(replace(saved.settings, fields=fields), marks=marks, asked=asked_by_form())
    title = _("These rows are not saved yet") if saved.refused else _("Somebody else has changed these rows")
    status = 409 if saved.theirs else 422
    return _page(subject, shown, summary=summary, summary_title=title, status=status)


def _suggested(sent: Sent, keys: Collection[str] | None = None) -> dict[str, bool]:
    """The suggestions that were sent, of these rows, and whether they are ticked."""
    return {key: key in sent.taken for key in sent.suggested if keys is None or key in keys}


def _some_stay(count: int) -> str:
    return ngettext(
        "%(num)s row stays as it is: somebody has changed it meanwhile.",
        "%(num)s rows stay as they are: somebody has changed them meanwhile.",
        count,
    )


def _none_is_taken_back() -> str:
    return _("Nothing is taken back: somebody has changed these rows meanwhile.")


def _saved_text(name: str) -> str:
    return _("The mappings of %(actor_type)s are saved.", actor_type=actor_type_name(name))


def _rest_saved_text(name: str) -> str:
    return _("The other mappings of %(actor_type)s are saved.", actor_type=actor_type_name(name))


def _with_suggested(saved: str, taken: int) -> str:
    if not taken:
        return saved
    suggested = ngettext("%(num)s of them was suggested.", "%(num)s of them were suggested.", taken)
    return f"{saved} {suggested}"


def _undo_url(subject: Subject, saved: TypeSettings, taken: list[str]) -> str:
    if not taken:
        return ""
    values = {"type": saved.actor_type, **undo_arguments(subject.settings, saved, taken)}
    return url_for(".undo_suggestions", connection_id=subject.connection.id, **values)


def _page(
    subject: Subject,
    shown: Shown,
    *,
    summary: list[tuple[str, str, str]] | None = None,
    summary_title: str = "",
    leaving: WayOut | None = None,
    status: int = 200,
) -> Response:
    view = mapping_view(subject, shown)
    ids = {row.key: row.id for row in view.rows}
    return render(
        "configuration/mapping/mappings.html",
        status=status,
        view=view,
        summary=[(name, words, ids.get(key, "main")) for name, words, key in summary or ()],
        summary_title=summary_title,
        leaving=leaving,
        **page_parts(subject.connection, Part.MAPPINGS, subject.summary),
    )
