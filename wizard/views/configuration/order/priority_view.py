"""All connections in their order, as `configuration/_order.html` renders them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from wizard.models import Connection
from wizard.views.configuration.order.moves import MoveNote
from wizard.views.configuration.order.order_view import OrderRow, OrderView
from wizard.views.connections.in_superoffice import is_active_there


def priority_view(connection_id: int, connections: Sequence[Connection], note: MoveNote | None = None) -> OrderView:
    return OrderView(
        url=url_for("configuration.priority", connection_id=connection_id),
        label=_("Sync priority"),
        title=ngettext("%(num)s connection", "%(num)s connections", len(connections)),
        first_column=_("Order and ERP connection"),
        second_column=_("State"),
        rows=[_row(each, is_own=each.id == connection_id) for each in connections],
        may_move=current_user.is_administrator,
        hint=_("Each move is saved at once."),
        note=note,
    )


def _row(connection: Connection, *, is_own: bool) -> OrderRow:
    return OrderRow(
        id=f"connection-{connection.id}",
        key=str(connection.id),
        name=connection.name,
        sub=_("On %(connector)s", connector=connection.connector.name),
        here=_("(this connection)") if is_own else "",
        badge=(_("Active"), "ok") if is_active_there(connection) else (_("Not active yet"), ""),
    )
