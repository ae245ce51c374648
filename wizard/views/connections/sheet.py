"""The exact values to enter in SuperOffice, in its order; secrets are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from wizard.forms.config_fields import ConfigForm
from wizard.models import Connection
from wizard.web.language import current_language

Row = tuple[str, str | None]


@dataclass(frozen=True)
class SheetView:
    """Two tables, as SuperOffice asks for them; a value of None is not shown."""

    connector: Sequence[Row]
    connection: Sequence[Row]

    def as_text(self) -> str:
        """For a file: one line a value."""
        tables = ((_("Sync Connectors, Add"), self.connector), (_("ERP connections, Add"), self.connection))
        hidden = _("Not shown here. Enter the one you were given.")
        return "\n\n".join(
            "\n".join([title, *(f"{label}: {hidden if value is None else value}" for label, value in rows)])
            for title, rows in tables
        )


def sheet_of(connection: Connection) -> SheetView:
    connector = connection.connector
    fields = connection.config_fields()
    form = ConfigForm(fields, {}, {}, origin="", language=current_language())
    config = [
        (
            form.label_of(field),
            None if field.is_secret else form.display(field, connection.config.get(field.key, "")),
        )
        for field in form.fields
        if field.takes_input
    ]
    return SheetView(
        connector=[(_("Sync Connector name"), connector.name), (_("Sync Connector URL"), connector.url)],
        connection=[
            (_("Name"), connection.name),
            (_("ERP Sync Connector"), connector.name),
            (_("Scope"), _scope(connection)),
            *config,
            *([(_("Description"), connection.description)] if connection.description else []),
        ],
    )


def _scope(connection: Connection) -> str:
    if connection.all_access:
        return _("Everyone")
    return "; ".join(
        entry.group.name if entry.group else entry.user.name if entry.user else "" for entry in connection.scope_entries
    )
