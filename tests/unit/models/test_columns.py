"""Column types and the keys of names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect, select, text
from sqlalchemy.dialects import sqlite

from tests.factories import lose, make_account, make_connection, make_connector
from wizard.errors import DecryptionError
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.columns import EncryptedJson, UtcDateTime, name_key, now
from wizard.models.database import writing
from wizard.security.keyring import KeyRing

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


@pytest.mark.parametrize("value", [{}, {"Company": "ACME", "Ært": "ß\n\u2028"}, [1, None, True], "text", 1.5, None])
def test_encrypted_values_come_back(app: Flask, value: Any) -> None:
    column = EncryptedJson()
    with app.app_context():
        stored = column.process_bind_param(value, DIALECT)
        assert column.process_result_value(stored, DIALECT) == value
    assert stored is None or b"ACME" not in stored


def test_configuration_values_are_not_readable_in_the_database(app: Flask) -> None:
    make_account(app, "Ola")
    connection_id = make_connection(app, make_connector(app), config={"ApiPassword": "hunter2"})
    with app.app_context():
        raw = db.session.execute(text("SELECT config FROM connection")).scalar_one()
        assert b"hunter2" not in raw
        assert b"ApiPassword" not in raw
        assert db.session.get_one(Connection, connection_id).config == {"ApiPassword": "hunter2"}


@pytest.mark.parametrize(
    "use",
    [bool, len, list, lambda config: config["ApiPassword"], lambda config: config.get("x"), lambda config: config | {}],
)
def test_an_undecryptable_value_raises_when_it_is_used(app: Flask, use: Callable[[Any], object]) -> None:
    make_connection(app, make_connector(app), config={"ApiPassword": "hunter2"})
    lose(app, "connection.config")
    with app.app_context():
        (connection,) = db.session.scalars(select(Connection))
        with pytest.raises(DecryptionError, match="not among the keys"):
            use(connection.config)


def test_an_undecryptable_value_is_saved_unchanged(app: Flask) -> None:
    make_connection(app, make_connector(app), config={"ApiPassword": "hunter2"})
    with app.app_context(), writing():
        keyring, app.extensions["keyring"] = app.extensions["keyring"], KeyRing([Fernet.generate_key().decode()])
        (connection,) = db.session.scalars(select(Connection))
        connection.pending, connection.description = connection.config, "changed"
        db.session.commit()
        app.extensions["keyring"] = keyring
        db.session.refresh(connection)
        assert connection.pending == connection.config == {"ApiPassword": "hunter2"}
