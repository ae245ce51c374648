"""The YAML file: connectors with their apps, connections with their scope, their values and what is configured.

`superoffice` names the linked SuperOffice, whose numbers its entries have; how to sign in there is not in it.
A secret stands there as a placeholder, `${ACME_NORWAY_PASSWORD}`; a text that looks like one has its dollar doubled.
What an entry leaves out is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import yaml

from wizard.cli.transfer.configuration import ConfigurationEntry, to_yaml
from wizard.domain.connector import ConnectorInput

FORMAT = "1"
_PLACEHOLDER = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_ALIKE = re.compile(r"\$+\{[A-Za-z_][A-Za-z0-9_]*\}")
_HEAD = """\
# Written by `erp-wizard export`; read it back with `erp-wizard import`.
# A secret is a ${NAME}: import takes it from the environment, or asks for it.
"""


@dataclass(frozen=True, slots=True)
class AppEntry:
    """A sync app; the attributes are SyncApp's, None where the file says nothing."""

    erp: str
    route: str | None = None
    provider: str | None = None
    contact: str | None = None
    installed: bool | None = None
    registered: bool | None = None


@dataclass(frozen=True, slots=True)
class SuperOfficeEntry:
    """The SuperOffice that the numbers in the file are of: a tenant, or the address of one on-site."""

    tenant: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ConnectorEntry:
    """A Sync Connector, found by its name. `texts` are those fields of `ConnectorInput` that the file has.

    `superoffice_id` is its number in SuperOffice.
    """

    texts: Mapping[str, str]
    app: AppEntry | None = None
    superoffice_id: int | None = None

    @property
    def name(self) -> str:
        return self.texts["name"]

    def to_input(self, before: ConnectorInput) -> ConnectorInput:
        """What the file says, and what is registered where it says nothing."""
        return replace(before, **self.texts)


@dataclass(frozen=True, slots=True)
class NamedScope:
    """Everyone, or groups by name and users by login name."""

    everyone: bool = True
    groups: tuple[str, ...] = ()
    users: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConnectionEntry:
    """An ERP connection, found by its name. `texts` are those of `ConnectionInput` that the file has.

    `superoffice_id` is its number in SuperOffice.
    """

    texts: Mapping[str, str]
    connector: str
    scope: NamedScope | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    superoffice_id: int | None = None
    configuration: ConfigurationEntry | None = None

    @property
    def name(self) -> str:
        return self.texts["name"]


@dataclass(frozen=True, slots=True)
class Document:
    """All of a file."""

    connectors: tuple[ConnectorEntry, ...] = ()
    connections: tuple[ConnectionEntry, ...] = ()
    superoffice: SuperOfficeEntry | None = None


def placeholder_in(text: str) -> str | None:
    """The name of the placeholder that a value is, or None."""
    found = _PLACEHOLDER.fullmatch(text)
    return found[1] if found else None


def placeholder(name: str) -> str:
    return f"${{{name}}}"


def literal(text: str) -> str:
    """A text as it stands in the file."""
    return f"${text}" if _ALIKE.fullmatch(text) else text


def from_literal(text: str) -> str:
    """The text that stands in the file like this."""
    return text[1:] if text.startswith("$$") and _ALIKE.fullmatch(text) else text


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and lists indented below their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = '"' if re.search("[\x85\u2028\u2029]", text) else "|" if "\n" in text else None  # line breaks to YAML too
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _write_text)


def write(document: Document) -> str:
    """The file's text."""
    superoffice = {"superoffice": _filled(asdict(document.superoffice))} if document.superoffice else {}
    content = {
        "format": int(FORMAT),
        **superoffice,
        "connectors": [_connector(each) for each in document.connectors],
        "connections": [_connection(each) for each in document.connections],
    }
    return _HEAD + yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def _connector(entry: ConnectorEntry) -> dict[str, Any]:
    content: dict[str, Any] = {**_filled(entry.texts), **_number(entry)}
    if entry.app:
        content["app"] = _filled(asdict(entry.app))
    return content


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}


def _number(entry: ConnectorEntry | ConnectionEntry) -> dict[str, int]:
    return {} if entry.superoffice_id is None else {"superoffice_id": entry.superoffice_id}


def _connection(entry: ConnectionEntry) -> dict[str, Any]:
    scope: Any = "everyone"
    if entry.scope is not None and not entry.scope.everyone:
        scope = {"groups": list(entry.scope.groups), "users": list(entry.scope.users)}
    return {
        "name": entry.name,
        "connector": entry.connector,
        **entry.texts,
        **_number(entry),
        "scope": scope,
        "values": dict(entry.values),
        **({"configuration": to_yaml(entry.configuration)} if entry.configuration else {}),
    }
