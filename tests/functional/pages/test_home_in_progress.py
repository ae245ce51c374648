"""What is in progress on the Sync page: setups and forms to be resumed."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from lxml import html

from tests.factories import Visitor, form_fields, lose, make_connector, sign_in
from tests.steps import RIGHT


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
    assert badges == [
        "App installed",
        "Connector to add",
        "Connection to add",
        "Name is missing",
        "URL is missing",
        "Not tested yet",
    ]
    main = [" ".join(each.text_content().split()) for each in home.xpath("//*[contains(@class, 'button-main')]")]
    assert main == ["Continue setup Visma.net"]


def test_a_draft_that_cannot_be_read_is_reported_and_can_be_discarded(app: Flask, admin: Visitor) -> None:
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


def badges_of(page: str) -> list[str]:
    items = html.fromstring(page).xpath("//section[contains(@class, 'resume')]//li")
    return [" ".join(each.text_content().split()) for each in items]


def test_a_draft_of_a_connection_says_what_is_left(admin: Visitor, practice_url: str) -> None:
    connector = make_connector(admin.app, "Practice", practice_url)
    admin.post(f"/connectors/{connector}/check")
    page = str(admin.post("/connections/new").location)
    admin.send(page, {"name": "Acme", "action": "fields"})
    assert badges_of(admin.get("/").text) == ["Connector is not chosen", "Not tested yet"]

    admin.send(page, {"connector_id": str(connector), "action": "fields"})
    assert badges_of(admin.get("/").text) == ["1 field to fill in", "Not tested yet"]

    admin.send(page, RIGHT | {"action": "test"})
    assert badges_of(admin.get("/").text) == []
