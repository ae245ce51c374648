"""Whether SuperOffice has an order too: it is written there once no more moves come, or at once without script."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.configuration import Part
from wizard.extensions import htmx
from wizard.messages import describe, moment
from wizard.models import Connection
from wizard.services.configuration import (
    Written,
    WrittenThere,
    in_priority,
    state_of,
    write_priorities_there,
    write_there,
)
from wizard.services.connections import find_connection
from wizard.services.in_superoffice import may_save_there
from wizard.views.configuration.blueprint import blueprint
from wizard.views.configuration.order.order_view import OrderThere
from wizard.views.configuration.order.priority_view import gone_text
from wizard.views.configuration.parts import part_url
from wizard.web import current_page, go_to


@blueprint.post("/rank/there")
def write_rank(connection_id: int) -> Response | str:
    return _answer(connection_id, Part.RANK)


@blueprint.post("/priority/there")
def write_priority(connection_id: int) -> Response | str:
    return _answer(connection_id, Part.PRIORITY)


def rank_there(connection: Connection, *, is_due: bool = False) -> OrderThere | None:
    """None for a connection that is not written to SuperOffice from here. `is_due`: a move was just saved."""
    if connection.superoffice_id is None or not may_save_there() or not current_user.is_administrator:
        return None
    state = state_of(connection)
    if state is None or state.waiting:
        return _waiting(connection.id, Part.RANK, is_due=is_due)
    if state.written_at is None:
        return None
    text = _("In SuperOffice since %(moment)s.", moment=moment(state.written_at))
    return OrderThere(text, "", _url(connection.id, Part.RANK))


def priority_there(connection_id: int, connections: Sequence[Connection]) -> OrderThere | None:
    """After a move: None where SuperOffice has none of the connections from here."""
    if not may_save_there() or all(each.superoffice_id is None for each in connections):
        return None
    return _waiting(connection_id, Part.PRIORITY, is_due=True)


def write_now(connection: Connection, part: Part) -> str:
    """Writes it in this request, for a browser without script; what went wrong, in words."""
    there = _write(connection, part)
    return there.text if there and there.tone == "warn" else ""


def _answer(connection_id: int, part: Part) -> Response | str:
    there = _write(find_connection(connection_id, current=True), part)
    if htmx:
        return render_template("configuration/order/_order_there.html", there=there)
    if there:
        flash(there.text, there.tone)
    return go_to(current_page() or part_url(connection_id, part))


def _write(connection: Connection, part: Part) -> OrderThere | None:
    connection_id = connection.id
    if part is Part.RANK:
        refusal = _("SuperOffice did not take everything: see the page of the connection.")
        return _after(connection_id, part, write_there(current_user, connection), refusal)
    written = write_priorities_there(current_user)
    refusal = gone_text(in_priority()) or _("SuperOffice did not take this order, and does not say why.")
    return _after(connection_id, part, written, refusal)


def _after(connection_id: int, part: Part, written: WrittenThere, refusal: str) -> OrderThere | None:
    if written.state is Written.UNLINKED:
        return None
    url = _url(connection_id, part)
    if written.refused or written.conflicts:
        return OrderThere(refusal, "warn", url)
    if written.state is Written.DONE:
        return OrderThere(_("In SuperOffice too."), "ok", url)
    why = describe(written.failure).says if written.failure else ""
    not_yet = _("Not in SuperOffice yet.") if written.is_given_up else _("Not in SuperOffice yet; it is tried again.")
    text = f"{not_yet} {why}".strip()
    return OrderThere(text, "warn", url, can_be_written=True)


def _waiting(connection_id: int, part: Part, *, is_due: bool) -> OrderThere:
    text = _("Not in SuperOffice yet.")
    return OrderThere(text, "", _url(connection_id, part), is_due=is_due, can_be_written=not is_due)


def _url(connection_id: int, part: Part) -> str:
    endpoint = "configuration.write_rank" if part is Part.RANK else "configuration.write_priority"
    return url_for(endpoint, connection_id=connection_id)
