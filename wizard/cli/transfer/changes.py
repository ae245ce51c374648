"""Compares a YAML document with what is registered; no secret is ever part of a difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from flask_babel import gettext as _

from wizard.cli.transfer.configuration import differences
from wizard.cli.transfer.document import (
    AppEntry,
    ConnectionEntry,
    ConnectorEntry,
    Document,
    NamedScope,
    from_literal,
    placeholder,
    placeholder_in,
)
from wizard.cli.transfer.export import named_scope
from wizard.domain.configuration import Configuration
from wizard.domain.fields import ConfigField, FieldType
from wizard.errors import InvalidFile
from wizard.models import Connection, Connector, SyncApp
from wizard.models.columns import name_key
from wizard.services.configuration import load, load_schema
from wizard.services.connections import current_connections
from wizard.services.connectors import current_connectors
from wizard.services.users import ids_by_name

HIDDEN = "••••"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the document has it. `before` is None where nothing was."""

    what: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry of the document asks for."""

    entry: ConnectorEntry | ConnectionEntry
    is_new: bool
    differences: tuple[Difference, ...]

    @property
    def is_none(self) -> bool:
        return not (self.is_new or self.differences)


class Secrets:
    """The values of placeholders: from the environment, else asked for, each once."""

    def __init__(self, environment: Mapping[str, str], ask: Callable[[str], str] | None) -> None:
        """`ask` is given a name; None where nobody can be asked."""
        self._known = dict(environment)
        self._ask = ask

    def known(self, name: str) -> str | None:
        return self._known.get(name)

    def ask_for(self, names: Iterable[str]) -> None:
        """Raises InvalidFile as `value` does."""
        for name in names:
            self.value(name)

    def value(self, name: str) -> str:
        """Raises InvalidFile where it is not known and nobody can be asked."""
        if name not in self._known:
            if self._ask is None:
                raise InvalidFile(_("%(name)s is not set in the environment.", name=name))
            self._known[name] = self._ask(name)
        return self._known[name]


class Register:
    """What is registered now, by name."""

    def __init__(self) -> None:
        self.connectors = {row.name_key: row for row in current_connectors()}
        self.connections = {row.name_key: row for row in current_connections()}

    def connector(self, name: str) -> Connector | None:
        return self.connectors.get(name_key(name))

    def connection(self, name: str) -> Connection | None:
        return self.connections.get(name_key(name))


def require_references(document: Document) -> None:
    """Raises InvalidFile when the document names an unknown connector, user or group, or has a secret too many."""
    register = Register()
    named = {name_key(entry.name) for entry in document.connectors}
    problems = [
        _("%(name)s: there is no connector %(connector)s.", name=entry.name, connector=entry.connector)
        for entry in document.connections
        if name_key(entry.connector) not in named and register.connector(entry.connector) is None
    ]
    for entry in document.connections:
        scope = entry.scope or NamedScope()
        groups, users = ids_by_name(scope.groups, scope.users)
        missing = [each for each in scope.groups if each not in groups]
        missing += [each for each in scope.users if each not in users]
        problems += [_("%(name)s: there is no user or group %(member)s.", name=entry.name, member=m) for m in missing]
        problems += [f"{entry.name}: {each}" for each in misplaced(entry, register.connector(entry.connector))]
    if problems:
        raise InvalidFile("\n".join(problems))


def misplaced(entry: ConnectionEntry, connector: Connector | None) -> Iterator[str]:
    """What is wrong with placeholders where no password goes: its value would be displayed, and exported."""
    for field in (connector.config_fields() if connector else None) or ():
        if placeholder_in(entry.values.get(field.key, "")) and not field.is_secret:
            yield _("%(key)s is no password: write its value into the file, without a placeholder.", key=field.key)


def connector_change(entry: ConnectorEntry, row: Connector | None) -> Change:
    found = list(_text_differences(entry.texts, row))
    if entry.app is not None:
        found += _app_differences(entry.app, row.sync_app if row else None)
    return Change(entry, row is None, tuple(found))


def connection_change(
    entry: ConnectionEntry, row: Connection | None, connector: Connector | None, secrets: Secrets
) -> Change:
    """`connector` is the entry's own, None while it is not registered yet."""
    found = list(_text_differences(entry.texts, row))
    if row is None or name_key(entry.connector) != row.connector.name_key:
        found.append(Difference("connector", row.connector.name if row else None, entry.connector))
    if entry.scope is not None:
        before = named_scope(row) if row else None
        if before is None or _scope_key(before) != _scope_key(entry.scope):
            found.append(Difference("scope", _scope_text(before) if before else None, _scope_text(entry.scope)))
    found += _value_differences(entry, row, connector, secrets)
    found += configuration_differences(entry, row)
    return Change(entry, row is None, tuple(found))


def configuration_differences(entry: ConnectionEntry, row: Connection | None) -> list[Difference]:
    if entry.configuration is None:
        return []
    saved = load(row) if row else Configuration()
    schema, priority = (load_schema(row), row.sync_priority) if row else (None, None)
    found = differences(entry.configuration, saved, schema, priority)
    return [Difference(f"configuration.{what}", before, after) for what, before, after in found]


def keeps(row: Connection | None, connector: Connector | None, key: str) -> bool:
    """Whether a placeholder without a value leaves the one that is saved: not for another connector or host."""
    return row is not None and bool(row.config.get(key)) and not _moves(row, connector)


def _moves(row: Connection, connector: Connector | None) -> bool:
    return connector is None or row.origin != connector.origin


def _text_differences(texts: Mapping[str, str], row: Connector | Connection | None) -> Iterator[Difference]:
    for name, after in texts.items():
        before = getattr(row, name) if row else None
        if after != (before or ""):
            yield Difference(name, before, after)


def _app_differences(entry: AppEntry, app: SyncApp | None) -> Iterator[Difference]:
    for column in fields(entry):
        before, after = getattr(app, column.name) if app else None, getattr(entry, column.name)
        if after is not None and after != before:
            yield Difference(f"app.{column.name}", None if before is None else str(before), str(after))


def _value_differences(
    entry: ConnectionEntry, row: Connection | None, connector: Connector | None, secrets: Secrets
) -> Iterator[Difference]:
    saved = {field.key: field for field in row.config_fields()} if row else {}
    known = {**saved, **{field.key: field for field in (connector.config_fields() or () if connector else ())}}
    for key, text in entry.values.items():
        field = known.get(key)
        secret = any(each.is_secret for each in (field, saved.get(key)) if each)
        before = row.config.get(key) if row else None
        name = placeholder_in(text)
        after = secrets.known(name) if name else encoded(field, from_literal(text))
        if name and after is None and keeps(row, connector, key):
            continue
        if after is not None and after == before and not (secret and row is not None and _moves(row, connector)):
            continue
        hidden = name is not None or field is None or secret
        value_type = (field.type if field else FieldType.TEXT).value_type
        old = None if before is None else HIDDEN if hidden else value_type.decode_plain(before)
        new = placeholder(name) if name else HIDDEN if hidden else value_type.decode_plain(after or "")
        yield Difference(f"values.{key}", old, new)


def encoded(field: ConfigField | None, text: str) -> str:
    """A plain value as it travels; one that does not fit is reported when the entry is applied."""
    try:
        return field.type.value_type.encode_plain(text) if field else text
    except ValueError:
        return text


def _scope_key(scope: NamedScope) -> tuple[set[str], set[str]] | None:
    """By what two scopes are the same; None for everyone."""
    return None if scope.everyone else (set(map(name_key, scope.groups)), set(map(name_key, scope.users)))


def _scope_text(scope: NamedScope) -> str:
    parts = (("groups", scope.groups), ("users", scope.users))
    named = [f"{what}: {', '.join(sorted(names))}" for what, names in parts if names]
    return "everyone" if scope.everyone else "; ".join(named)
