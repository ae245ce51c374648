"""A newcomer links the made-up SuperOffice and ends with a connection that is active there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, Keyboard, Mouse, become_administrator
from tests.browser.inspector import Inspector, look
from tests.processes import Wizard


def link_and_begin(person: Hands) -> None:
    person.press("Practise with a made-up SuperOffice too")
    person.press("Allow")
    person.press("Start with the practice connector")


def save_connector(page: Page, person: Hands, inspector: Inspector | None) -> None:
    expect(page.get_by_role("heading", name="Add a Sync Connector")).to_be_visible()
    person.press("Check the connector")
    expect(page.get_by_role("heading", name="The connector works")).to_be_visible()
    expect(page.get_by_text("and SuperOffice", exact=False).first).to_be_visible()
    look(inspector, "step 2")
    person.press("Continue")


def save_connection(page: Page, person: Hands, inspector: Inspector | None) -> None:
    expect(page.get_by_role("heading", name="Add an ERP connection")).to_be_visible()
    person.fill("Name", "Acme Norway")
    person.fill("Company code", "ACME-NO")
    person.fill("API password", "practice")
    person.press("Test ERP connection")
    expect(page.get_by_role("heading", name="The connection works")).to_be_visible()
    look(inspector, "step 3")
    person.press("OK")


def map_by_suggestions(page: Page, person: Hands, actor_type: str, inspector: Inspector | None) -> None:
    person.follow(actor_type)
    expect(page.get_by_text(f"Sync ERP “{actor_type}” to SuperOffice")).to_be_visible()
    suggest = page.get_by_role("button", name=re.compile("^Suggest"))
    if inspector:
        expect(page.get_by_role("button", name="Another example")).to_be_visible()
    person.press(suggest.inner_text().strip())
    expect(page.get_by_text("None of them is saved yet.")).to_be_visible()
    look(inspector, f"suggestions of {actor_type}")
    person.press("Save what is ticked")
    expect(page.locator("main").get_by_text(f"The mappings of {actor_type} are saved.")).to_be_visible()
    expect(page.locator("main").get_by_text("SuperOffice has it too.")).to_be_visible()


def activate(page: Page, person: Hands, inspector: Inspector | None) -> None:
    person.follow("List mapping")
    expect(page.get_by_role("heading", name="List mapping")).to_be_visible()
    while page.get_by_role("button", name="Save, next list").count():
        list_url = page.url
        person.press("Save, next list")
        expect(page).not_to_have_url(list_url)
    person.press("Save")
    expect(page.locator("main").get_by_text("SuperOffice has it too.")).to_be_visible()
    look(inspector, "lists")
    person.follow("Overview")
    expect(page.get_by_text("Nothing is left that has to be done.")).to_be_visible()
    look(inspector, "connection")
    person.press("Activate")
    expect(page.get_by_role("heading", name="It can be activated")).to_be_visible()
    person.press("Activate")
    expect(page.get_by_role("heading", name="Acme Norway is active")).to_be_visible()


@pytest.mark.parametrize(
    ("script", "hands"), [(True, Mouse), (False, Keyboard)], ids=["by mouse", "by keyboard without script"]
)
def test_a_newcomer_ends_with_an_active_connection_of_four_actor_types_in_superoffice(
    running: Wizard, open_page: OpenPage, script: bool, hands: type[Hands]
) -> None:
    page = open_page(java_script_enabled=script)
    inspector = Inspector(page) if script else None
    person = hands(page, script=script)  # type: ignore[call-arg]
    become_administrator(page, person, running.link or "")
    link_and_begin(person)
    save_connector(page, person, inspector)
    save_connection(page, person, inspector)

    expect(page.get_by_role("heading", name="Acme Norway is saved")).to_be_visible()
    expect(page.get_by_text("Acme Norway, number 1, not active")).to_be_visible()
    look(inspector, "done")
    person.follow("Continue with Mappings")
    for actor_type in ("Customer", "Supplier", "Person", "Project"):
        map_by_suggestions(page, person, actor_type, inspector)
    activate(page, person, inspector)
    look(inspector, "activated")
    assert inspector is None or inspector.found == []
