"""Fields are mapped by suggestions: by mouse, by keyboard and without script; nothing that was typed is lost."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import Hands, Keyboard, Mouse, go
from tests.browser.inspector import Inspector
from tests.factories import Visitor, in_app, make_connection, make_connector
from tests.factories.configuration import configured, make_linked_schema
from tests.factories.practice_customers import SCHEMA, VALUES
from wizard.domain.configuration import ActorField, ActorType, SuperOfficeField, TypeSettings
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.database import writing
from wizard.services.configuration import load, merge_schema


def make_unmapped(app: Flask, url: str) -> int:
    """A connection of the practice connector whose both sides are read, with nothing configured."""
    connection_id = make_connection(app, make_connector(app, "Practice", url=url), "Acme Norway")
    with app.app_context(), writing():
        connection = db.session.get_one(Connection, connection_id)
        connection.config, connection.origin = VALUES, connection.connector.origin
        merge_schema(connection, SCHEMA)
        db.session.commit()
    return connection_id


def customers(app: Flask, connection_id: int) -> TypeSettings:
    return in_app(app, lambda: load(db.session.get_one(Connection, connection_id))).type("Customer")


@pytest.mark.parametrize(("kind", "script"), [(Mouse, True), (Keyboard, True), (Mouse, False)])
def test_fields_are_mapped_by_suggestions(
    app: Flask,
    admin: Visitor,
    open_page: OpenPage,
    practice_url: str,
    kind: type[Mouse | Keyboard],
    script: bool,
) -> None:
    connection_id, page = make_unmapped(app, practice_url), open_page(java_script_enabled=script)
    hands: Hands = kind(page, script=script)
    with serving(app, page) as address:
        go(page, admin, address, f"/connections/{connection_id}/mappings")
        if script:
            expect(page.get_by_role("button", name="Another example")).to_be_visible()  # a record was read
        else:
            hands.press("Show an example")
        expect(page.locator("#example").get_by_text("Example:")).to_be_visible()

        button = page.get_by_role("button", name="Suggest ")
        hands.press(button.inner_text())
        expect(page.locator("#main").get_by_text("None of them is saved yet.")).to_be_visible()
        hands.tick("Show in ERP tab: Credit limit")
        hands.press("Save what is ticked")
        expect(page.locator("#main").get_by_text("The mappings of Customer are saved.")).to_be_visible()

    saved = customers(app, connection_id)
    assert saved.is_synced
    assert saved.field("Name").crm_key == "contact/name"
    assert saved.field("CreditLimit").show_in_tab


def test_a_page_that_was_changed_asks_before_it_is_left(
    app: Flask, admin: Visitor, open_page: OpenPage, practice_url: str
) -> None:
    connection_id, page = make_unmapped(app, practice_url), open_page()
    page.once("dialog", lambda dialog: dialog.dismiss())
    with serving(app, page) as address:
        go(page, admin, address, f"/connections/{connection_id}/mappings")
        expect(page.get_by_role("button", name="Another example")).to_be_visible()
        look(page)

        page.get_by_label("Show in ERP tab: Town").check()
        with page.expect_event("dialog") as asked:
            page.get_by_role("link", name="Defaults").click(no_wait_after=True)
        assert asked.value.type == "beforeunload"
        expect(page.get_by_label("Show in ERP tab: Town")).to_be_checked()
        page.get_by_role("button", name="Save", exact=True).last.click()
        expect(page.locator("#main").get_by_text("The mappings of Customer are saved.")).to_be_visible()
    assert customers(app, connection_id).field("Town").show_in_tab


@pytest.mark.parametrize("script", [True, False])
def test_many_rows_share_their_choices_until_one_is_used(
    app: Flask, admin: Visitor, open_page: OpenPage, script: bool
) -> None:
    fields = tuple(ActorField(f"F{n}", f"Field {n}") for n in range(100))
    offered = tuple(SuperOfficeField(f"contact/udef/{n}", f"Choice {n}") for n in range(60))
    schema = make_linked_schema(ActorType("Customer", fields), crm_fields={"Contact": offered})
    connection_id, page = configured(app, schema=schema), open_page(java_script_enabled=script)
    with serving(app, page) as address:
        go(page, admin, address, f"/connections/{connection_id}/mappings")
        page.get_by_label("Show in ERP tab: Field 3", exact=True).check()
        chosen = page.get_by_label("SuperOffice field: Field 7", exact=True)
        expect(chosen.get_by_role("option")).to_have_text(["Not mapped"])
        if script:
            chosen.focus()
        else:
            page.get_by_role("button", name="Another field: Field 7", exact=True).click()
        expect(chosen.get_by_role("option")).to_have_count(61)
        chosen.select_option("Choice 9")

        page.get_by_role("searchbox", name="Find a field").fill("field 5")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Show in ERP tab: Field 59", exact=True)).to_be_visible()
        expect(page.get_by_label("Show in ERP tab: Field 20", exact=True)).to_have_count(0)
        expect(page.get_by_label("Show in ERP tab: Field 3", exact=True)).to_be_checked()
        expect(chosen).to_have_value("contact/udef/9")
        if script:
            look(page)


def look(page: Page) -> None:
    """axe finds nothing, and nothing is wider than its window."""
    inspector = Inspector(page)
    for width in (320, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        inspector.look(f"mappings, {width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert inspector.found == []
