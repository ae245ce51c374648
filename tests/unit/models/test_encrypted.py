"""Values that are encrypted for their row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import select, text, update

from tests.factories import KEY, lose, make_account, make_connection, make_connector
from wizard.domain.steps import Step
from wizard.errors import DecryptionError
from wizard.extensions import Base, db
from wizard.models import Account, Connection, Setup, SetupKind
from wizard.models.database import writing
from wizard.models.encrypted import Encrypted, Token
from wizard.security.keyring import KeyRing


@pytest.fixture
def rows(app: Flask) -> Iterator[tuple[Connection, Connection]]:
    """Two saved connections, each with its own password, in a session that writes."""
    connector = make_connector(app)
    ids = [make_connection(app, connector, name, config={"ApiPassword": name}) for name in ("hunter2", "other")]
    with app.app_context(), writing():
        one, other = (db.session.get_one(Connection, each) for each in ids)
        yield one, other


def make_setup(draft: Any) -> Setup:
    account = db.session.scalars(select(Account)).one()
    return Setup(kind=SetupKind.GUIDED, step=Step.APP, draft=draft, account=account, updated_by=account)


@pytest.mark.parametrize("value", [{}, {"Company": "ACME", "Ært": "ß\n\u2028"}, [1, None, True], "text", 1.5])
def test_a_value_comes_back_and_is_not_readable_in_the_database(app: Flask, value: Any) -> None:
    make_account(app, "Ola")
    with app.app_context(), writing():
        setup = make_setup(value)
        db.session.add(setup)
        assert setup.draft == value
        db.session.commit()
        assert setup.draft == value
        db.session.expire_all()
        assert setup.draft == value
        assert b"ACME" not in db.session.execute(text("SELECT draft FROM setup")).scalar_one()


def test_many_new_rows_keep_each_its_own(app: Flask) -> None:
    make_account(app, "Ola")
    with app.app_context(), writing():
        db.session.add_all(make_setup({"app": {"erp": str(number)}}) for number in range(3))
        db.session.commit()
        db.session.expire_all()
        found = [setup.draft["app"]["erp"] for setup in db.session.scalars(select(Setup).order_by(Setup.id))]
        assert found == ["0", "1", "2"]


def test_what_was_never_set_is_empty(app: Flask) -> None:
    make_account(app, "Ola")
    with app.app_context(), writing():
        account = db.session.scalars(select(Account)).one()
        setup = Setup(kind=SetupKind.GUIDED, step=Step.APP, account=account, updated_by=account)
        db.session.add(setup)
        db.session.commit()
        assert setup.draft == {}


def test_an_optional_value_can_be_set_and_emptied(rows: tuple[Connection, Connection]) -> None:
    connection, _ = rows
    for value in (None, {"name": "New"}, None):
        connection.pending = value
        db.session.commit()
        db.session.expire_all()
        assert connection.pending == value


def test_a_value_copied_to_another_row_cannot_be_read_there(rows: tuple[Connection, Connection]) -> None:
    one, other = rows
    db.session.execute(update(Connection).where(Connection.id == other.id).values(config_token=one.config_token))
    db.session.expire_all()

    assert one.config == {"ApiPassword": "hunter2"}
    with pytest.raises(DecryptionError):
        other.config["ApiPassword"]


def test_a_value_copied_to_another_column_cannot_be_read_there(rows: tuple[Connection, Connection]) -> None:
    one, _ = rows
    db.session.execute(update(Connection).values(pending_token=one.config_token))
    db.session.expire_all()

    assert one.pending is not None
    with pytest.raises(DecryptionError):
        one.pending["ApiPassword"]


def test_a_value_of_version_1_0_is_read_and_bound_when_it_is_saved(rows: tuple[Connection, Connection]) -> None:
    one, other = rows
    unbound = Fernet(KEY).encrypt(b'{"ApiPassword": "old"}')
    db.session.execute(update(Connection).values(config_token=unbound))
    db.session.expire_all()
    assert one.config == {"ApiPassword": "old"}

    one.config = dict(one.config)
    other.config_token = one.config_token
    db.session.commit()
    db.session.expire_all()

    assert one.config == {"ApiPassword": "old"}
    with pytest.raises(DecryptionError):
        other.config["ApiPassword"]


def test_every_encrypted_column_belongs_to_a_value(app: Flask) -> None:
    for mapper in Base.registry.mappers:
        values = {name for name, value in vars(mapper.class_).items() if isinstance(value, Encrypted)}
        assert {column.name for column in mapper.columns if isinstance(column.type, Token)} == values


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


def test_an_undecryptable_value_is_saved_unchanged(app: Flask, rows: tuple[Connection, Connection]) -> None:
    id_ = rows[0].id
    db.session.expunge_all()
    keyring, app.extensions["keyring"] = app.extensions["keyring"], KeyRing([Fernet.generate_key().decode()])
    one = db.session.get_one(Connection, id_)
    one.config, one.description = one.config, "changed"
    db.session.commit()
    app.extensions["keyring"] = keyring
    db.session.expunge_all()
    again = db.session.get_one(Connection, id_)
    assert (again.config, again.description) == ({"ApiPassword": "hunter2"}, "changed")


def test_an_undecryptable_value_can_be_copied(app: Flask) -> None:
    make_connection(app, make_connector(app), config={"ApiPassword": "hunter2"})
    lose(app, "connection.config")
    with app.app_context():
        (connection,) = db.session.scalars(select(Connection))
        copied = copy(connection.config)
        with pytest.raises(DecryptionError):
            copied["ApiPassword"]
