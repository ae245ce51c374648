"""Reads the YAML file strictly: what is not understood is a problem, reported with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from flask_babel import gettext as _

from wizard.cli.text_file import read_texts
from wizard.cli.transfer.configuration import read_configuration
from wizard.cli.transfer.document import (
    FORMAT,
    AppEntry,
    ConnectionEntry,
    ConnectorEntry,
    Document,
    NamedScope,
    SuperOfficeEntry,
    placeholder_in,
)
from wizard.cli.transfer.part import Part
from wizard.config import PREFIX
from wizard.domain.connection import TEXTS
from wizard.domain.invisible import has_invisible, trim
from wizard.errors import InvalidFile

OLD_REAL_URL = "endpoint"
"""What files of version 1.0 call the real address."""
NUMBER = "superoffice_id"


def read(path: Path) -> Document:
    """Raises InvalidFile with every problem, each where it is."""
    problems: list[str] = []
    document = _document(Part("", read_texts(path), problems))
    if problems:
        raise InvalidFile("\n".join(f"{path}: {each}" for each in problems))
    return document


def _document(part: Part) -> Document:
    parts = part.mapping("format", "superoffice", "connectors", "connections")
    if parts and ("format" not in parts or parts["format"].text() != FORMAT):
        part.wrong(_("It has to say format: 1."))
    empty = Part("", [], part.problems)
    connectors = parts.get("connectors", empty).entries(
        "name", "url", "real_url", OLD_REAL_URL, "ca_pem", "app", NUMBER
    )
    connections = parts.get("connections", empty).entries(
        "connector", *TEXTS, "scope", "values", "configuration", NUMBER
    )
    return Document(
        connectors=tuple(_read_connector(entry) for entry in connectors),
        connections=tuple(_read_connection(entry) for entry in connections),
        superoffice=_read_superoffice(parts["superoffice"]) if "superoffice" in parts else None,
    )


def _read_superoffice(part: Part) -> SuperOfficeEntry:
    parts = part.mapping("tenant", "address")
    if parts and len(parts) != 1:
        part.wrong(_("Write its tenant, or its address on-site."))
    return SuperOfficeEntry(_text(parts, "tenant") or "", _text(parts, "address") or "")


def _number(entry: Mapping[str, Part]) -> int | None:
    if NUMBER not in entry:
        return None
    text = entry[NUMBER].text()
    if not re.fullmatch(r"[1-9]\d{0,8}", text, re.ASCII):
        entry[NUMBER].wrong(_("Write the number that it has in SuperOffice."))
        return None
    return int(text)


def _read_connector(entry: Mapping[str, Part]) -> ConnectorEntry:
    key = OLD_REAL_URL if OLD_REAL_URL in entry else "real_url"
    url, real_url = _needed(entry, "url", _whole(entry)), _text(entry, key)
    if real_url and not url.lower().startswith("app://"):
        entry[key].wrong(_("Only an app:// URL has one."))
    texts = {"name": _text(entry, "name"), "url": url, "real_url": real_url, "ca_pem": _text(entry, "ca_pem")}
    return ConnectorEntry(
        texts={name: text for name, text in texts.items() if text is not None},
        app=_read_app(entry["app"]) if "app" in entry else None,
        superoffice_id=_number(entry),
    )


def _read_app(part: Part) -> AppEntry:
    parts = part.mapping(*AppEntry.__dataclass_fields__)
    return AppEntry(
        erp=_needed(parts, "erp", part),
        route=_text(parts, "route"),
        provider=_text(parts, "provider"),
        contact=_text(parts, "contact"),
        installed=parts["installed"].flag() if "installed" in parts else None,
        registered=parts["registered"].flag() if "registered" in parts else None,
    )


def _read_connection(entry: Mapping[str, Part]) -> ConnectionEntry:
    values = entry["values"].mapping() if "values" in entry else {}
    return ConnectionEntry(
        texts={name: text for name in TEXTS if (text := _text(entry, name)) is not None},
        connector=_needed(entry, "connector", _whole(entry)),
        scope=_scope(entry["scope"]) if "scope" in entry else None,
        values={key: _value(part) for key, part in values.items()},
        superoffice_id=_number(entry),
        configuration=read_configuration(entry["configuration"]) if "configuration" in entry else None,
    )


def _value(part: Part) -> str:
    text = part.text()
    name = placeholder_in(text)
    if name and name.startswith(PREFIX):
        part.wrong(_("%(name)s is the wizard's own. Choose another name.", name=name))
    return text


def _whole(entry: Mapping[str, Part]) -> Part:
    name = entry["name"]
    return Part(name.where.removesuffix(": name"), name.content, name.problems)


def _text(parts: Mapping[str, Part], key: str) -> str | None:
    if key not in parts:
        return None
    text = trim(parts[key].text())
    if key == "name" and has_invisible(text):
        parts[key].wrong(_("There is an invisible character inside. Delete it, or type the text by hand."))
    return text


def _needed(parts: Mapping[str, Part], key: str, whole: Part) -> str:
    if key not in parts:
        whole.wrong(_("It has no %(key)s.", key=key))
    return _text(parts, key) or ""


def _scope(part: Part) -> NamedScope:
    if not isinstance(part.content, dict):
        if part.text() != "everyone":
            part.wrong(_("Write everyone, or groups and users."))
        return NamedScope()
    parts = part.mapping("groups", "users")
    groups, users = (
        tuple(each.text() for each in parts[key].items()) if key in parts else () for key in ("groups", "users")
    )
    if not (groups or users):
        part.wrong(_("Name at least one group or user, or write everyone."))
    return NamedScope(False, groups, users)
