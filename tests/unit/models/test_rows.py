"""Constraints of the database and properties of the models."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from tests.factories import make_account, make_connection, make_connector
from wizard.domain.steps import Step
from wizard.extensions import db
from wizard.models import (
    Account,
    Connection,
    Connector,
    ScopeEntry,
    Setup,
    SetupKind,
    User,
    UserGroup,
    group_membership,
)
from wizard.models.columns import now
from wizard.models.database import writing


def user(name: str) -> User:
    return User(name="Anna", username=name)


def group(name: str) -> UserGroup:
    return UserGroup(name=name)


def connector(name: str) -> Connector:
    return Connector(name=name, url="https://erp.example")


@pytest.fixture(params=[user, group, connector])
def make(request: pytest.FixtureRequest) -> Callable[[str], Any]:
    made: Callable[[str], Any] = request.param
    return made


def add(app: Flask, *rows: Any) -> None:
    with app.app_context(), writing():
        db.session.add_all(rows)
        db.session.commit()


def test_a_name_is_there_once_whatever_its_case(app: Flask, make: Callable[[str], Any]) -> None:
    add(app, make("Ærlig"))
    with pytest.raises(IntegrityError):
        add(app, make(" ÆRLIG "))


def test_the_name_of_a_deleted_row_is_free(app: Flask, make: Callable[[str], Any]) -> None:
    gone = make("Ærlig")
    gone.deleted_at = now()
    also_gone = make("Ærlig")
    also_gone.deleted_at = now()
    add(app, gone, also_gone, make("ærlig"))


def test_a_user_name_is_there_once(app: Flask) -> None:
    make_account(app, "Ingrid")
    with pytest.raises(IntegrityError):
        make_account(app, "INGRID")


def test_a_connection_needs_a_connector_that_exists(app: Flask) -> None:
    with pytest.raises(IntegrityError):
        make_connection(app, 99)


def test_a_guid_is_there_once(app: Flask) -> None:
    connector_id = make_connector(app)
    make_connection(app, connector_id, "Acme")
    with pytest.raises(IntegrityError):
        add(app, Connection(guid=one_connection(app).guid, connector_id=connector_id, name="Other"))


def one_connection(app: Flask) -> Connection:
    with app.app_context():
        return db.session.query(Connection).one()


@pytest.mark.parametrize("both", [True, False])
def test_a_scope_entry_is_a_user_or_a_group_not_both_and_not_neither(app: Flask, both: bool) -> None:
    connection_id = make_connection(app, make_connector(app))
    add(app, group("Sales"), user("ola"))
    ids = {"user_id": 1, "group_id": 1} if both else {}
    with pytest.raises(IntegrityError):
        add(app, ScopeEntry(connection_id=connection_id, **ids))


def test_a_connection_takes_its_scope_with_it(app: Flask) -> None:
    connection_id = make_connection(app, make_connector(app))
    add(app, group("Sales"))
    add(app, ScopeEntry(connection_id=connection_id, group_id=1))
    with app.app_context(), writing():
        db.session.execute(delete(Connection))
        db.session.commit()
        assert db.session.query(ScopeEntry).count() == 0


def test_a_user_is_in_groups(app: Flask) -> None:
    ola = user("ola")
    ola.groups = [group("Sales"), group("Board")]
    add(app, ola)
    with app.app_context():
        found = db.session.query(UserGroup).filter_by(name="Board").one()
        assert [each.username for each in found.users] == ["ola"]
        assert db.session.query(group_membership).count() == 2


def test_a_renamed_row_has_a_new_key(app: Flask, make: Callable[[str], Any]) -> None:
    row = make("Before")
    attribute = "username" if isinstance(row, User) else "name"
    setattr(row, attribute, "AFTER")
    assert getattr(row, f"{attribute}_key") == "after"


def test_a_connector_is_called_at_its_endpoint_where_its_url_is_only_a_name(app: Flask) -> None:
    plain = Connector(id=7, name="x", url="https://ERP.example:8443/a.svc", real_url="")
    app_url = Connector(id=7, name="x", url="app://visma", real_url="https://erp.example:8443/b.svc")
    assert plain.reachable_at == "https://ERP.example:8443/a.svc"
    assert app_url.reachable_at == "https://erp.example:8443/b.svc"
    assert plain.origin == app_url.origin == "7 https://erp.example:8443"


def test_a_connector_that_was_never_seen_has_no_fields(app: Flask) -> None:
    assert Connector(name="x", url="y").config_fields() is None
    assert Connector(name="x", url="y", fields=[]).config_fields() == ()


def test_a_step_where_nothing_was_typed_is_empty(app: Flask) -> None:
    account_id = make_account(app, "Ola")
    setup = Setup(
        kind=SetupKind.GUIDED,
        step=Step.APP,
        account_id=account_id,
        updated_by_id=account_id,
        draft={Step.APP: {"erp": "Visma"}},
    )
    add(app, setup)
    with app.app_context():
        loaded = db.session.query(Setup).one()
        assert loaded.typed(Step.APP) == {"erp": "Visma"}
        assert loaded.typed(Step.CONNECTION) == {}


def test_an_account_is_active_until_it_is_disabled() -> None:
    account = Account(id=3)
    assert account.is_active
    account.disabled_at = now()
    assert not account.is_active
