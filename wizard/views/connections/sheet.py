"""The exact values to enter in SuperOffice, in its order; secrets are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from flask_babel import gettext as _

from wizard.domain.connection import ConnectionInput
from wizard.domain.fields import ConfigField
from wizard.forms import CONNECTION_LABELS, ConfigForm
from wizard.models import Connection
from wizard.services.connections import known_entered, scope_names
from wizard.web import current_language


@dataclass(frozen=True)
class SheetRow:
    """A value as it is entered, None for a secret; `stored` tells two values apart, secrets too.

    One that is not `entered` is filled in by the connector.
    """

    key: str
    label: str
    value: str | None
    stored: object
    entered: bool = True


@dataclass(frozen=True)
class SheetView:
    """Two tables, as SuperOffice asks for them."""

    connector: Sequence[SheetRow]
    connection: Sequence[SheetRow]


@dataclass(frozen=True)
class Change:
    """A value that SuperOffice has and that is another one here now; both None for a secret."""

    label: str
    before: str | None
    now: str | None


def sheet_of(connection: Connection) -> SheetView:
    connector = connection.connector
    return SheetView(
        connector=_connector_rows(connector.name, connector.url),
        connection=list(_rows(connection.to_input(), connector.name, connection.config_fields())),
    )


def changes_of(connection: Connection) -> list[Change]:
    """What differs from what SuperOffice has, as far as that is known."""
    entered = known_entered(connection)
    if entered is None:
        return []
    sheet = sheet_of(connection)
    before = {row.key: row for row in _rows_of_entered(entered)}
    now = {row.key: row for row in (*sheet.connector, *sheet.connection)}
    keys = dict.fromkeys([*now, *before])
    return [change for key in keys if (change := _change(before.get(key), now.get(key)))]


def _change(before: SheetRow | None, now: SheetRow | None) -> Change | None:
    rows = [row for row in (before, now) if row is not None]
    if len(rows) == 2 and rows[0].stored == rows[1].stored:
        return None
    if any(row.value is None for row in rows):
        return Change(rows[-1].label, None, None)
    return Change(rows[-1].label, *((row.value or "") if row else "" for row in (before, now)))


def _rows_of_entered(entered: Mapping[str, Any]) -> list[SheetRow]:
    name, url = entered["connector"]["name"], entered["connector"]["url"]
    config_fields = tuple(map(ConfigField.from_json, entered["fields"] or ()))
    values = ConnectionInput.from_json(entered["connection"])
    return [*_connector_rows(name, url), *_rows(values, name, config_fields)]


def _connector_rows(name: str, url: str) -> list[SheetRow]:
    return [
        SheetRow("connector_name", _("Sync Connector name"), name, name),
        SheetRow("connector_url", _("Sync Connector URL"), url, url),
    ]


def _rows(values: ConnectionInput, connector: str, config_fields: Sequence[ConfigField]) -> Iterator[SheetRow]:
    for each in fields(values):
        match each.name:
            case "config":
                yield from _config_rows(values.config, config_fields)
            case "connector_id":
                yield SheetRow(each.name, str(CONNECTION_LABELS[each.name]), connector, values.connector_id)
            case "scope":
                scope = _("Everyone") if values.scope.everyone else "; ".join(scope_names(values.scope))
                yield SheetRow(each.name, str(CONNECTION_LABELS[each.name]), scope, values.scope.sorted())
            case name:
                if text := values.texts[name]:
                    yield SheetRow(name, str(CONNECTION_LABELS[name]), text, text)


def _config_rows(config: Mapping[str, str], config_fields: Sequence[ConfigField]) -> Iterator[SheetRow]:
    form = ConfigForm(config_fields, {}, {}, origin="", language=current_language())
    for field in form.fields:
        stored = config.get(field.key, "")
        if field.is_secret:
            yield SheetRow(f"field {field.key}", form.label_of(field), None, stored)
        elif field.takes_input:
            text, entered = form.display(field, stored), not field.is_read_only
            yield SheetRow(f"field {field.key}", form.label_of(field), text, stored, entered)
