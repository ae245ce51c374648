"""The Sync page: the way in, both lists, and what is in progress."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from lxml import html

from tests.factories import (
    Visitor,
    declared_field,
    form_fields,
    lose,
    make_connection,
    make_connector,
    make_users,
    row_of,
    sign_in,
)
from wizard.domain.check import Health, Outcome, Stage, StageResult, Verdict
from wizard.extensions import db
from wizard.models import Connection, ConnectionState, Connector, ScopeEntry
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.lists import PAGE_SIZE

RUN = "0" * 32


def health(verdict: Verdict, stage: StageResult | None = None) -> Health:
    """Of a check that has ended an hour ago."""
    return Health(verdict, stage, now() - timedelta(hours=1), 120, RUN)


def make_many(app: Flask, count: int) -> None:
    """So many connectors and connections."""
    with app.app_context(), writing():
        rows = [Connector(name=f"Connector {n:05}", url=f"https://{n}.example/x.svc") for n in range(count)]
        db.session.add_all(rows)
        db.session.flush()
        db.session.add_all(
            Connection(guid=f"{n:036}", name=f"Company {n:05}", connector_id=row.id, state="saved")
            for n, row in enumerate(rows)
        )
        db.session.commit()


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
    assert "Not yet Acme Norway Oslo Cloud Everyone" in row_of(page, "Acme Norway")


def test_the_counts_of_current_and_deleted_rows_stand_on_the_filters(admin: Visitor) -> None:
    for name in ("One", "Two", "Three"):
        make_connection(admin.app, make_connector(admin.app, name), name)
    admin.post("/connections/1/delete")
    admin.post("/connectors/1/delete")

    current, deleted = admin.get("/").text, admin.get("/?cd=1&nd=1").text

    for page in (current, deleted):
        assert page.count("Current 2") == 2
        assert page.count("Deleted 1") == 2
    assert "<b>One</b>" not in current
    assert deleted.count("<b>One</b>") == 2
    assert 'action="/connectors/1/restore"' in deleted


def test_an_empty_filter_or_search_says_so(admin: Visitor) -> None:
    make_connector(admin.app)

    page = admin.get("/?cd=1&nd=1").text
    assert "No connector is deleted." in page
    assert "No connection is deleted." in page
    assert "No connections yet." in admin.get("/").text
    assert admin.get("/?cq=nothing&nq=nothing").text.count("Nothing found.") == 2


def test_lists_are_searched_apart_and_each_keeps_the_other(admin: Visitor) -> None:
    make_many(admin.app, 8)

    page = admin.get("/?cq=00003&nq=COMPANY%2000005").text

    assert "<b>Connector 00003</b>" in page
    assert "<b>Connector 00004</b>" not in page
    assert "<b>Company 00005</b>" in page
    assert "<b>Company 00003</b>" not in page
    assert '<input type="hidden" name="nq" value="COMPANY 00005">' in page
    assert '<input type="hidden" name="cq" value="00003">' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cq=4.example", {"Connector 00004"}),
        ("cq=%25", set()),
        ("cq=_", set()),
        ("cq=%00", {f"Connector {n:05}" for n in range(8)}),
        ("cq=" + "x" * 5000, set()),
        ("nq=connector%2000006", {"Company 00006"}),
    ],
)
def test_a_search_looks_into_what_is_shown_and_takes_signs_as_they_are(
    admin: Visitor, query: str, found: set[str]
) -> None:
    make_many(admin.app, 8)
    kind = "Connector" if query.startswith("cq") else "Company"

    page = admin.get("/?" + query).text

    assert set(re.findall(rf"<b>({kind} \d+)</b>", page)) == found


def test_lists_go_page_by_page_and_each_keeps_the_page_of_the_other(admin: Visitor) -> None:
    make_many(admin.app, 2 * PAGE_SIZE + 5)

    page = admin.get("/?cp=2&np=3").text

    assert f"{PAGE_SIZE + 1} to {2 * PAGE_SIZE} of {2 * PAGE_SIZE + 5}" in page
    assert f"{2 * PAGE_SIZE + 1} to {2 * PAGE_SIZE + 5} of {2 * PAGE_SIZE + 5}" in page
    assert 'href="/?cp=1&amp;np=3#connectors"' in page
    assert 'href="/?cp=3&amp;np=3#connectors"' in page
    assert 'href="/?cp=2&amp;np=2#connections"' in page


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "", "9" * 5000, "²", "٣"])
def test_a_page_that_is_not_there_is_the_nearest(admin: Visitor, number: str) -> None:
    make_many(admin.app, PAGE_SIZE + 5)

    answer = admin.get("/", query_string={"cp": number})

    assert answer.status_code == 200
    assert (f"{PAGE_SIZE + 1} to {PAGE_SIZE + 5} of {PAGE_SIZE + 5}" in answer.text) == (number in ("99", "٣"))


@pytest.mark.parametrize("query", ["endpoint=1", "_anchor=x", "_external=1&_scheme=javascript", "_method=POST", "cp=2"])
def test_other_words_in_the_address_do_no_harm(admin: Visitor, query: str) -> None:
    make_many(admin.app, 30)

    answer = admin.get("/?" + query)

    assert answer.status_code == 200
    assert "javascript:" not in answer.text


def test_the_lists_alone_are_answered_to_htmx(admin: Visitor) -> None:
    make_connector(admin.app, "Visma")

    part = admin.htmx("/")

    assert "<html" not in part.text
    assert "<b>Visma</b>" in part.text


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
def test_the_health_of_a_connector_is_told_in_words(admin: Visitor, state: Health | None, text: str) -> None:
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
def test_the_last_test_of_a_connection_is_told_in_words(admin: Visitor, state: Health, text: str) -> None:
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


def test_an_active_connection_is_marked_so(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app), "Acme", active=True)

    assert row_of(admin.get("/").text, "Acme").startswith("Yes Acme")


def test_people_of_a_scope_are_counted_once(admin: Visitor) -> None:
    make_users(admin.app, "Anna", "Bob", groups=("Sales", "Finance"))
    make_users(admin.app, "Carl")
    entries = [ScopeEntry(group_id=1), ScopeEntry(group_id=2), ScopeEntry(user_id=1)]
    connector = make_connector(admin.app)
    make_connection(admin.app, connector, "Acme", all_access=False, scope_entries=entries)
    make_connection(admin.app, connector, "Open")

    page = admin.get("/").text

    assert "2 groups + 1 user 2 people" in row_of(page, "Acme")
    assert "Everyone 3 people" in row_of(page, "Open")


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


def test_setups_in_progress_are_resumed_where_they_stopped_and_by_whom_is_said(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)
    admin.post(page + "/draft", {"erp": "Visma.net"}, htmx=True)
    admin.post(page, {"erp": "Visma.net", "action": "skip"})
    other = sign_in(admin.app, "Lars Nilsson")

    mine, theirs = admin.get("/").text, other.get("/").text

    assert "Setup in progress, step 2 of 3" in mine
    assert "Visma.net" in mine
    assert re.search(r"Saved as draft .* by you\.", mine)
    assert re.search(r"Saved as draft .* by Ingrid Berg\.", theirs)
    assert 'href="/setup/1/connector"' in mine


def test_of_several_setups_in_progress_only_the_newest_stands_out(admin: Visitor) -> None:
    for erp in ("Visma.net", "Unit4", "Exact"):
        page = str(admin.post("/setup/new").location)
        admin.post(page, {"erp": erp, "action": "skip"})

    links = html.fromstring(admin.get("/").text).xpath("//section[contains(@class, 'resume')]//a")

    assert ["Exact" in str(link.text_content()) for link in links] == [True, False, False]
    assert ["button-main" in link.get("class", "") for link in links] == [True, False, False]


def test_a_form_opened_from_a_list_is_resumed_once_something_was_typed(admin: Visitor) -> None:
    make_connector(admin.app, "Visma")
    page = str(admin.post("/connectors/1/edit").location)
    assert "Changes not saved yet" not in admin.get("/").text

    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"name": "Visma North"}, htmx=True)

    home = admin.get("/").text
    assert "Changes not saved yet" in home
    assert "Visma North" in home


def test_a_setup_in_which_nothing_was_done_is_not_in_the_list(admin: Visitor) -> None:
    admin.post("/setup/new")

    assert "New setup" not in admin.get("/").text


def test_a_setup_without_a_name_has_one_in_the_list(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)
    admin.post(page, {"action": "skip"})

    assert "New setup" in admin.get("/").text


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("connectors", "New Sync Connector, not saved yet"),
        ("connections", "New ERP connection, not saved yet"),
    ],
)
@pytest.mark.parametrize(("name", "title"), [("", "Without a name"), ("Acme", "Acme")])
def test_a_new_form_says_what_it_would_save(admin: Visitor, where: str, what: str, name: str, title: str) -> None:
    page = str(admin.post(f"/{where}/new").location)
    admin.post(page + "/draft", {"name": name, "description": "For Norway", "url": "https://x.example/"}, htmx=True)

    resume = html.fromstring(admin.get("/").text).xpath("//section[contains(@class, 'resume')]")[0]

    text = " ".join(resume.text_content().split())
    assert text.startswith(f"{what} {title}")
    assert "Changes not saved yet" not in text
    assert "Continue setup" not in text


def test_a_setup_in_progress_says_what_is_there_and_what_is_left(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)
    admin.post(page, {"erp": "Visma.net", "action": "skip"})

    home = html.fromstring(admin.get("/").text)

    badges = [" ".join(each.text_content().split()) for each in home.xpath("//section[contains(@class, 'resume')]//li")]
    assert badges == ["App installed", "Connector to add", "Connection to add"]
    main = [" ".join(each.text_content().split()) for each in home.xpath("//*[contains(@class, 'button-main')]")]
    assert main == ["Continue setup Visma.net"]


def test_ten_thousand_rows_are_counted_searched_and_paged(admin: Visitor) -> None:
    make_many(admin.app, 10_000)

    assert "10000 connectors, 10000 connections." in admin.get("/").text.replace(",000", "000")
    assert "to 10000 of 10000" in admin.get("/?cp=9999").text.replace(",", "")
    assert "<b>Company 09999</b>" in admin.get("/?nq=09999").text
    copy = str(admin.post("/connections/10000/edit").location)
    assert admin.get(copy).status_code == 200


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


def test_a_draft_that_cannot_be_read_is_told_and_can_be_discarded(app: Flask, admin: Visitor) -> None:
    page = str(admin.post("/connections/new").location)
    admin.send(page, {"name": "Acme", "action": "fields"})
    lose(app, "setup.draft")
    app.testing = False
    health = app.test_client().get("/healthz")
    assert (health.status_code, health.json) == (503, {"status": "the keys do not fit the database"})

    home = admin.get("/")
    assert "It was encrypted with a key that the wizard does not have." in home.text
    opened = admin.get(page)
    assert (opened.status_code, "This cannot be read" in opened.text) == (500, True)

    assert "The draft is discarded." in admin.post("/setup/1/discard", follow_redirects=True).text
    assert app.test_client().get("/healthz").json == {"status": "ok"}


def test_a_connection_whose_values_cannot_be_read_is_told_in_the_list(app: Flask, admin: Visitor) -> None:
    make_connection(app, make_connector(app, health=health(Verdict.PASSED)), "Acme")
    lose(app, "connection.config")

    assert "It was encrypted with a key that the wizard does not have." in admin.get("/").text
    assert "is deleted" in admin.post("/connections/1/delete", follow_redirects=True).text
