"""Step 1: install the sync app."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs

from lxml import html

from tests.factories import (
    Visitor,
    form_fields,
    in_app,
)
from tests.steps import (
    COMPLETE,
    REFUSED,
    open_step_3,
)
from wizard.domain.check import Verdict
from wizard.extensions import db
from wizard.models import Connector, SyncApp
from wizard.models.database import writing


def start(admin: Visitor) -> str:
    """The address of step 1 of a new setup."""
    return str(admin.post("/setup/new").location)


def test_continue_says_what_is_missing_and_keeps_what_was_typed(admin: Visitor) -> None:
    page = start(admin)

    answer = admin.send(page, {"provider": "Nordic Bridge"})

    assert answer.status_code == 422
    for text in ("Enter the name of your ERP.", "Choose what you found.", "Install the app first", "Register the app"):
        assert text in answer.text
    assert form_fields(answer.text)["provider"] == "Nordic Bridge"


def test_a_complete_step_leads_to_step_2_and_is_there_on_the_way_back(admin: Visitor) -> None:
    page = start(admin)

    answer = admin.send(page, COMPLETE)

    assert answer.request.path.endswith("/connector")
    again = form_fields(admin.get(page).text)
    assert {name: again[name] for name in COMPLETE} == COMPLETE


def test_the_app_store_is_searched_for_the_named_erp_and_for_sync_before_one_is_named(admin: Visitor) -> None:
    page = start(admin)
    assert "search?phrase=sync" in admin.get(page).text

    live = admin.post(page + "/draft", {"erp": "Unit4 & Söhne"}, htmx=True)

    assert "search?phrase=Unit4%20%26%20S%C3%B6hne" in live.text
    assert "<html" not in live.text


def test_the_licence_note_depends_on_the_route(admin: Visitor) -> None:
    page = start(admin)

    standard = admin.post(page + "/draft", {"route": "standard"}, htmx=True).text
    partner = admin.post(page + "/draft", {"route": "partner"}, htmx=True).text

    assert "No extra licence needed" in standard
    assert "You need the Development Tools licence" in partner


def test_somebody_who_has_a_connector_url_goes_on_without_the_questions(admin: Visitor) -> None:
    page = start(admin)

    answer = admin.send(page, {"action": "skip"})

    assert answer.request.path.endswith("/connector")


def test_an_address_that_is_no_e_mail_address_is_reported_and_kept(admin: Visitor) -> None:
    page = start(admin)

    answer = admin.send(page, COMPLETE | {"contact": "nobody at all"})

    assert answer.status_code == 422
    assert "This is not an e-mail address" in answer.text
    assert form_fields(answer.text)["contact"] == "nobody at all"


def test_markup_and_odd_characters_come_back_as_they_were_typed(admin: Visitor) -> None:
    page = start(admin)
    odd = '<script>alert("1")</script> & Größe \u202e 👩‍👩‍👧'

    answer = admin.send(page, COMPLETE | {"erp": odd, "installed": ""})

    assert "<script>alert" not in answer.text
    assert form_fields(answer.text)["erp"] == odd


def test_too_long_names_are_refused_with_their_limit(admin: Visitor) -> None:
    page = start(admin)

    answer = admin.send(page, COMPLETE | {"erp": "x" * 255})

    assert answer.status_code == 422
    assert "254 characters at most" in answer.text


def test_a_step_that_was_not_reached_leads_back_to_the_one_that_was(admin: Visitor) -> None:
    page = start(admin)

    answer = admin.get(page.replace("/app", "/connection"), follow_redirects=True)

    assert answer.request.path == page


def test_a_second_administrator_is_shown_both_versions_and_may_then_overwrite(admin: Visitor) -> None:
    from tests.factories import sign_in

    page = start(admin)
    other = sign_in(admin.app, "Lars Nilsson")
    seen_by_other = form_fields(other.get(page).text)
    admin.send(page, COMPLETE | {"erp": "Visma.net", "installed": ""})

    refused = other.post(page, seen_by_other | {"erp": "Business Central"})

    assert refused.status_code == 409
    assert "Somebody else has changed this meanwhile" in refused.text
    assert "Visma.net" in refused.text
    assert form_fields(refused.text)["erp"] == "Business Central"
    again = other.post(page, form_fields(refused.text))
    assert again.status_code == 422  # kept; only the rest is missing
    assert form_fields(admin.get(page).text)["erp"] == "Business Central"


def test_a_draft_can_be_discarded_and_taken_back(admin: Visitor) -> None:
    page = start(admin)
    setup = page.removesuffix("/app")
    admin.post(page + "/draft", {"erp": "Visma.net"}, htmx=True)

    gone = admin.post(setup + "/discard", follow_redirects=True)

    assert "The draft is discarded." in gone.text
    assert admin.get(page, follow_redirects=True).request.path == "/"
    admin.post(setup + "/restore")
    assert admin.get(page).status_code == 200


def test_an_unknown_setup_is_a_page_that_says_so(admin: Visitor) -> None:
    answer = admin.get("/setup/999/app")

    assert answer.status_code == 404
    assert "Page not found" in answer.text


def test_what_is_needed_can_be_sent_to_a_colleague(admin: Visitor) -> None:
    page = admin.get(str(admin.post("/setup/new").location)).text
    link = html.fromstring(page).xpath("//a[starts-with(@href, 'mailto:')]/@href")[0]
    subject, body = parse_qs(str(link).partition("?")[2]).values()
    assert subject == ["Good to have at hand"]
    assert body[0].split("\r\n") == [
        "- The name of your ERP",
        "- The connector URL, from the app's provider",
        "- A user name and password for the ERP, from its administrator",
    ]


def test_step_1_described_later_belongs_to_the_connector_that_is_there_already(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url).replace("/connection", "/app")

    answer = admin.send(page, COMPLETE)

    assert answer.request.path.endswith("/connector")
    assert in_app(admin.app, lambda: db.session.get(Connector, 1).sync_app.erp) == "Visma.net"


def test_step_1_sent_twice_describes_one_app(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)

    admin.send(page, COMPLETE)
    admin.send(page, COMPLETE | {"erp": "Unit4"})

    assert in_app(admin.app, lambda: [app.erp for app in db.session.scalars(db.select(SyncApp))]) == ["Unit4"]


def test_step_1_skipped_twice_does_no_harm(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)

    for _ in range(2):
        assert admin.send(page, {"action": "skip"}).request.path.endswith("/connector")


def test_what_was_ticked_is_seen_once_the_check_has_passed(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url).replace("/connection", "/app")

    assert re.search(r"Seen: the connector answered today at \d\d:\d\d", admin.get(page).text)


def test_what_was_ticked_is_not_seen_when_the_connector_failed_later(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url).replace("/connection", "/app")
    with admin.app.app_context(), writing():
        row = db.session.get_one(Connector, 1)
        row.health = row.health and replace(row.health, verdict=Verdict.FAILED)
        db.session.commit()

    assert "Seen: the connector" not in admin.get(page).text


def test_what_was_ticked_is_not_seen_when_the_address_changed_since(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url).replace("/connection", "/app")
    with admin.app.app_context(), writing():
        db.session.get_one(Connector, 1).url = REFUSED
        db.session.commit()

    assert "Seen: the connector" not in admin.get(page).text
