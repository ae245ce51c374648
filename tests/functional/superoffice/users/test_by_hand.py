"""What was entered by hand in SuperOffice is compared with it where the app may only read there."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.factories import (
    PracticeSuperOffice,
    Visitor,
    link_practice,
    make_connection,
    make_connector,
    make_users,
    says,
)
from tests.functional.superoffice.calls import api_of, save_connection, save_connector
from tests.superoffice_sides import change_there
from wizard.domain.next_steps import NextStep
from wizard.domain.superoffice import LinkAccess
from wizard.extensions import db
from wizard.models import Connection, DoneStep, ScopeEntry, SuperOfficeState
from wizard.models.columns import now
from wizard.models.database import writing


@pytest.fixture
def linked(app: Flask, host: PracticeSuperOffice) -> PracticeSuperOffice:
    """SuperOffice with a connector, linked for reading only, and a connection here on that connector."""
    save_connector(api_of(host), host.connector_url, "Visma Sync")
    link_practice(app, host, access=LinkAccess.READ_ONLY)
    make_saved(app, host)
    return host


def make_saved(app: Flask, host: PracticeSuperOffice, **more: Any) -> None:
    receipt = {"number": "1", "who": "Ingrid", "at": now().isoformat(), "stages": []}
    connector = make_connector(app, "Visma Sync", host.connector_url)
    make_connection(app, connector, "Acme", receipt=receipt, fields=[], config={}, **more)


def tick(admin: Visitor) -> None:
    admin.post("/connections/1/steps/enter", {"done": "1", "versions": "1.1"})


def page(admin: Visitor) -> str:
    return says(admin.get("/connections/1").text)


def test_what_was_entered_rightly_is_the_same(admin: Visitor, linked: PracticeSuperOffice) -> None:
    save_connection(api_of(linked), 1, DisplayName="Acme")
    tick(admin)

    text = page(admin)

    assert "6 of 7 values seen in SuperOffice today at" in text
    assert "Name Acme Same" in text
    assert "Active Not yet Same" in text
    assert "Not checked Ingrid Berg said so today at" in text
    assert "Differs" not in text


def test_what_was_mistyped_differs_and_is_shown(admin: Visitor, linked: PracticeSuperOffice) -> None:
    save_connection(api_of(linked), 1, DisplayName="Akme", AllAccess=False, UserGroupAccessIds=[2])
    tick(admin)

    text = page(admin)

    assert "Name Acme Differs Akme Correct it in SuperOffice, or change it here." in text
    assert "Scope All users of SuperOffice Differs Specific users + groups" in text


def test_one_that_is_active_there_before_its_step_is_ticked_differs(
    admin: Visitor, linked: PracticeSuperOffice
) -> None:
    save_connection(api_of(linked), 1, DisplayName="Acme")
    change_there(linked, Active=True)
    tick(admin)

    text = page(admin)

    assert "Active Not yet Differs Active Tick the step here if that is right, or change it in SuperOffice." in text


@pytest.mark.parametrize(
    ("active", "result"), [(True, "Active Yes Same"), (False, "Active Yes Differs Not active Scope")]
)
def test_one_that_the_wizard_has_seen_active_is_compared_with_that_and_no_step_is_to_be_ticked(
    admin: Visitor, linked: PracticeSuperOffice, active: bool, result: str
) -> None:
    save_connection(api_of(linked), 1, DisplayName="Acme")
    change_there(linked, Active=active)
    with admin.app.app_context(), writing():
        connection = db.session.query(Connection).one()
        connection.superoffice_state, connection.superoffice_seen = SuperOfficeState.SAVED, {"Active": True}
        db.session.commit()

    admin.post("/setup/superoffice/read")

    assert result in page(admin)
    assert "Tick the step here" not in page(admin)


def test_users_and_groups_are_counted_and_not_compared(admin: Visitor, linked: PracticeSuperOffice) -> None:
    (user,) = make_users(admin.app, "Kari")
    with admin.app.app_context(), writing():
        connection = db.session.query(Connection).one()
        connection.scope_entries, connection.all_access = [ScopeEntry(user_id=user)], False
        db.session.commit()
    save_connection(api_of(linked), 1, DisplayName="Acme", AllAccess=False, UserGroupAccessIds=[2])
    tick(admin)

    text = page(admin)

    assert "Scope Specific users + groups Same" in text
    assert "1 user Not checked" in text


def test_what_is_corrected_there_is_seen_on_demand(admin: Visitor, linked: PracticeSuperOffice) -> None:
    save_connection(api_of(linked), 1, DisplayName="Akme")
    tick(admin)
    assert "Differs Akme" in page(admin)
    save_connection(api_of(linked), 1, ErpConnectionId=1, DisplayName="Acme")

    admin.post("/setup/superoffice/read")

    assert "Name Acme Same" in page(admin)


def test_one_that_was_not_entered_yet_is_not_missed(admin: Visitor, linked: PracticeSuperOffice) -> None:
    assert "Entered by hand" not in page(admin)


def test_one_that_is_said_to_be_entered_and_is_not_there_is_missed(admin: Visitor, linked: PracticeSuperOffice) -> None:
    tick(admin)

    assert "It was not found in SuperOffice, neither by its name nor by its connector." in page(admin)


def test_several_that_it_may_be_are_named(admin: Visitor, linked: PracticeSuperOffice) -> None:
    for _ in range(2):
        save_connection(api_of(linked), 1, DisplayName="Acme")
    tick(admin)

    assert "It may be any of these in SuperOffice: Acme, Acme." in page(admin)


def test_what_is_another_connection_here_is_not_taken_for_it(
    app: Flask, admin: Visitor, linked: PracticeSuperOffice
) -> None:
    for name in ("Acme", "Beta"):
        save_connection(api_of(linked), 1, DisplayName=name)
    make_connection(app, 1, "Beta")
    tick(admin)

    text = page(admin)

    assert "Name Acme Same" in text
    assert "Beta" not in text.partition("Name Acme Same")[2]


def test_while_superoffice_does_not_answer_what_was_seen_stays(admin: Visitor, linked: PracticeSuperOffice) -> None:
    save_connection(api_of(linked), 1, DisplayName="Acme")
    tick(admin)
    page(admin)
    linked.plan("null", times=None)

    admin.post("/setup/superoffice/read")
    text = page(admin)

    assert "SuperOffice could not be read today at" in text
    assert "Name Acme Same" in text


@pytest.mark.parametrize("access", [LinkAccess.FULL, None])
def test_nothing_is_compared_so_without_a_link_that_only_reads(
    app: Flask, admin: Visitor, host: PracticeSuperOffice, access: LinkAccess | None
) -> None:
    save_connection(api_of(host), save_connector(api_of(host), host.connector_url), DisplayName="Acme")
    make_saved(app, host, done_steps=[DoneStep(step=NextStep.ENTER, who="Ingrid")])
    if access is not None:
        link_practice(app, host, access=access)

    assert "Entered by hand" not in page(admin)
