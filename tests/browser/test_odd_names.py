"""Odd names and keys of a connector: no page gets wider than the window, and what is chosen for them is saved."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import go
from tests.factories import Visitor, in_app
from tests.factories.configuration import configured, make_linked_schema
from wizard.domain.configuration import (
    ActorField,
    ActorType,
    Configuration,
    Direction,
    FieldSettings,
    ListItem,
    TypeSettings,
)
from wizard.domain.fields import FieldType
from wizard.extensions import db
from wizard.models import Connection
from wizard.services.configuration import load

LONG = "W" * 254
PARTS = ("", "/mappings", "/lists", "/defaults", "/defaults/value?type=Customer", "/rank", "/priority", "/import")
WIDTHS = (390, 1280)


BROKEN = ("one\ntwo", "one\rtwo three", "one\r\ntwo four")
"""Keys that browsers send otherwise."""


def make_odd(app: Flask) -> None:
    fields = (
        ActorField(LONG, LONG, description=LONG),
        ActorField("GROUP", LONG, type=FieldType.LIST, list_name="groups"),
        ActorField("NOTE", LONG),
    )
    types = (ActorType("Customer", fields), ActorType(LONG, (ActorField("NAME"),)))
    items = {"groups": {"a" * 254: LONG}}
    schema = make_linked_schema(*types, lists=items, crm_lists={"table=category": (ListItem(1, LONG),)})
    settings = (
        FieldSettings("GROUP", "contact/category", Direction.BOTH, items={"a" * 254: 1, "gone": 1}),
        FieldSettings(LONG, show_in_tab=True, default="D" * 254),
    )
    configuration = Configuration((TypeSettings("Customer", True, settings), TypeSettings(LONG, True)))
    configured(app, name="N" * 100, schema=schema, configuration=configuration)


def test_no_page_is_wider_than_the_window(app: Flask, admin: Visitor, open_page: OpenPage) -> None:
    make_odd(app)
    page, found = open_page(), []
    with serving(app, page) as address:
        for part in PARTS:
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                go(page, admin, address, f"/connections/1{part}")
                wide = page.evaluate("document.documentElement.scrollWidth")
                found += [f"{part} at {width}: {wide}"] if wide > width else []
    assert found == []


@pytest.mark.parametrize("script", [True, False])
def test_what_is_chosen_for_a_key_with_a_line_break_is_saved(
    app: Flask, admin: Visitor, open_page: OpenPage, script: bool
) -> None:
    group = ActorField("GROUP", "Group", type=FieldType.LIST, list_name="groups")
    fields = tuple(ActorField(key, f"Field {number}") for number, key in enumerate(BROKEN))
    items = {key: f"Item {number}" for number, key in enumerate(BROKEN)}
    schema = make_linked_schema(ActorType("Customer", (group, *fields)), lists={"groups": items})
    mapped = FieldSettings("GROUP", "contact/category", Direction.BOTH)
    configured(app, schema=schema, configuration=Configuration((TypeSettings("Customer", True, (mapped,)),)))
    page = open_page(java_script_enabled=script)

    def saved() -> TypeSettings:
        return in_app(app, lambda: load(db.session.get_one(Connection, 1))).type("Customer")

    with serving(app, page) as address:
        go(page, admin, address, "/connections/1/mappings")
        for number in range(3):
            page.get_by_label(f"Show in ERP tab: Field {number}").check()
        page.get_by_role("button", name="Save", exact=True).last.click()
        expect(page.locator("#main").get_by_text("The mappings of Customer are saved.")).to_be_visible()
        assert [saved().field(key).show_in_tab for key in BROKEN] == [True] * 3

        page.goto(f"{address}/connections/1/lists")
        for number in range(3):
            page.get_by_label(f"SuperOffice item for Item {number}").select_option(str(number + 1))
        page.get_by_role("button", name="Save", exact=True).last.click()
        expect(page.locator("#main").get_by_text("The list is saved.")).to_be_visible()
        assert saved().field("GROUP").items == {key: number + 1 for number, key in enumerate(BROKEN)}

        page.goto(f"{address}/connections/1/rank")
        page.get_by_role("button", name="Move up: Field 0").click()
        expect(page.locator("#main").get_by_text("Field 0 is number 1 of 4 now.")).to_be_visible()
        assert [each.key for each in saved().fields] == [BROKEN[0], "GROUP", *BROKEN[1:]]
