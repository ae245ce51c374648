"""Names that a connector gives without a blank: no page of the configuration gets wider than the window by them."""

from __future__ import annotations

from flask import Flask

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import go
from tests.factories import Visitor
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

LONG = "W" * 254
PARTS = ("", "/mappings", "/lists", "/defaults", "/defaults/value?type=Customer", "/rank", "/priority", "/import")
WIDTHS = (390, 1280)


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
