"""The words for a connector's fields: what each type is, how to fill it in, why a value is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.fields import (
    MAX_VALUE_LENGTH,
    AmbiguousNumber,
    ConfigField,
    DecodeError,
    FieldType,
    InvalidValue,
    NotOffered,
    TooLarge,
    TooLong,
    TooLongToStore,
    Unsendable,
    in_language,
)
from wizard.messages.times import plain_moment


def _encoded_as_typed(field: ConfigField, encoded: str, language: str) -> str:
    return field.type.value_type.format_encoded(encoded, language)


@dataclass(frozen=True, slots=True)
class _TypeWords:
    """The words for one type of field."""

    kind: Callable[[ConfigField, str], str]
    """What it is, of a field and its default as it would be typed."""
    hint: Callable[[ConfigField], str] = lambda _field: ""
    """How to fill it in, where the connector does not say it."""
    refusal: Callable[[], str] = lambda: ""
    """What a person has to enter instead of what is no value of the type."""
    in_file: Callable[[], str] = lambda: ""
    """What a file has to have instead."""
    display: Callable[[ConfigField, str, str], str] = _encoded_as_typed
    """An encoded value in words, in a language."""


def kind_of(field: ConfigField, language: str) -> str:
    """What kind of field it is: `Whole number, 250 unless changed`."""
    if field.is_read_only:
        return _("Filled in by the connector")
    return _WORDS[field.type].kind(field, field.default_text(language))


def hint_of(field: ConfigField, language: str) -> str:
    """The connector's description with the maximum length, else how to fill in a field of this type."""
    parts = [in_language(field.description, language)]
    if field.type.value_type.has_max_length and 0 < field.max_length < MAX_VALUE_LENGTH:
        parts.append(ngettext("%(num)s character at most.", "%(num)s characters at most.", field.max_length))
    if not field.is_read_only and field.takes_input:
        parts += _tag_hints(field)
    return " ".join(filter(None, parts)) or ("" if field.is_read_only else _WORDS[field.type].hint(field))


def _tag_hints(field: ConfigField) -> Iterator[str]:
    """What SuperOffice puts in the place of a tag in the default; the wizard does not know those values."""
    if "<name>" in field.default:
        yield _("In SuperOffice, <name> is replaced by the name of your company. Here, enter the text itself.")
    if "<ser#>" in field.default:
        yield _("In SuperOffice, <ser#> is replaced by the serial number of its database. Here, enter the text itself.")


def missing_value(field: ConfigField, label: str) -> str:
    """What to do about a mandatory field without a value."""
    return _("Enter %(field)s.", field=label) if field.items is None else _("Choose %(field)s.", field=label)


def refused_value(error: InvalidValue, field: ConfigField) -> str:
    """Why an input is refused, and what to enter instead."""
    match error:
        case AmbiguousNumber():
            return _("This can be read in two ways. Write it without separators between thousands.")
        case TooLarge():
            return _("This number is too large. The largest is 2147483647.")
        case TooLong():
            return _("Too long: %(count)s characters at most.", count=field.max_length)
        case TooLongToStore():
            return _("Too long: SuperOffice keeps %(count)s characters at most.", count=MAX_VALUE_LENGTH)
        case Unsendable():
            return _("There is an invisible control character in it that cannot be sent. Type it anew.")
        case NotOffered():
            return _("This choice is not offered any more. Choose another.")
        case _:
            return _WORDS[field.type].refusal()


def expected_in_file(type: FieldType) -> str:
    """What to write into a file for a field of this type."""
    return _WORDS[type].in_file()


def display_value(field: ConfigField, encoded: str, language: str) -> str:
    """An encoded value in words: a list's label, yes or no, a number as it would be typed."""
    return _WORDS[field.type].display(field, encoded, language)


def choices_of(field: ConfigField, language: str) -> dict[str, str]:
    """The labels of a list's choices by their keys."""
    return {item.key: in_language(item.label, language) or item.key for item in field.items or ()}


def _kind_of_text(field: ConfigField, _default: str) -> str:
    if field.max_length:
        return ngettext("Text, %(num)s character at most", "Text, %(num)s characters at most", field.max_length)
    return _("Text")


def _kind_of_list(field: ConfigField, _default: str) -> str:
    if field.items is None:
        return _("One of a list")
    return ngettext("One of %(num)s", "One of %(num)s", len(field.items))


def _date_and_time(field: ConfigField, encoded: str, _language: str) -> str:
    try:
        value = field.type.value_type.decode(encoded)
    except DecodeError:
        return encoded
    return plain_moment(value) if isinstance(value, datetime) else encoded


_WORDS: Mapping[FieldType, _TypeWords] = {
    FieldType.CHECKBOX: _TypeWords(
        kind=lambda _field, default: _("Yes or no, yes unless changed") if default else _("Yes or no"),
        in_file=lambda: _("write true or false."),
        display=lambda _field, encoded, _language: _("Yes") if encoded == "[I:1]" else _("No"),
    ),
    FieldType.TEXT: _TypeWords(kind=_kind_of_text),
    FieldType.PASSWORD: _TypeWords(
        kind=lambda _field, _default: _("Password"), display=lambda _field, _encoded, _language: "••••"
    ),
    FieldType.INTEGER: _TypeWords(
        kind=lambda _field, default: (
            _("Whole number, %(default)s unless changed", default=default) if default else _("Whole number")
        ),
        hint=lambda _field: _("A whole number."),
        refusal=lambda: _("Enter a whole number, digits only."),
        in_file=lambda: _("write a whole number, like 250."),
    ),
    FieldType.DOUBLE: _TypeWords(
        kind=lambda _field, default: (
            _("Decimal number, %(default)s unless changed", default=default) if default else _("Decimal number")
        ),
        hint=lambda _field: _("A number, with decimals if needed."),
        refusal=lambda: _("Enter a number."),
        in_file=lambda: _("write a number, like 25.5."),
    ),
    FieldType.LIST: _TypeWords(
        kind=_kind_of_list,
        hint=lambda field: _("The list is not available. Enter the key of your choice.") if field.items is None else "",
        display=lambda field, encoded, language: choices_of(field, language).get(encoded, encoded),
    ),
    FieldType.DATETIME: _TypeWords(
        kind=lambda _field, _default: _("Date and time"),
        refusal=lambda: _("Write the date and time as 2026-12-31 23:59."),
        in_file=lambda: _("write a date and time, like 2026-12-31 23:59."),
        display=_date_and_time,
    ),
    FieldType.LABEL: _TypeWords(kind=_kind_of_text),
}
