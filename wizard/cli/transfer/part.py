"""A part of a YAML file that is read strictly: what is not understood is a problem, reported with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from flask_babel import gettext as _

from wizard.cli.text_file import as_text
from wizard.models.columns import name_key


@dataclass(frozen=True)
class Part:
    """A part of the file, where it is, and the problems that are found in it."""

    where: str
    content: Any
    problems: list[str]

    def wrong(self, problem: str) -> None:
        self.problems.append(f"{self.where}: {problem}" if self.where else problem)

    def at(self, key: str) -> Part:
        return Part(f"{self.where}.{key}".lstrip("."), self.content[key], self.problems)

    def mapping(self, *known: str) -> Mapping[str, Part]:
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

    def entries(self, *known: str) -> Iterator[Mapping[str, Part]]:
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
                    key: Part(f"{self.where} {name}: {key}", each.content, self.problems) for key, each in entry.items()
                }

    def items(self) -> list[Part]:
        if not isinstance(self.content, list):
            self.wrong(_("Write it as a list, a - before each entry."))
            return []
        return [Part(f"{self.where}[{number}]", each, self.problems) for number, each in enumerate(self.content, 1)]

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
