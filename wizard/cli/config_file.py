"""Configuration values from a YAML or JSON file, encoded as the connector's fields ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from flask_babel import gettext as _

from wizard.cli.text_file import as_text, read_texts
from wizard.domain.fields import MAX_VALUE_LENGTH, ConfigField, length_of
from wizard.errors import InvalidFile
from wizard.messages import expected_in_file


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
            values[key] = field.type.value_type.encode_plain(given[key]) if key in given else _default(field)
        except ValueError:
            problems.append(_("%(key)s: %(value)s", key=key, value=expected_in_file(field.type)))
    problems += [_too_long(key) for key, value in values.items() if length_of(value) > MAX_VALUE_LENGTH]
    if problems:
        raise InvalidFile("\n".join(problems))
    return values, [values[key] for key in given if asked[key].is_secret and values[key]]


def _too_long(key: str) -> str:
    return _("%(key)s: a value has at most %(count)s characters.", key=key, count=MAX_VALUE_LENGTH)


def _default(field: ConfigField) -> str:
    """One that is longer than SuperOffice can store is none."""
    value_type = field.type.value_type
    value = value_type.default(field.default)
    encoded = "" if value is None else value_type.encode(value)
    return encoded if length_of(encoded) <= MAX_VALUE_LENGTH else ""
