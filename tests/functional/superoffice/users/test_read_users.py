"""Users and groups of the linked SuperOffice on the page Users and groups."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.factories import PracticeSuperOffice, Visitor, form_fields, in_app, link_practice, make_users, says, sign_in
from tests.steps import users
from wizard.domain.accounts import Role
from wizard.extensions import db
from wizard.models import SuperOfficeLink, SuperOfficeReading, User
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.practice.superoffice import Directory
from wizard.services.superoffice import read_users_if_old, reading_users


@pytest.fixture
def linked(app: Flask, host: PracticeSuperOffice) -> PracticeSuperOffice:
    host.behaviour.directory = Directory(40)
    link_practice(app, host)
    return host


def read_at(app: Flask) -> datetime:
    return in_app(app, lambda: db.session.query(SuperOfficeReading).one().read_at)  # type: ignore[return-value]


def failed_at(app: Flask) -> datetime | None:
    return in_app(app, lambda: db.session.query(SuperOfficeReading).one().failed_at)


def read(admin: Visitor) -> str:
    return admin.post("/users/read", follow_redirects=True).text


def test_internal_users_come_with_primary_and_secondary_groups(admin: Visitor, linked: PracticeSuperOffice) -> None:
    page = read(admin)

    there = {u.user_name: u for u in linked.behaviour.directory.users.values()}
    internal = {n for n, u in there.items() if u.type == "InternalAssociate" and not u.has_left}
    found = users(admin)
    assert set(found) == internal
    names = linked.behaviour.directory.groups
    assert all(set(found[n]) == {names[g] for g in there[n].groups} for n in internal)
    assert f"{len(internal)} users and 12 groups, seen in SuperOffice today at" in says(page)


def test_what_has_changed_since_is_said(admin: Visitor, linked: PracticeSuperOffice) -> None:
    read(admin)
    linked.behaviour.directory = Directory(44)

    page = read(admin)

    assert "Read from SuperOffice: 4 new." in says(page)
    assert "Since today at" in says(page)


def test_the_page_is_read_only_while_superoffice_is_linked(admin: Visitor, linked: PracticeSuperOffice) -> None:
    page = read(admin)

    assert "/users/new" not in page
    assert "/users/import" not in page
    assert admin.get("/users/new").status_code == 409
    assert admin.get("/users/import").status_code == 409
    assert admin.get("/users/1").status_code == 409
    assert admin.post("/users/1/delete").status_code == 409


def test_one_by_hand_without_a_partner_is_kept_and_can_be_removed(admin: Visitor, linked: PracticeSuperOffice) -> None:
    make_users(admin.app, "Nobody", groups=("Own group",))
    read(admin)

    page = admin.get("/users/?f=here").text
    assert "Only here 1" in says(page)
    assert "Nobody Not found in SuperOffice" in says(page)
    admin.post("/users/1/delete")

    assert "Every user was found in SuperOffice." in says(admin.get("/users/?f=here").text)


def test_where_nobody_has_left_the_list_says_so(admin: Visitor, linked: PracticeSuperOffice) -> None:
    read(admin)

    page = says(admin.get("/users/?f=left").text)

    assert "No user has left." in page
    assert "No group is gone." in page


def test_one_by_hand_is_matched_by_hand_and_becomes_the_other(admin: Visitor, linked: PracticeSuperOffice) -> None:
    (own,) = make_users(admin.app, "Astrid")
    read(admin)
    page = admin.get(f"/users/{own}/match").text
    assert "Astrid Administrator" in says(page)

    theirs = form_fields(page)["theirs"]
    answer = admin.post(f"/users/{own}/match", {"theirs": theirs}, follow_redirects=True)

    assert "Astrid is Astrid Administrator in SuperOffice." in says(answer.text)
    assert "astrid" not in users(admin)
    user = in_app(admin.app, lambda: db.session.get_one(User, own))
    assert (user.name, user.username) == ("Astrid Administrator", "admin@practice.example")


def test_a_reading_that_fails_changes_nothing_and_says_why(admin: Visitor, linked: PracticeSuperOffice) -> None:
    read(admin)
    before = users(admin)
    linked.plan("exception", times=None)

    page = read(admin)

    assert "Users and groups could not be read." in says(page)
    assert "They could not be read today at" in says(page)
    assert "seen in SuperOffice today at" in says(page)
    assert users(admin) == before


def test_after_unlinking_they_stay_and_can_be_changed(admin: Visitor, linked: PracticeSuperOffice) -> None:
    read(admin)
    before = users(admin)
    with admin.app.app_context(), writing():
        db.session.delete(db.session.query(SuperOfficeLink).one())
        db.session.commit()

    page = admin.get("/users/").text

    assert "As last seen in SuperOffice today at" in says(page)
    assert users(admin) == before
    assert admin.get("/users/1").status_code == 200


def test_a_reader_sees_when_they_were_read_but_reads_none(
    app: Flask, admin: Visitor, linked: PracticeSuperOffice
) -> None:
    read(admin)
    reader = sign_in(app, "Rita", role=Role.READER)

    assert "seen in SuperOffice today at" in says(reader.get("/users/").text)
    assert "/users/read" not in reader.get("/users/").text
    assert reader.post("/users/read").status_code == 403


def test_users_older_than_a_day_are_read_before_they_are_used(app: Flask, linked: PracticeSuperOffice) -> None:
    in_app(app, read_users_if_old)
    first = read_at(app)
    in_app(app, read_users_if_old)
    assert read_at(app) == first

    with app.app_context(), writing():
        db.session.execute(update(SuperOfficeLink).values(users_read_at=now() - timedelta(days=1, minutes=1)))
        db.session.commit()
    in_app(app, read_users_if_old)

    assert read_at(app) > first


def test_a_failed_reading_is_not_repeated_at_once(app: Flask, linked: PracticeSuperOffice) -> None:
    linked.plan("exception", times=None)
    in_app(app, read_users_if_old)
    failed = failed_at(app)
    in_app(app, read_users_if_old)

    assert failed is not None
    assert failed_at(app) == failed


def test_more_users_than_can_be_stored_change_nothing_and_are_told(
    admin: Visitor, linked: PracticeSuperOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_users, "MAX_USERS", 30)

    page = read(admin)

    assert "SuperOffice has 37 users; up to 30 can be read. Nothing was changed." in says(page)
    assert users(admin) == {}
