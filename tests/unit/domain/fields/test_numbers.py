"""Numbers and dates as people write them: one meaning or none, and what was formatted is read again."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.fields.errors import AmbiguousNumber, NotADate, NotANumber, TooLarge
from wizard.domain.fields.numbers import (
    format_datetime,
    format_decimal,
    parse_datetime,
    parse_decimal,
    parse_integer,
)
from wizard.domain.languages import LANGUAGES

languages = st.sampled_from(list(LANGUAGES))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("25", "25"),
        ("  25 ", "25"),
        ("007", "7"),
        ("25.5", "25.5"),
        ("25,5", "25.5"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("5,", "5"),
        ("1,2345", "1.2345"),
        ("1234.567", "1234.567"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.891", "1234567.891"),
        ("1 234", "1234"),
        ("1 234,567", "1234.567"),
        ("12 345 678.9", "12345678.9"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234", "1234"),
        ("1'234.50", "1234.50"),
        ("1’234’567", "1234567"),
        ("-5", "-5"),
        ("\u22125,5", "-5.5"),
        ("- 5", "-5"),
        ("+5", "5"),
    ],
)
def test_a_number_with_one_meaning_is_read_in_every_language(text: str, value: str) -> None:
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.345", "123,456", "-1.234", "999,000"])
def test_one_separator_before_three_digits_is_ambiguous_in_every_language(text: str) -> None:
    with pytest.raises(AmbiguousNumber):
        parse_decimal(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "--5", "5-", ".", ",", "..", "5..", "abc", "12a", "1e5", "NaN", "inf", "0x10", "١٢", "½"),
        *("1_000", "12,34,567", "1.23.456", "1.234,567,8", "12.34,5", "1 23", "1  234", "12345 678", "1 234'567"),
        *("1.234 567", "1,234 567", "1 234 5", "5 %", "€ 5", "1\t234"),
    ],
)
def test_what_is_no_number_is_refused_in_every_language(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_decimal(text)


@pytest.mark.parametrize("text", ["25.5", "25,5", "0.1", "-.5"])
def test_a_fraction_is_no_whole_number(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_integer(text)


@pytest.mark.parametrize(
    ("text", "value"), [("25", 25), ("25,00", 25), ("25.0", 25), ("1 000 000", 1_000_000), ("-0", 0)]
)
def test_a_whole_number_is_read_in_any_dress(text: str, value: int) -> None:
    assert parse_integer(text) == value


@pytest.mark.parametrize("value", [2**31 - 1, -(2**31)])
def test_the_last_numbers_of_32_bits_fit(value: int) -> None:
    assert parse_integer(str(value)) == value


@pytest.mark.parametrize("text", [str(2**31), str(-(2**31) - 1), "9" * 5000])
def test_a_number_of_more_than_32_bits_is_too_large(text: str) -> None:
    with pytest.raises(TooLarge):
        parse_integer(text)


@given(st.integers(-(2**31), 2**31 - 1))
def test_a_formatted_whole_number_is_read_again(value: int) -> None:
    assert parse_integer(str(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40), languages)
def test_a_formatted_number_is_read_again_to_its_last_digit(value: Decimal, language: str) -> None:
    assert parse_decimal(format_decimal(value, language)) == value


@given(st.from_regex(r"[1-9][0-9]{0,2}\.[0-9]{3}", fullmatch=True), languages)
def test_a_number_that_would_be_doubted_is_formatted_without_doubt(text: str, language: str) -> None:
    assert parse_decimal(format_decimal(Decimal(text), language)) == Decimal(text)


@pytest.mark.parametrize(("language", "formatted"), [("en", "25.5"), ("nl", "25,5"), ("nb", "25,5")])
def test_a_number_is_formatted_with_the_decimal_mark_of_the_language(language: str, formatted: str) -> None:
    assert format_decimal(Decimal("25.5"), language) == formatted


@given(st.text())
def test_any_text_is_a_number_or_refused_with_a_reason(text: str) -> None:
    with suppress(NotANumber, AmbiguousNumber):
        assert parse_decimal(text).is_finite()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-03-04T05:06", datetime(2026, 3, 4, 5, 6)),
        ("2026-03-04T05:06:07", datetime(2026, 3, 4, 5, 6, 7)),
        ("2026-03-04 05:06", datetime(2026, 3, 4, 5, 6)),
        ("  2026-03-04  ", datetime(2026, 3, 4)),
    ],
)
def test_what_a_browser_sends_is_read_in_every_language(text: str, value: datetime, language: str) -> None:
    assert parse_datetime(text, language) == value


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("4-3-2026", "nl"),
        ("04/03/2026", "nl"),
        ("04.03.2026", "de"),
        ("4.3.2026", "nb"),
        ("2026-03-04", "sv"),
        ("4.3.2026", "da"),
        ("04-03-2026", "da"),
        ("4 March 2026", "en"),
    ],
)
def test_the_short_form_of_the_language_is_read(text: str, language: str) -> None:
    assert parse_datetime(text, language) == datetime(2026, 3, 4)
    assert parse_datetime(f"{text} 14:30", language) == datetime(2026, 3, 4, 14, 30)
    assert parse_datetime(f"{text} 14:30:15", language) == datetime(2026, 3, 4, 14, 30, 15)


@pytest.mark.parametrize("text", ["31/12/2026", "12/31/2026"])
def test_an_english_date_with_one_possible_order_is_read(text: str) -> None:
    assert parse_datetime(text, "en") == datetime(2026, 12, 31)


def test_an_english_date_with_the_same_day_and_month_is_read() -> None:
    assert parse_datetime("4/4/2026", "en") == datetime(2026, 4, 4)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("3/4/2026", "en"),
        ("12/31/2026", "nl"),
        ("31/12/2026", "de"),
        ("4.3.2026", "sv"),
        ("31.02.2026", "de"),
        ("2026-13-01", "en"),
        ("2026-01-01T00:00+02:00", "en"),
        ("2026-01-01T00:00Z", "en"),
        ("tomorrow", "en"),
        ("", "nl"),
        ("4.3.26", "nb"),
    ],
)
def test_a_date_that_is_not_certain_is_refused(text: str, language: str) -> None:
    with pytest.raises(NotADate):
        parse_datetime(text, language)


@given(st.datetimes(), languages)
def test_a_formatted_date_is_read_again(value: datetime, language: str) -> None:
    assert parse_datetime(format_datetime(value), language) == value


def test_a_date_is_formatted_as_a_browser_takes_it() -> None:
    assert format_datetime(datetime(2026, 1, 1)) == "2026-01-01T00:00"
    assert format_datetime(datetime(2026, 1, 1, 2, 3, 4)) == "2026-01-01T02:03:04"
