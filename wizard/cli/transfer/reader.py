"""Reads the YAML file strictly: what is not understood is a problem, reported with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from wizard.cli.text_file import as_text, read_texts
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
from wizard.config import PREFIX
from wizard.domain.connection import TEXTS
from wizard.domain.invisible import has_invisible, trim
from wizard.errors import InvalidFile
from wizard.models.columns import name_key

OLD_REAL_URL = "endpoint"
"""What files of version 1.0 call the real address."""
NUMBER = "superoffice_id"


def read(path: Path) -> Document:
    """Raises InvalidFile with every problem, each where it is."""
    problems: list[str] = []
    document = _document(_Part("", read_texts(path), problems))
    if problems:
        raise InvalidFile("\n".join(f"{path}: {each}" for each in problems))
    return document


@dataclass(frozen=True)
class _Part:
    """A part of the file, where it is, and the problems that are found in it."""

    where: str
    content: Any
    problems: list[str]

    def wrong(self, problem: str) -> None:
        self.problems.append(f"{self.where}: {problem}" if self.where else problem)

    def at(self, key: str) -> _Part:
        return _Part(f"{self.where}.{key}".lstrip("."), self.content[key], self.problems)

    def mapping(self, *known: str) -> Mapping[str, _Part]:
        """Its parts by key; empty for what is no mapping. Without `known` any key is good."""
        if not isinstance(self.content, dict):
            self.wrong(_("Write it as key: value."))
            return {}
        for key in self.content:
            if known and key not in known:
                close = get_close_matches(key, known, n=1)
                self.wrong(
                    _("%(key)s is not known. Is it %(close)s?", key=key, close=close[0])
                    if close
                    else _("%(key)s is not known.", key=key)
                )
        return {key: self.at(key) for key in self.content if not known or key in known}

    def entries(self, *known: str) -> Iterator[Mapping[str, _Part]]:
        """The entries of a list, each with a name that none before it has."""
        names: set[str] = set()
        for part in self.items():
            entry = part.mapping(*known)
            name = entry["name"].text() if "name" in entry else ""
            if entry and not name:
                part.wrong(_("It has no name."))
            elif entry and name_key(name) in names:
                part.wrong(_("%(name)s is there twice.", name=name))
            elif entry:
                names.add(name_key(name))
                yield {
                    key: _Part(f"{self.where} {name}: {key}", each.content, self.problems)
                    for key, each in entry.items()
                }

    def items(self) -> list[_Part]:
        if not isinstance(self.content, list):
            self.wrong(_("Write it as a list, a - before each entry."))
            return []
        return [_Part(f"{self.where}[{number}]", each, self.problems) for number, each in enumerate(self.content, 1)]

    def text(self) -> str:
        if isinstance(self.content, (dict, list)):
            self.wrong(_("Write one text."))
            return ""
        return as_text(self.content)

    def flag(self) -> bool:
        text = self.text().lower()
        if text not in ("true", "false"):
            self.wrong(_("write true or false."))
        return text == "true"


def _document(part: _Part) -> Document:
    parts = part.mapping("format", "superoffice", "connectors", "connections")
    if parts and ("format" not in parts or parts["format"].text() != FORMAT):
        part.wrong(_("It has to say format: 1."))
    empty = _Part("", [], part.problems)
    connectors = parts.get("connectors", empty).entries(
        "name", "url", "real_url", OLD_REAL_URL, "ca_pem", "app", NUMBER
    )
    connections = parts.get("connections", empty).entries("connector", *TEXTS, "scope", "values", NUMBER)
    return Document(
        connectors=tuple(_read_connector(entry) for entry in connectors),
        connections=tuple(_read_connection(entry) for entry in connections),
        superoffice=_read_superoffice(parts["superoffice"]) if "superoffice" in parts else None,
    )


def _read_superoffice(part: _Part) -> SuperOfficeEntry:
    parts = part.mapping("tenant", "address")
    if parts and len(parts) != 1:
        part.wrong(_("Write its tenant, or its address on-site."))
    return SuperOfficeEntry(_text(parts, "tenant") or "", _text(parts, "address") or "")


def _number(entry: Mapping[str, _Part]) -> int | None:
    if NUMBER not in entry:
        return None
    text = entry[NUMBER].text()
    if not re.fullmatch(r"[1-9]\d{0,8}", text, re.ASCII):
        entry[NUMBER].wrong(_("Write the number that it has in SuperOffice."))
        return None
    return int(text)


def _read_connector(entry: Mapping[str, _Part]) -> ConnectorEntry:
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


def _read_app(part: _Part) -> AppEntry:
    parts = part.mapping(*AppEntry.__dataclass_fields__)
    return AppEntry(
        erp=_needed(parts, "erp", part),
        route=_text(parts, "route"),
        provider=_text(parts, "provider"),
        contact=_text(parts, "contact"),
        installed=parts["installed"].flag() if "installed" in parts else None,
        registered=parts["registered"].flag() if "registered" in parts else None,
    )


def _read_connection(entry: Mapping[str, _Part]) -> ConnectionEntry:
    values = entry["values"].mapping() if "values" in entry else {}
    return ConnectionEntry(
        texts={name: text for name in TEXTS if (text := _text(entry, name)) is not None},
        connector=_needed(entry, "connector", _whole(entry)),
        scope=_scope(entry["scope"]) if "scope" in entry else None,
        values={key: _value(part) for key, part in values.items()},
        superoffice_id=_number(entry),
    )


def _value(part: _Part) -> str:
    text = part.text()
    name = placeholder_in(text)
    if name and name.startswith(PREFIX):
        part.wrong(_("%(name)s is the wizard's own. Choose another name.", name=name))
    return text


def _whole(entry: Mapping[str, _Part]) -> _Part:
    name = entry["name"]
    return _Part(name.where.removesuffix(": name"), name.content, name.problems)


def _text(parts: Mapping[str, _Part], key: str) -> str | None:
    if key not in parts:
        return None
    text = trim(parts[key].text())
    if key == "name" and has_invisible(text):
        parts[key].wrong(_("There is an invisible character inside. Delete it, or type the text by hand."))
    return text


def _needed(parts: Mapping[str, _Part], key: str, whole: _Part) -> str:
    if key not in parts:
        whole.wrong(_("It has no %(key)s.", key=key))
    return _text(parts, key) or ""


def _scope(part: _Part) -> NamedScope:
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
