"""The Sync page: the way in, and what its rows say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.factories import (
    Visitor,
    declared_field,
    form_fields,
    lose,
    make_connection,
    make_connector,
    make_users,
    row_of,
)
from wizard.domain.check import Health, Outcome, Stage, StageResult, Verdict
from wizard.extensions import db
from wizard.models import Connection, ConnectionState, ScopeEntry
from wizard.models.columns import now
from wizard.models.database import writing

RUN = "0" * 32


def health(verdict: Verdict, stage: StageResult | None = None) -> Health:
    """Of a check that has ended an hour ago."""
    return Health(verdict, stage, now() - timedelta(hours=1), 120, RUN)


def test_the_empty_page_leads_into_the_guide_and_to_the_practice_connector(admin: Visitor) -> None:
    page = admin.get("/").text

    for text in ("Connect SuperOffice to your ERP", "Start setup", "Try with the practice connector"):
        assert text in page
    answer = admin.post("/practice-setup", follow_redirects=True)
    assert answer.request.path == "/setup/1/connector"
    assert form_fields(answer.text)["name"] == "Practice connector"


def test_a_practice_connector_that_is_switched_off_is_not_offered(admin: Visitor) -> None:
    admin.app.config["PRACTICE"] = False

    assert "practice" not in admin.get("/").text.lower()


def test_both_lists_show_names_addresses_and_who_uses_what(admin: Visitor) -> None:
    connector = make_connector(admin.app, "Cloud", "app://1a2b", real_url="https://real.example/x.svc")
    make_connector(admin.app, "Spare")
    make_connection(admin.app, connector, "Acme Norway", description="Oslo")

    page = admin.get("/").text

    assert "2 connectors, 1 connection." in page
    assert "1 connection" in row_of(page, "Cloud")
    assert "real.example" in row_of(page, "Cloud")
    assert "No connections" in row_of(page, "Spare")
    assert "Not yet Not entered in SuperOffice yet Acme Norway Oslo Cloud Everyone" in row_of(page, "Acme Norway")


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (None, "Not reached yet Added without a check."),
        (health(Verdict.PASSED), "Answers Today at"),
        (
            health(Verdict.WARNING, StageResult(Stage.ADDRESS, Outcome.WARNING, "address.plain_http")),
            "Answers, with a remark",
        ),
        (health(Verdict.FAILED, StageResult(Stage.CONNECT, Outcome.FAILED, "connect.refused")), "Does not work"),
    ],
    ids=["never", "passed", "warning", "failed"],
)
def test_the_health_of_a_connector_is_reported_in_words(admin: Visitor, state: Health | None, text: str) -> None:
    make_connector(admin.app, "Visma", health=state)

    row = row_of(admin.get("/").text, "Visma")

    assert text.replace("Today at", "").strip() in row
    assert ("See the check" in row) == (state is not None)


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (health(Verdict.PASSED), "Passed"),
        (health(Verdict.WARNING, StageResult(Stage.CONFIG, Outcome.WARNING, "config.warning")), "Passed with a remark"),
        (health(Verdict.FAILED, StageResult(Stage.CONFIG, Outcome.FAILED, "config.rejected")), "Failed"),
    ],
    ids=["passed", "warning", "failed"],
)
def test_the_last_test_of_a_connection_is_reported_in_words(admin: Visitor, state: Health, text: str) -> None:
    make_connection(admin.app, make_connector(admin.app), "Acme", health=state)

    assert text in row_of(admin.get("/").text, "Acme")


def test_a_connection_that_is_being_saved_is_marked_so(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app), "Acme")
    with admin.app.app_context(), writing():
        db.session.get_one(Connection, 1).state = ConnectionState.SAVING
        db.session.commit()

    row = row_of(admin.get("/").text, "Acme")

    assert "Being saved" in row
    assert "Added without a check" not in row


def test_users_of_a_scope_are_counted_once(admin: Visitor) -> None:
    make_users(admin.app, "Anna", "Bob", groups=("Sales", "Finance"))
    make_users(admin.app, "Carl")
    entries = [ScopeEntry(group_id=1), ScopeEntry(group_id=2), ScopeEntry(user_id=1)]
    connector = make_connector(admin.app)
    make_connection(admin.app, connector, "Acme", all_access=False, scope_entries=entries)
    make_connection(admin.app, connector, "Open")

    page = admin.get("/").text

    assert "2 groups + 1 user 2 users" in row_of(page, "Acme")
    assert "Everyone All users of SuperOffice" in row_of(page, "Open")


def test_a_connection_whose_connector_asks_for_other_fields_says_what_came_what_went_and_what_to_do(
    admin: Visitor,
) -> None:
    before = [
        declared_field("Company", "Company"),
        declared_field("Old", 'US:"Old key";NL:"Oude sleutel"'),
        declared_field("Same", "Same"),
    ]
    after = [
        declared_field("Company", "Company", max_length=5),
        declared_field("New", ""),
        declared_field("Same", "Same"),
    ]
    connector = make_connector(admin.app, fields=after)
    make_connection(admin.app, connector, "Acme", fields=before)
    make_connection(admin.app, connector, "Fresh", fields=after)

    page = admin.get("/").text

    row = row_of(page, "Acme")
    for text in ("Fields changed", "New: New.", "No longer asked for: Old key.", "Changed: Company."):
        assert text in row
    assert "Edit it, fill them in and test again." in row
    assert "Fields changed" not in row_of(page, "Fresh")


@pytest.mark.parametrize(
    ("after", "text"),
    [([declared_field("A", "A"), declared_field("B", "B")], "New: B."), ([], "No longer asked for: A.")],
    ids=["came", "went"],
)
def test_only_what_changed_is_named(admin: Visitor, after: list[dict[str, Any]], text: str) -> None:
    make_connection(admin.app, make_connector(admin.app, fields=after), "Acme", fields=[declared_field("A", "A")])

    row = row_of(admin.get("/").text, "Acme")

    assert text in row
    assert "Changed:" not in row


def test_the_address_of_a_connector_is_never_a_link_and_markup_is_text(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app, "<b>x</b>", "javascript:alert(1)"), "<img src=x>")

    page = admin.get("/").text

    assert 'href="javascript' not in page
    assert "<img src=x>" not in page


def test_the_health_address_answers_without_a_login(app: Flask) -> None:
    answer = app.test_client().get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_every_language_shows_the_page(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app, health=health(Verdict.PASSED)), "Acme")

    for language in ("nl", "de", "nb", "sv", "da"):
        admin.language = language
        assert admin.get("/").status_code == 200


def test_a_connection_whose_values_cannot_be_read_is_reported_in_the_list(app: Flask, admin: Visitor) -> None:
    make_connection(app, make_connector(app, health=health(Verdict.PASSED)), "Acme")
    lose(app, "connection.config")

    assert "It was encrypted with a key that the wizard does not have." in admin.get("/").text
    assert "is deleted" in admin.post("/connections/1/delete", follow_redirects=True).text
