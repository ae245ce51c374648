"""Parses and formats numbers and dates as people write them, in every language.

A text is read in the person's own convention. The other convention is understood where it leaves no doubt: `1.234,5`
typed by an English reader has only one meaning. A single separator before exactly three digits that is not the
language's own decimal mark (`1.234` in Dutch, `1,234` in English) groups thousands there and would be a fraction
elsewhere; one that is the decimal mark (`1,234` in Dutch) is a fraction there and thousands elsewhere. Both are refused
as ambiguous, because a wrong guess is off by a thousand and nobody would notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from wizard.domain.fields.errors import AmbiguousNumber, NotADate, NotANumber, TooLarge
from wizard.domain.languages import LANGUAGES

_INT32 = range(-(2**31), 2**31)
_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009'\u2019"))
_MINUS = ("-", "\u2212")
_SIGNS = (*_MINUS, "+")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_SPACED = re.compile(r"\d{1,3}(?:([^\d.,])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")


def parse_integer(text: str) -> int:
    """Raises NotANumber, AmbiguousNumber, TooLarge."""
    value = parse_decimal(text)
    if value != value.to_integral_value():
        raise NotANumber(text)
    if int(value) not in _INT32:
        raise TooLarge(text)
    return int(value)


def parse_decimal(text: str) -> Decimal:
    """Raises NotANumber, AmbiguousNumber."""
    negative, digits = _sign(text)
    value = _unsigned(text, digits)
    return value.copy_negate() if negative else value  # an operator would round it to 28 digits


def _unsigned(text: str, digits: str) -> Decimal:
    plain = digits.translate(_SPACES)
    if plain != digits and not _SPACED.fullmatch(digits):
        raise NotANumber(text)
    marks = re.findall(r"[.,]", plain)
    if not re.fullmatch(r"(?=[^.,]*\d|[.,]\d)[\d.,]+", plain, re.ASCII):
        raise NotANumber(text)
    if len(set(marks)) == 2:
        return _mixed(text, plain, marks[-1])
    if not marks:
        return Decimal(plain)
    if len(marks) > 1:
        if not _GROUPED.fullmatch(plain):
            raise NotANumber(text)
        return Decimal(plain.replace(marks[0], ""))
    before, after = plain.split(marks[0])
    could_be_thousands = len(after) == 3 and 1 <= len(before) <= 3 and before != "0" and plain == digits
    if could_be_thousands:
        raise AmbiguousNumber(text)
    return Decimal(f"{before or 0}.{after or 0}")


def format_decimal(value: Decimal, language: str) -> str:
    """Without groups and with the language's decimal mark; never in a form that `parse_decimal` would doubt."""
    text = f"{value:f}"
    if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text):
        text += "0"
    return text.replace(".", LANGUAGES[language].decimal_mark)


def parse_datetime(text: str, language: str) -> datetime:
    """What a browser's date and time input sends, or the language's short form. Raises NotADate.

    English readers put the day first or the month first: `3/4/2026` is refused, as nobody would notice a wrong guess.
    """
    stripped = " ".join(text.split())
    try:
        parsed = datetime.fromisoformat(stripped)
    except ValueError:
        pass
    else:
        if parsed.tzinfo is None:
            return parsed
    readings = {moment for form in _forms(language) if (moment := _moment(stripped, form)) is not None}
    if len(readings) != 1:
        raise NotADate(text)
    return readings.pop()


def _forms(language: str) -> Iterator[str]:
    return (date + time for date in LANGUAGES[language].date_formats for time in ("", " %H:%M", " %H:%M:%S"))


def _moment(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None


def format_datetime(value: datetime) -> str:
    """As a browser's date and time input takes it, in every language."""
    return value.isoformat(timespec="auto" if value.second or value.microsecond else "minutes")


def _sign(text: str) -> tuple[bool, str]:
    """Whether there is a minus, a typographic one too, and what follows."""
    stripped = text.strip()
    digits = stripped[1:].lstrip() if stripped[:1] in _SIGNS else stripped
    return stripped[:1] in _MINUS, digits


def _mixed(text: str, plain: str, mark: str) -> Decimal:
    """Both separators: the last is the decimal mark, and the other groups thousands."""
    whole, _, fraction = plain.rpartition(mark)
    other = "," if mark == "." else "."
    if mark in whole or not re.fullmatch(rf"\d{{1,3}}(?:\{other}\d{{3}})+", whole):
        raise NotANumber(text)
    return Decimal(f"{whole.replace(other, '')}.{fraction or 0}")
