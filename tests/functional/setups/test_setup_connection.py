"""Step 3: add an ERP connection."""

from __future__ import annotations

import re

import pytest

from tests.factories import (
    Visitor,
    declared_field,
    form_fields,
    in_app,
)
from tests.steps import RIGHT, connections, open_step_3
from wizard.domain.connection import ConnectionInput
from wizard.errors import InvalidInput
from wizard.extensions import db
from wizard.models import Connector, Setup, User, UserGroup
from wizard.models.database import writing
from wizard.services.connections.save import save_connection


def test_a_tested_connection_is_saved_and_the_sheet_shows_its_values_without_the_secret(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url)
    tested = admin.send(page, RIGHT | {"action": "test"})
    assert "The connection works" in tested.text

    done = admin.send(page, {"action": "ok"})

    assert done.request.path.endswith("/done")
    assert "Acme Norway is saved" in done.text
    assert "ACME-NO" in done.text
    assert "Not entered in SuperOffice yet" in done.text
    saved = connections(admin)[0]
    assert (saved.state, saved.config["ApiPassword"]) == ("saved", "practice")
    assert saved.catalog is not None
    assert set(saved.catalog) == {"Customer", "Supplier", "Person", "Project"}


def test_a_rejected_password_is_reported_at_its_field_and_the_right_one_passes(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url)

    failed = admin.send(page, RIGHT | {"cf:ApiPassword": "wrong", "action": "test"})

    assert "The test stopped at the ERP" in failed.text
    field = re.search(r'id="(field-\w+)-error".*?The ERP refused the API password', failed.text, re.DOTALL)
    assert field is not None
    assert "OK</button>" in failed.text
    repaired = admin.send(page, {"cf:ApiPassword": "practice", "action": "test"})
    assert "The connection works" in repaired.text


def test_ok_without_a_test_is_refused_and_the_form_stays(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"action": "ok"})

    assert answer.status_code == 422
    assert "These values have not been tested" in answer.text
    assert form_fields(answer.text)["cf:Company"] == "ACME-NO"
    assert connections(admin) == []


def test_ok_with_other_values_than_those_tested_is_refused_and_says_which_changed(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})

    answer = admin.send(page, {"cf:Company": "ACME-SE", "action": "ok"})

    assert answer.status_code == 422
    assert "No longer valid" in answer.text
    assert "Put ACME-NO back and the receipt is valid again." in answer.text
    assert admin.send(page, {"cf:Company": "ACME-NO", "action": "ok"}).request.path.endswith("/done")


def test_the_gate_counts_what_was_changed_since_the_test(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})

    one = admin.send(page, {"cf:Company": "ACME-SE", "action": "ok"}).text
    two = admin.send(page, {"cf:VatRate": "12", "action": "ok"}).text

    assert "because <a" in one.partition('id="gate"')[2]
    assert "Test again, because 2 fields were changed" in two


def test_needed_fields_are_named_when_they_are_empty(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, {"cf:Company": "", "cf:Outcome": "", "action": "test"})

    assert answer.status_code == 422
    for text in ("Enter Company code.", "Enter API password.", "Choose How the test ends."):
        assert text in answer.text


def test_another_connector_keeps_equal_keys_and_asks_for_the_secret_anew(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    other_url = practice_url + "?ConnectorName=Continental"
    open_step_3(admin, other_url, "Continental")
    other = in_app(admin.app, lambda: db.session.scalar(db.select(Connector.id).where(Connector.name == "Continental")))

    fields = form_fields(admin.get(page).text) | {"connector_id": str(other)}
    swapped = admin.post(page + "/fields", fields, htmx=True)

    rendered = form_fields(swapped.text)
    assert rendered["cf:Company"] == "ACME-NO"
    assert rendered["cf:Region"] == "NL"
    assert "cf:VatRate" not in rendered
    assert "It is never shown again" not in swapped.text


def test_the_scope_needs_somebody_and_counts_people_once(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    with admin.app.app_context(), writing():
        anna, bob = (User(name=name, username=name) for name in ("Anna", "Bob"))
        sales, finance = UserGroup(name="Sales", users=[anna, bob]), UserGroup(name="Finance", users=[anna])
        db.session.add_all([anna, bob, sales, finance])
        db.session.commit()
        groups, people = [sales.id, finance.id], [bob.id]

    nobody = admin.send(page, RIGHT | {"scope": "specific", "action": "ok"})
    assert "Choose at least one user or group, or Everyone." in nobody.text
    scope = page.replace("/connection", "/scope")
    chosen = admin.post(scope, {"group": groups, "user": people, "done": "1"}, follow_redirects=True)

    assert "2 groups + 1 user" in chosen.text
    assert "2 users" in chosen.text
    admin.send(page, {"action": "test"})
    done = admin.send(page, {"action": "ok"})
    assert "Finance; Sales; Bob" in done.text.replace("Sales; Finance", "Finance; Sales")


def test_a_name_that_differs_only_in_case_is_taken(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    admin.send(page, {"action": "ok"})
    again = str(admin.post("/connections/new").location)
    admin.send(again, RIGHT | {"name": "ACME norway", "connector_id": "1", "action": "fields"})
    admin.send(again, RIGHT | {"name": "ACME norway", "action": "test"})

    answer = admin.send(again, {"action": "ok"})

    assert answer.status_code == 422
    assert "Another connection has this name" in answer.text


def test_a_connector_that_changed_its_fields_between_page_and_press_is_reported(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url)
    fields = form_fields(admin.get(page).text) | RIGHT | {"action": "test"}
    with admin.app.app_context(), writing():
        connector = db.session.scalars(db.select(Connector)).one()
        connector.fields = [
            field | ({"key": "Organisation", "label": "Organisation"} if field["key"] == "VatRate" else {})
            for field in connector.fields or []
        ]
        db.session.commit()

    answer = admin.post(page, fields)
    rendered = admin.post(page, fields | {"action": "fields"})

    assert (answer.status_code, rendered.status_code) == (422, 200)
    for text in (answer.text, rendered.text):
        assert "The connector now asks for other fields" in text
        assert "New: Organisation." in text
        assert form_fields(text)["cf:Company"] == "ACME-NO"


def test_what_a_test_of_other_fields_has_said_is_not_said_of_the_new_ones(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    failed = admin.send(page, RIGHT | {"cf:ApiPassword": "wrong", "action": "test"}).text
    assert "This connection cannot be used yet" in failed
    with admin.app.app_context(), writing():
        connector = db.session.get_one(Connector, 1)
        connector.fields = [*(connector.fields or []), declared_field("Region", "Region")]
        db.session.commit()

    rendered = admin.post(page, form_fields(failed) | {"action": "fields"}).text

    assert "New: Region." in rendered
    assert "This connection cannot be used yet" not in rendered


def test_an_incomplete_connection_is_not_saved_whatever_the_form_says(admin: Visitor, practice_url: str) -> None:
    open_step_3(admin, practice_url)

    def save_nothing() -> None:
        setup = db.session.scalars(db.select(Setup)).one()
        with pytest.raises(InvalidInput) as refused:
            save_connection(setup.account, setup, ConnectionInput())
        assert refused.value.errors == {"name": "missing", "connector_id": "missing"}

    in_app(admin.app, save_nothing)
