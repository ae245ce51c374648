"""Writes to SuperOffice what a page has saved, and says how that has ended."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.configuration import Schema
from wizard.messages import actor_type_name, describe
from wizard.models import Connection
from wizard.services.configuration import Written, WrittenThere, load_schema, write_there
from wizard.services.connections import find_connection
from wizard.views.configuration.blueprint import blueprint
from wizard.web import current_language, flash_undo, limit_checks, some_of


@blueprint.post("/write")
@limit_checks
def write(connection_id: int) -> Response:
    """Writes what waits at once."""
    connection = find_connection(connection_id, current=True)
    say_written(connection, write_there(current_user, connection))
    return redirect(url_for("connections.show", connection_id=connection_id), 303)


def after_save(connection: Connection, saved: str, undo_url: str = "") -> None:
    """Flashes what is saved, with an Undo button, and whether SuperOffice has it too."""
    written = write_there(current_user, connection)
    text = " ".join(filter(None, (saved, _state(written))))
    if undo_url:
        flash_undo(text, undo_url)
    else:
        flash(text, "ok")
    for text in _troubles(connection, written):
        flash(text, "warn")


def say_written(connection: Connection, written: WrittenThere) -> None:
    """Flashes whether SuperOffice has what was written."""
    if text := _state(written):
        flash(text, "ok" if written.state is Written.DONE else "warn")
    for text in _troubles(connection, written):
        flash(text, "warn")


def _state(written: WrittenThere) -> str:
    match written.state:
        case Written.UNLINKED:
            return _("SuperOffice gets it once it is linked and has the connection.")
        case Written.WAITING:
            if written.is_given_up:
                return _("SuperOffice does not have it yet, and it is not tried again by itself.")
            return _("SuperOffice does not have it yet. It is tried again automatically.")
        case Written.DONE:
            return "" if written.refused or written.conflicts else _("SuperOffice has it too.")


def _troubles(connection: Connection, written: WrittenThere) -> list[str]:
    """Why SuperOffice could not be written to, and which rows it has otherwise."""
    why = describe(written.failure) if written.failure else None
    failed = [" ".join(filter(None, (why.says, why.what_to_do)))] if why else []
    conflicts = len(written.conflicts)
    changed = ngettext(
        "%(num)s row was changed in SuperOffice too, and was not written. Choose on the connection's page.",
        "%(num)s rows were changed in SuperOffice too, and were not written. Choose on the connection's page.",
        conflicts,
    )
    return [*failed, *_refused(connection, written), *([changed] if conflicts else [])]


def _refused(connection: Connection, written: WrittenThere) -> list[str]:
    """SuperOffice's own words, with what they are about: rows, an actor type, or the connection."""
    schema = load_schema(connection) or Schema()
    by_words: dict[str, list[str]] = {}
    for actor_type, rows in written.refused.items():
        for key, words in rows.items():
            name = schema.type(actor_type).field(key).name_in(current_language())
            of_type = actor_type_name(actor_type) if actor_type else connection.name
            by_words.setdefault(words, []).append(name or of_type)
    return [_refusal(words, names) for words, names in by_words.items()]


def _refusal(words: str, names: list[str]) -> str:
    if not words:
        return _("SuperOffice has kept something else for: %(names)s.", names=some_of(names))
    return _("SuperOffice refused %(names)s: %(words)s", names=some_of(names), words=words)
