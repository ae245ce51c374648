"""The exact values to enter in SuperOffice, in its order; secrets are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from flask_babel import gettext as _

from wizard.forms import CONNECTION_LABELS, ConfigForm
from wizard.models import Connection
from wizard.web import current_language

Row = tuple[str, str | None]


@dataclass(frozen=True)
class SheetView:
    """Two tables, as SuperOffice asks for them; a value of None is secret."""

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
    return SheetView(
        connector=[(_("Sync Connector name"), connector.name), (_("Sync Connector URL"), connector.url)],
        connection=list(_rows(connection)),
    )


def _rows(connection: Connection) -> Iterator[Row]:
    values = connection.to_input()
    for each in fields(values):
        match each.name:
            case "config":
                yield from _config(connection)
            case "connector_id":
                yield str(CONNECTION_LABELS[each.name]), connection.connector.name
            case "scope":
                yield str(CONNECTION_LABELS[each.name]), _scope(connection)
            case name:
                if text := values.texts[name]:
                    yield str(CONNECTION_LABELS[name]), text


def _config(connection: Connection) -> Iterator[Row]:
    form = ConfigForm(connection.config_fields(), {}, {}, origin="", language=current_language())
    for field in form.fields:
        if field.is_secret:
            yield form.label_of(field), None
        elif field.takes_input:
            yield form.label_of(field), form.display(field, connection.config.get(field.key, ""))


def _scope(connection: Connection) -> str:
    if connection.all_access:
        return _("Everyone")
    return "; ".join(
        entry.group.name if entry.group else entry.user.name if entry.user else "" for entry in connection.scope_entries
    )
