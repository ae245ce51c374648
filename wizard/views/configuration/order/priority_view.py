"""All connections in their order, as `configuration/order/_order.html` renders them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from wizard.domain.superoffice import DriftState
from wizard.models import Connection
from wizard.services.superoffice.drift import drifts_of
from wizard.views.configuration.order.moves import MoveNote
from wizard.views.configuration.order.order_view import OrderRow, OrderThere, OrderView
from wizard.web import some_of


def priority_view(
    connection_id: int,
    connections: Sequence[Connection],
    note: MoveNote | None = None,
    there: OrderThere | None = None,
) -> OrderView:
    gone = _gone_there(connections)
    return OrderView(
        url=url_for("configuration.priority", connection_id=connection_id),
        label=_("Sync priority"),
        title=ngettext("%(num)s connection", "%(num)s connections", len(connections)),
        first_column=_("Order and ERP connection"),
        second_column=_("State"),
        rows=[_row(each, gone, is_own=each.id == connection_id) for each in connections],
        may_move=current_user.is_administrator,
        hint=_("Each move is saved at once."),
        note=note,
        there=there,
    )


def gone_text(connections: Sequence[Connection]) -> str:
    """Names the connections that SuperOffice has no longer; empty for none."""
    gone = _gone_there(connections)
    names = [each.name for each in connections if each.id in gone]
    return _("SuperOffice has no longer: %(names)s.", names=some_of(names)) if names else ""


def _gone_there(connections: Sequence[Connection]) -> set[int]:
    """As it was last compared."""
    return {each for each, record in drifts_of(connections).items() if record.state == DriftState.GONE}


def _row(connection: Connection, gone: set[int], *, is_own: bool) -> OrderRow:
    return OrderRow(
        id=f"connection-{connection.id}",
        key=str(connection.id),
        name=connection.name,
        sub=_("On %(connector)s", connector=connection.connector.name),
        here=_("(this connection)") if is_own else "",
        badge=_state(connection, is_gone=connection.id in gone),
    )


def _state(connection: Connection, *, is_gone: bool) -> tuple[str, str]:
    if is_gone:
        return _("Gone there"), "warn"
    return (_("Active"), "ok") if connection.is_active_there else (_("Not active"), "")
