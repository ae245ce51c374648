"""Builds the YAML document of an export: everything that is registered, except secrets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from wizard.cli.transfer.configuration import entry_of
from wizard.cli.transfer.document import (
    AppEntry,
    ConnectionEntry,
    ConnectorEntry,
    Document,
    NamedScope,
    SuperOfficeEntry,
    literal,
    placeholder,
)
from wizard.config import PREFIX
from wizard.domain.superoffice import LinkKind
from wizard.models import Connection, Connector, SyncApp
from wizard.services.configuration import load, load_schema
from wizard.services.connections import current_connections
from wizard.services.connectors import current_connectors
from wizard.services.superoffice import linked


def export() -> Document:
    """Every connector and connection that is not deleted."""
    names: set[str] = set()
    superoffice = superoffice_entry()
    numbered = superoffice is not None
    return Document(
        connectors=tuple(_connector(row, numbered=numbered) for row in current_connectors()),
        connections=tuple(_connection(row, names, numbered=numbered) for row in current_connections()),
        superoffice=superoffice,
    )


def superoffice_entry() -> SuperOfficeEntry | None:
    """The linked SuperOffice."""
    link = linked()
    if link is None:
        return None
    return SuperOfficeEntry(address=link.api) if link.kind is LinkKind.ONSITE else SuperOfficeEntry(tenant=link.tenant)


def app_entry(app: SyncApp) -> AppEntry:
    return AppEntry(app.erp, app.route.value, app.provider, app.contact, app.installed, app.registered)


def _connector(row: Connector, *, numbered: bool) -> ConnectorEntry:
    app = app_entry(row.sync_app) if row.sync_app else None
    return ConnectorEntry(row.to_input().to_json(), app, row.superoffice_id if numbered else None)


def _connection(row: Connection, names: set[str], *, numbered: bool) -> ConnectionEntry:
    return ConnectionEntry(
        texts=row.to_input().texts,
        connector=row.connector.name,
        scope=named_scope(row),
        values=dict(_values(row, names)),
        superoffice_id=row.superoffice_id if numbered else None,
        configuration=entry_of(load(row), load_schema(row), row.sync_priority),
    )


def named_scope(row: Connection) -> NamedScope:
    groups = tuple(entry.group.name for entry in row.scope_entries if entry.group)
    users = tuple(entry.user.username for entry in row.scope_entries if entry.user)
    return NamedScope(row.all_access, groups, users)


def _values(row: Connection, names: set[str]) -> Iterator[tuple[str, str]]:
    """The configuration values that are typed, in the order of the fields."""
    for field in row.config_fields():
        encoded = row.config.get(field.key, "")
        if not field.takes_input or field.is_read_only:
            continue
        if not field.is_secret:
            yield field.key, literal(field.type.value_type.decode_plain(encoded))
        elif encoded:
            yield field.key, placeholder(_new_name(f"{row.name}_{field.key}", names))


def _new_name(text: str, taken: set[str]) -> str:
    """A name for the environment that none before has: `ACME_NORWAY_API_PASSWORD`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    base = re.sub(r"[^A-Z0-9]+", "_", plain.upper()).strip("_") or "SECRET"
    if not base[0].isalpha() or base.startswith(PREFIX):  # the wizard's own settings are not for connectors
        base = f"SECRET_{base}"
    number, name = 1, base
    while name in taken:
        number += 1
        name = f"{base}_{number}"
    taken.add(name)
    return name
