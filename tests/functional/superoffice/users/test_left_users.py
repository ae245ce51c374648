"""Users of a scope who have left SuperOffice: shown as such wherever the scope is, and never dropped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.factories import PracticeSuperOffice, Visitor, in_app, link_practice, make_connection, make_connector, says
from tests.factories import make_users as make_users_by_hand
from wizard.domain.steps import Step
from wizard.extensions import db
from wizard.models import ScopeEntry, Setup, SuperOfficeLink, User
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.practice.superoffice import Directory

STAYS, HAS_LEFT = 1, 2


@pytest.fixture
def _users(app: Flask) -> None:
    """Two users in one group, of whom one has left."""
    make_users_by_hand(app, "Anna", "Bob", groups=("Sales",))
    with app.app_context(), writing():
        db.session.execute(update(User).where(User.id == HAS_LEFT).values(left_at=now(), superoffice_id=70))
        db.session.commit()


@pytest.mark.usefixtures("_users")
def test_the_dialog_shows_one_who_is_chosen_and_offers_no_other(admin: Visitor) -> None:
    scope = str(admin.post("/connections/new").location).replace("/connection", "/scope")

    offered = admin.get(scope).text
    chosen = admin.post(scope, {"user": [STAYS, HAS_LEFT], "group": 1}).text

    assert "Bob" not in offered
    assert "Bob Has left SuperOffice" in says(chosen)
    assert "No longer in SuperOffice: Bob." in says(chosen)
    assert "1 group + 2 users: 1 user ." in says(chosen)


@pytest.mark.usefixtures("_users")
def test_step_3_says_so_and_keeps_the_choice(admin: Visitor) -> None:
    form = str(admin.post("/connections/new").location)
    admin.post(form.replace("/connection", "/scope"), {"user": [STAYS, HAS_LEFT], "done": "1"})

    assert "No longer in SuperOffice: Bob." in says(admin.get(form).text)
    typed = in_app(admin.app, lambda: db.session.scalars(db.select(Setup)).one().typed(Step.CONNECTION))
    assert typed["user_ids"] == [STAYS, HAS_LEFT]


@pytest.mark.usefixtures("_users")
def test_the_page_of_the_connection_says_so(admin: Visitor) -> None:
    entries = [ScopeEntry(user_id=STAYS), ScopeEntry(user_id=HAS_LEFT)]
    receipt = {"number": "1", "who": "Ingrid", "at": now().isoformat(), "stages": []}
    scope = {"all_access": False, "scope_entries": entries, "receipt": receipt, "fields": [], "config": {}}
    connection = make_connection(admin.app, make_connector(admin.app), **scope)

    assert "No longer in SuperOffice: Bob." in says(admin.get(f"/connections/{connection}").text)


def test_the_dialog_reads_users_that_are_older_than_a_day_and_says_when(
    admin: Visitor, host: PracticeSuperOffice
) -> None:
    host.behaviour.directory = Directory(6)
    link_practice(admin.app, host, users_read_at=now() - timedelta(days=2))
    scope = str(admin.post("/connections/new").location).replace("/connection", "/scope")

    page = says(admin.get(scope).text)

    assert "Seen in SuperOffice today at" in page
    assert "Astrid Administrator" in page
    assert in_app(admin.app, lambda: db.session.query(SuperOfficeLink).one().users_read_at) > now() - timedelta(days=1)
