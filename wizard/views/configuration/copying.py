"""Copies what is configured for a connection to another one."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.configuration import Problem, Schema
from wizard.messages import problem_words
from wizard.models import Connection
from wizard.services.configuration import copy_configuration, in_priority, load, load_schema
from wizard.services.connections import find_connection
from wizard.views.configuration.blueprint import blueprint
from wizard.views.configuration.parts import page_parts
from wizard.web import current_language, render

MAX_NAMED = 10
"""Rows that are named when they were left out; a message is no list."""


@blueprint.get("/configuration/copy")
def copy(connection_id: int) -> Response:
    return _page(find_connection(connection_id, current=True))


@blueprint.post("/configuration/copy")
def send_copy(connection_id: int) -> Response:
    source = find_connection(connection_id, current=True)
    target = next((each for each in _others(source) if str(each.id) == request.form.get("target")), None)
    if target is None:
        return _page(source, _("Choose a connection."), 422)
    copied = copy_configuration(current_user, source, target)
    names = {"name": source.name, "target": target.name}
    flash(_("What is configured for %(name)s is copied to %(target)s.", **names), "ok")
    if copied.left_out:
        flash(" ".join([_("These rows stay as they were."), *_rows(target, copied.left_out)]), "warn")
    return redirect(url_for("connections.show", connection_id=target.id), 303)


def _page(source: Connection, error: str | None = None, status: int = 200) -> Response:
    others = [(str(each.id), each.name) for each in _others(source)] if load(source).types else None
    return render("configuration/copy.html", status=status, others=others, error=error, **page_parts(source, None))


def _others(source: Connection) -> list[Connection]:
    return [each for each in in_priority() if each.id != source.id]


def _rows(target: Connection, left_out: tuple[Problem, ...]) -> list[str]:
    schema = load_schema(target) or Schema()
    rows = []
    for each in left_out[:MAX_NAMED]:
        row = schema.type(each.actor_type).field(each.key).name_in(current_language()) or each.actor_type
        rows.append(f"{each.actor_type}, {row}: {problem_words(each)}")
    return [*rows, *(["…"] if len(left_out) > MAX_NAMED else [])]
