"""Column types and the keys of names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect
from sqlalchemy.dialects import sqlite

from wizard.models.columns import UtcDateTime, name_key, now

DIALECT: Dialect = sqlite.dialect()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Visma", "VISMA"),
        ("Straße", "STRASSE"),
        ("  Acme   Norway ", "acme norway"),
        ("Acme\N{NO-BREAK SPACE}Norway", "Acme Norway"),
        ("ＡＣＭＥ", "acme"),
        ("ﬁnance", "finance"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
    ],
)
def test_names_are_the_same_when_a_person_would_say_so(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Acme 1", "Acme 2"), ("Bøk", "Bok"), ("é", "e"), ("A.B", "AB")])
def test_other_names_are_not(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text(max_size=254))
def test_a_key_does_not_depend_on_case_or_space_around(name: str) -> None:
    assert name_key(f" {name.swapcase().swapcase()}\n") == name_key(name.swapcase().swapcase())
    assert len(name_key(name)) <= 508


def test_the_key_of_the_longest_name_fits_its_column() -> None:
    assert len(name_key("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 254)) == 508


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_a_moment_comes_back_in_utc(naive: datetime, offset: int) -> None:
    column = UtcDateTime()
    moment = naive.replace(tzinfo=timezone(timedelta(minutes=offset)))
    stored = column.process_bind_param(moment, DIALECT)
    assert stored is not None
    assert stored.tzinfo is None
    back = column.process_result_value(stored, DIALECT)
    assert back == moment
    assert back is not None
    assert back.tzinfo is UTC


def test_no_moment_stays_none() -> None:
    assert UtcDateTime().process_bind_param(None, DIALECT) is None
    assert UtcDateTime().process_result_value(None, DIALECT) is None


def test_now_is_in_utc() -> None:
    assert now().utcoffset() == timedelta(0)
