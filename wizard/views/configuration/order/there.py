"""Whether SuperOffice has an order too: it is written there once no more moves come, or at once without script."""

from __future__ import annotations

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.configuration import Part
from wizard.extensions import htmx
from wizard.messages import describe, moment
from wizard.models import Connection
from wizard.services.configuration import Written, WrittenThere, state_of, write_there
from wizard.services.connections import find_connection
from wizard.services.in_superoffice import may_save_there
from wizard.views.configuration.blueprint import blueprint
from wizard.views.configuration.order.order_view import OrderThere
from wizard.views.configuration.parts import part_url
from wizard.web import current_page, go_to


@blueprint.post("/rank/there")
def write_rank(connection_id: int) -> Response | str:
    connection = find_connection(connection_id, current=True)
    there = _after(connection, write_there(current_user, connection))
    if htmx:
        return render_template("configuration/_order_there.html", there=there)
    if there:
        flash(there.text, there.tone)
    return go_to(current_page() or part_url(connection_id, Part.RANK))


def rank_there(connection: Connection, *, is_due: bool = False) -> OrderThere | None:
    """None for a connection that is not written to SuperOffice from here. `is_due`: a move was just saved."""
    if connection.superoffice_id is None or not may_save_there() or not current_user.is_administrator:
        return None
    state = state_of(connection)
    url = url_for("configuration.write_rank", connection_id=connection.id)
    if state is None or state.waiting:
        return OrderThere(_("Not in SuperOffice yet."), "", url, is_due=is_due, can_be_written=not is_due)
    if state.written_at is None:
        return None
    return OrderThere(_("In SuperOffice since %(moment)s.", moment=moment(state.written_at)), "", url)


def write_now(connection: Connection) -> str:
    """Writes it in this request, for a browser without script; what went wrong, in words."""
    there = _after(connection, write_there(current_user, connection))
    return there.text if there and there.tone == "warn" else ""


def _after(connection: Connection, written: WrittenThere) -> OrderThere | None:
    if written.state is Written.UNLINKED:
        return None
    url = url_for("configuration.write_rank", connection_id=connection.id)
    if written.refused or written.conflicts:
        return OrderThere(_("SuperOffice did not take everything: see the page of the connection."), "warn", url)
    if written.state is Written.DONE:
        return OrderThere(_("In SuperOffice too."), "ok", url)
    why = describe(written.failure).says if written.failure else ""
    text = _("Not in SuperOffice yet; it is tried again. %(why)s", why=why).strip()
    return OrderThere(text, "warn", url, can_be_written=True)
