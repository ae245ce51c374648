"""Configuration values from a YAML or JSON file, encoded as the connector's fields ask for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from flask_babel import gettext as _

from wizard.cli.text_file import as_text, read_texts
from wizard.domain.fields.encoding import MAX_VALUE_LENGTH, default_value, encode, length_of
from wizard.domain.fields.field import ConfigField, FieldType
from wizard.domain.fields.plain import encode_plain
from wizard.errors import InvalidFile


def read(path: Path) -> dict[str, str]:
    """Value by field key, each as the text that stands in the file. Raises InvalidFile."""
    values = read_texts(path)
    if not isinstance(values, dict):
        raise InvalidFile(_("%(file)s has to hold one value for each field: key: value.", file=path))
    nested = [key for key, value in values.items() if isinstance(value, (dict, list))]
    if nested:
        raise InvalidFile(_("%(keys)s: a field has one value, not several.", keys=", ".join(nested)))
    texts = {key: as_text(value) for key, value in values.items()}
    if problems := [_too_long(key) for key, text in texts.items() if length_of(text) > MAX_VALUE_LENGTH]:
        raise InvalidFile("\n".join(problems))
    return texts


def encode_values(fields: Sequence[ConfigField], given: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The encoded value of every field, a field's default where none is given, and the given ones that are secret.

    A value may be plain or encoded already. Raises InvalidFile, for a key that the connector does not ask for too.
    """
    asked = {field.key: field for field in fields if field.takes_input}
    problems = [_("The connector does not ask for %(key)s.", key=key) for key in given if key not in asked]
    values: dict[str, str] = {}
    for key, field in asked.items():
        try:
            values[key] = encode_plain(field.type, given[key]) if key in given else _default(field)
        except ValueError:
            problems.append(_("%(key)s: %(value)s", key=key, value=_EXPECTED[field.type]()))
    problems += [_too_long(key) for key, value in values.items() if length_of(value) > MAX_VALUE_LENGTH]
    if problems:
        raise InvalidFile("\n".join(problems))
    return values, [values[key] for key in given if asked[key].is_secret and values[key]]


def _too_long(key: str) -> str:
    return _("%(key)s: a value has at most %(count)s characters.", key=key, count=MAX_VALUE_LENGTH)


_EXPECTED: Mapping[FieldType, Callable[[], str]] = {
    FieldType.CHECKBOX: lambda: _("write true or false."),
    FieldType.INTEGER: lambda: _("write a whole number, like 250."),
    FieldType.DOUBLE: lambda: _("write a number, like 25.5."),
    FieldType.DATETIME: lambda: _("write a date and time, like 2026-12-31 23:59."),
}


def _default(field: ConfigField) -> str:
    """One that is longer than SuperOffice can keep is none."""
    value = default_value(field)
    encoded = "" if value is None else encode(field.type, value)
    return encoded if length_of(encoded) <= MAX_VALUE_LENGTH else ""
