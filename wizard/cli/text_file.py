"""YAML and JSON files of texts: `NO` is no boolean there, `007` no number, and a key stands once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from flask_babel import gettext as _

from wizard.domain.fields import UNSENDABLE
from wizard.domain.text_encoding import UndecodableText, decode_text
from wizard.errors import InvalidFile

MAX_BYTES = 8 * 1024 * 1024


def read_texts(path: Path) -> Any:
    """Dictionaries, lists and texts, as they stand in the file. Raises InvalidFile."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidFile(_("%(file)s cannot be read: %(error)s", file=path, error=error)) from error
    if len(content) > MAX_BYTES:
        raise InvalidFile(_("%(file)s is larger than 8 MB.", file=path))
    try:
        text = decode_text(content)
    except UndecodableText as error:
        raise InvalidFile(_("%(file)s is no text in UTF-8 or UTF-16. Save it as UTF-8.", file=path)) from error
    try:
        texts = _parse(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise InvalidFile(_("%(file)s is neither YAML nor JSON: %(error)s", file=path, error=error)) from error
    except _Repeated as key:
        raise InvalidFile(_("%(file)s names %(key)s twice.", file=path, key=key)) from key
    if found := _unsendable(texts):
        raise InvalidFile(_("%(file)s holds a character that cannot be sent: %(code)s.", file=path, code=found))
    return texts


class _Repeated(Exception):
    """A key that stands twice: readers keep the last one without a word."""


class _Texts(yaml.BaseLoader):
    """Makes texts, lists and dictionaries only."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        for key in (key for key, _value in node.value):
            if not isinstance(key, yaml.ScalarNode):  # an alias can make it endless
                raise yaml.MarkedYAMLError(problem="a key that is no text", problem_mark=key.start_mark)
        return _once(
            (self.construct_object(key, deep=True), self.construct_object(value, deep=True))
            for key, value in node.value
        )


def _parse(text: str) -> Any:
    """As JSON, of which YAML's reader does not understand every escape, else as YAML."""
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_once)
    except json.JSONDecodeError:
        return yaml.load(text, _Texts)  # noqa: S506 - see there


def _once(pairs: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if str(key) in found:
            raise _Repeated(key)
        found[str(key)] = value
    return found


def _unsendable(value: Any) -> str | None:
    """The code of a character that no connector can be sent. A list that stands in a file in many places is one."""
    waiting, seen = [value], set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, str) and (found := UNSENDABLE.search(part)):
            return f"U+{ord(found[0]):04X}"
        if isinstance(part, (dict, list)) and id(part) not in seen:
            seen.add(id(part))
            waiting += [*part, *part.values()] if isinstance(part, dict) else part
    return None


def as_text(value: str | bool | None) -> str:
    """A JSON value as it would be typed."""
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value).lower()
