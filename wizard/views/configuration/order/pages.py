"""The pages Rank fields and Sync priority. Each move is a request of its own; htmx gets the list alone."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.configuration import Part
from wizard.extensions import htmx
from wizard.forms import key_of
from wizard.services.configuration import in_priority, move_connection, move_field
from wizard.services.connections import find_connection
from wizard.views.configuration.blueprint import blueprint
from wizard.views.configuration.order.moves import MoveNote, note_of, sent_move
from wizard.views.configuration.order.order_view import OrderView
from wizard.views.configuration.order.preview import preview_of, preview_with_example
from wizard.views.configuration.order.priority_view import priority_view
from wizard.views.configuration.order.rank_view import rank_view
from wizard.views.configuration.order.there import priority_there, rank_there, write_now
from wizard.views.configuration.parts import page_parts
from wizard.views.configuration.subject import subject_of, unread
from wizard.web import flash_undo, go_to, render


@blueprint.get("/rank")
def rank(connection_id: int) -> Response:
    connection = find_connection(connection_id)
    subject = subject_of(connection)
    parts = page_parts(connection, Part.RANK, subject.summary if subject else None)
    if subject is None:
        return render("configuration/order/rank.html", order=None, unread=unread(connection), **parts)
    reads = "example" in request.args and current_user.is_administrator
    preview = preview_with_example(subject, _example_number()) if reads else preview_of(subject)
    order = rank_view(subject, there=rank_there(connection))
    return render("configuration/order/rank.html", order=order, preview=preview, **parts)


@blueprint.get("/rank/example")
def rank_example(connection_id: int) -> str:
    """The ERP tab with the values of one record, as a fragment."""
    subject = subject_of(find_connection(connection_id, current=True)) or abort(404)
    return render_template(
        "configuration/order/_preview.html", preview=preview_with_example(subject, _example_number())
    )


@blueprint.post("/rank")
def move_in_rank(connection_id: int) -> Response | str:
    connection = find_connection(connection_id, current=True)
    subject, sent = subject_of(connection) or abort(404), sent_move() or abort(400)
    name, keys = subject.actor_type.name, subject.settings.by_key
    key, before = key_of(sent.key, keys), key_of(sent.before, keys)
    done = move_field(current_user, connection, name, key, sent.move, before or None)
    note = note_of(subject.name_of(key), done) if done else None
    if htmx:
        there = rank_there(connection, is_due=done is not None)
        return _fragment(rank_view(subject_of(connection) or abort(404), note, there))
    if done and (trouble := write_now(connection, Part.RANK)):
        flash(trouble, "warn")
    return _back(note, "configuration.rank", connection_id=connection_id, type=name)


@blueprint.get("/priority")
def priority(connection_id: int) -> Response:
    parts = page_parts(find_connection(connection_id), Part.PRIORITY)
    return render("configuration/order/priority.html", order=priority_view(connection_id, in_priority()), **parts)


@blueprint.post("/priority")
def move_in_priority(connection_id: int) -> Response | str:
    connection, sent = find_connection(connection_id, current=True), sent_move() or abort(400)
    done = move_connection(current_user, _number(sent.key), sent.move, _number(sent.before) or None)
    connections = in_priority()
    name = next((each.name for each in connections if done and each.id == done.key), "")
    note = note_of(name, done) if done else None
    if htmx:
        there = priority_there(connection_id, connections) if done else None
        return _fragment(priority_view(connection_id, connections, note, there))
    if done and (trouble := write_now(connection, Part.PRIORITY)):
        flash(trouble, "warn")
    return _back(note, "configuration.priority", connection_id=connection_id)


def _fragment(order: OrderView) -> str:
    return render_template("configuration/order/_order.html", order=order)


def _back(note: MoveNote | None, endpoint: str, **values: Any) -> Response:
    """To the page, for a browser without script, with what undoes the move."""
    if note:
        flash_undo(note.text, url_for(endpoint, move=f"before:{note.key}", before=note.was_before, **values))
    return go_to(url_for(endpoint, **values))


def _example_number() -> int:
    return _number(request.args.get("example", ""))


def _number(text: str) -> int:
    """0 for what is no number; no connection has it."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
