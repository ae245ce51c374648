"""Configuration values from a YAML or JSON file, encoded as the connector's fields ask for them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml
from flask_babel import gettext as _

from wizard.domain.config_field import ConfigField, FieldType
from wizard.domain.encoding import Value, decode, default_value, encode

_TICKED = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
    "": False,
}


class BadConfigFile(ValueError):
    """The file, or a value in it, cannot be used; the message is one sentence for each problem."""


def read(path: Path) -> dict[str, str]:
    """Value by field key, each as the text that stands in the file: `NO` is no boolean here, `007` no number.

    Raises BadConfigFile.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfigFile(_("%(file)s cannot be read: %(error)s", file=path, error=error)) from error
    values = _parse(path, text)
    if not isinstance(values, dict):
        raise BadConfigFile(_("%(file)s has to hold one value for each field: key: value.", file=path))
    nested = [str(key) for key, value in values.items() if isinstance(value, (dict, list))]
    if nested:
        raise BadConfigFile(_("%(keys)s: a field has one value, not several.", keys=", ".join(nested)))
    return {str(key): _text(value) for key, value in values.items()}


def encode_values(fields: Sequence[ConfigField], given: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The encoded value of every field, a field's default where none is given, and those that are secret.

    A value may be plain or encoded already. Raises BadConfigFile, for a key that the connector does not ask for too.
    """
    asked = {field.key: field for field in fields if field.type != FieldType.LABEL}
    problems = [_("The connector does not ask for %(key)s.", key=key) for key in given if key not in asked]
    values: dict[str, str] = {}
    for key, field in asked.items():
        try:
            values[key] = _encoded(field.type, given[key]) if key in given else _default(field)
        except ValueError:
            problems.append(_("%(key)s: %(value)s", key=key, value=_EXPECTED[field.type]()))
    if problems:
        raise BadConfigFile("\n".join(problems))
    return values, [values[key] for key, field in asked.items() if field.type == FieldType.PASSWORD and values[key]]


_EXPECTED: Mapping[FieldType, Callable[[], str]] = {
    FieldType.CHECKBOX: lambda: _("write true or false."),
    FieldType.INTEGER: lambda: _("write a whole number, like 250."),
    FieldType.DOUBLE: lambda: _("write a number, like 25.5."),
    FieldType.DATETIME: lambda: _("write a date and time, like 2026-12-31 23:59."),
}


def _parse(path: Path, text: str) -> Any:
    """As JSON, of which YAML's reader does not understand every escape, else as YAML."""
    try:
        return json.loads(text, parse_int=str, parse_float=str)
    except ValueError:
        pass
    try:
        return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes texts, lists and dictionaries only
    except yaml.YAMLError as error:
        raise BadConfigFile(_("%(file)s is neither YAML nor JSON: %(error)s", file=path, error=error)) from error


def _text(value: str | bool | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value).lower()


def _default(field: ConfigField) -> str:
    value = default_value(field)
    return "" if value is None else encode(field.type, value)


def _encoded(field_type: FieldType, text: str) -> str:
    if field_type not in _EXPECTED or (text == "" and field_type != FieldType.CHECKBOX):
        return text
    if text.startswith("["):
        decode(field_type, text)
        return text
    return encode(field_type, _plain(field_type, text.strip()))


def _plain(field_type: FieldType, text: str) -> Value:
    match field_type:
        case FieldType.CHECKBOX:
            return _ticked(text)
        case FieldType.INTEGER:
            return int(text)
        case FieldType.DOUBLE:
            return _number(text)
        case _:
            return datetime.fromisoformat(text).replace(tzinfo=None)


def _ticked(text: str) -> bool:
    if text.lower() not in _TICKED:
        raise ValueError(text)
    return _TICKED[text.lower()]


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite():
        raise ValueError(text)
    return number
