"""A user or group that is here only is matched by hand with one of SuperOffice: two rows become one, in every scope."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import (
    PracticeSuperOffice,
    Visitor,
    in_app,
    link_practice,
    lose,
    make_connection,
    make_connector,
    make_users,
    says,
)
from wizard.domain.connection import Scope
from wizard.domain.steps import Step
from wizard.extensions import db
from wizard.models import Connection, ConnectionState, ScopeEntry, Setup, User, UserGroup
from wizard.models.database import writing
from wizard.practice.superoffice import Directory

OWN_USER = OWN_GROUP = 1


@pytest.fixture
def read(app: Flask, admin: Visitor, host: PracticeSuperOffice) -> PracticeSuperOffice:
    """Users and groups of SuperOffice beside a user and a group by hand."""
    host.behaviour.directory = Directory(8)
    make_users(app, "Astrid", groups=("Selling",))
    link_practice(app, host)
    admin.post("/users/read")
    return host


def their_user(app: Flask) -> int:
    found = select(User.id).where(User.name == "Astrid Administrator")
    return in_app(app, lambda: db.session.scalars(found).one())  # type: ignore[no-any-return]


def their_group(app: Flask) -> int:
    found = select(UserGroup.id).where(UserGroup.name == "Sales Norway")
    return in_app(app, lambda: db.session.scalars(found).one())  # type: ignore[no-any-return]


def make_scope(app: Flask, name: str, groups: list[int], users: list[int]) -> int:
    entries = [*(ScopeEntry(group_id=each) for each in groups), *(ScopeEntry(user_id=each) for each in users)]
    return make_connection(app, make_connector(app, f"{name}s"), name, all_access=False, scope_entries=entries)


def scope_of(app: Flask, connection: int) -> Scope:
    return in_app(app, lambda: db.session.get_one(Connection, connection).scope)  # type: ignore[no-any-return]


def test_a_scope_that_names_either_names_the_one_that_stays_once(
    app: Flask, admin: Visitor, read: PracticeSuperOffice
) -> None:
    theirs = their_user(app)
    own, other, both = (
        make_scope(app, name, [], users)
        for name, users in (("Own", [OWN_USER]), ("Other", [theirs]), ("Both", [OWN_USER, theirs]))
    )

    admin.post(f"/users/{OWN_USER}/match", {"theirs": theirs})

    assert {scope_of(app, each).user_ids for each in (own, other, both)} == {(OWN_USER,)}
    assert in_app(app, lambda: db.session.get(User, theirs)) is None


def test_a_draft_that_names_the_other_names_the_one_that_stays(
    app: Flask, admin: Visitor, read: PracticeSuperOffice
) -> None:
    theirs, form = their_user(app), str(admin.post("/connections/new").location)
    admin.post(form.replace("/connection", "/scope"), {"user": [theirs], "done": "1"})

    admin.post(f"/users/{OWN_USER}/match", {"theirs": theirs})

    typed = in_app(app, lambda: db.session.scalars(select(Setup)).one().typed(Step.CONNECTION))
    assert typed["user_ids"] == [OWN_USER]


@pytest.mark.parametrize("ids", ["user_ids", "group_ids"])
def test_what_superoffice_is_known_to_have_names_the_one_that_stays(
    app: Flask, admin: Visitor, read: PracticeSuperOffice, ids: str
) -> None:
    is_user = ids == "user_ids"
    own, theirs = (OWN_USER, their_user(app)) if is_user else (OWN_GROUP, their_group(app))
    entered: dict[str, Any] = {"connector": {}, "connection": {"user_ids": [], "group_ids": [], ids: [own, theirs]}}
    other: dict[str, Any] = {"connector": {}, "connection": {"user_ids": [], "group_ids": []}}
    acme, beta = (
        make_connection(app, make_connector(app, f"{name}s"), name, entered=each)
        for name, each in (("Acme", entered), ("Beta", other))
    )

    admin.post(f"/users/{'' if is_user else 'groups/'}{own}/match", {"theirs": theirs})

    assert in_app(app, lambda: db.session.get_one(Connection, acme).entered)["connection"][ids] == [own]
    assert in_app(app, lambda: db.session.get_one(Connection, beta).entered) == other


def test_what_cannot_be_decrypted_does_not_keep_two_from_being_matched(
    app: Flask, admin: Visitor, read: PracticeSuperOffice
) -> None:
    admin.post("/connections/new")
    make_connection(app, make_connector(app), entered={"connection": {}})
    lose(app, "setup.draft", "connection.entered")

    page = admin.post(f"/users/{OWN_USER}/match", {"theirs": their_user(app)}, follow_redirects=True).text

    assert "Astrid is Astrid Administrator in SuperOffice." in says(page)


def test_a_draft_that_does_not_name_the_other_stays_as_it_is(
    app: Flask, admin: Visitor, read: PracticeSuperOffice
) -> None:
    form = str(admin.post("/connections/new").location)
    admin.post(form.replace("/connection", "/scope"), {"user": [OWN_USER], "done": "1"})

    admin.post(f"/users/{OWN_USER}/match", {"theirs": their_user(app)})

    typed = in_app(app, lambda: db.session.scalars(select(Setup)).one().typed(Step.CONNECTION))
    assert typed["user_ids"] == [OWN_USER]


def test_a_group_keeps_the_users_of_both(app: Flask, admin: Visitor, read: PracticeSuperOffice) -> None:
    theirs = their_group(app)
    acme = make_scope(app, "Acme", [theirs], [])

    admin.post(f"/users/groups/{OWN_GROUP}/match", {"theirs": theirs})

    with app.app_context():
        group = db.session.get_one(UserGroup, OWN_GROUP)
        assert group.name == "Sales Norway"
        assert {"Astrid", "Sven Salesman"} <= {user.name for user in group.users}
    assert scope_of(app, acme).group_ids == (OWN_GROUP,)


def test_the_next_reading_finds_the_one_that_stays(app: Flask, admin: Visitor, read: PracticeSuperOffice) -> None:
    admin.post(f"/users/{OWN_USER}/match", {"theirs": their_user(app)})
    before = in_app(app, lambda: db.session.query(User).count())

    page = admin.post("/users/read", follow_redirects=True).text

    assert "Nothing has changed." in page
    assert in_app(app, lambda: db.session.query(User).count()) == before
    assert their_user(app) == OWN_USER


def test_while_a_connection_is_saved_with_the_other_nothing_is_matched(
    app: Flask, admin: Visitor, read: PracticeSuperOffice
) -> None:
    theirs = their_user(app)
    connection = make_scope(app, "Acme", [], [])
    with app.app_context(), writing():
        row = db.session.get_one(Connection, connection)
        values = row.to_input().to_json() | {"all_access": False, "user_ids": [theirs]}
        row.state, row.pending = ConnectionState.SAVING, values
        db.session.commit()

    page = admin.post(f"/users/{OWN_USER}/match", {"theirs": theirs}, follow_redirects=True).text

    assert "Astrid is not matched: Acme is being saved." in page
    assert in_app(app, lambda: db.session.get_one(User, OWN_USER).superoffice_id) is None


@pytest.mark.parametrize("theirs", ["", "1", "999"])
def test_it_is_matched_with_nothing_but_a_user_of_superoffice(
    admin: Visitor, read: PracticeSuperOffice, theirs: str
) -> None:
    assert admin.post(f"/users/{OWN_USER}/match", {"theirs": theirs}).status_code in (404, 409)
