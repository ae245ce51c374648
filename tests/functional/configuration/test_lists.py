"""List mapping: what is proposed, chosen and saved, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from flask import Flask

from tests.factories import Visitor, form_fields, in_app, says, sign_in
from tests.factories.configuration import (
    CRM_LISTS,
    CUSTOMER,
    LISTS,
    configured,
    make_linked_schema,
    make_schema,
    read_again,
)
from wizard.domain.accounts import Role
from wizard.domain.configuration import Configuration, Direction, FieldSettings, ListItem, Schema, TypeSettings
from wizard.extensions import db
from wizard.models import Connection
from wizard.services.configuration import load

NAMED_ALIKE = {"1": 1, "2": 2, "3": 3, "4": 0}
"""What is proposed for the customer groups, by equal names and similar ones."""


def mapped(app: Flask, items: Mapping[str, int] | None = None, schema: Schema | None = None) -> str:
    """The page of a connection whose customer group is mapped to SuperOffice's category."""
    group = FieldSettings("GROUP", "contact/category", Direction.BOTH, items=items or {})
    settings = Configuration((TypeSettings("Customer", True, (group,)),))
    return f"/connections/{configured(app, schema=schema or make_linked_schema(), configuration=settings)}/lists"


def saved_items(app: Flask) -> dict[str, int]:
    return in_app(app, lambda: dict(load(db.session.get_one(Connection, 1)).type("Customer").field("GROUP").items))


def row(text: str, label: str) -> str:
    """What the row of an item says."""
    found = next(each for each in re.findall(r"<tr id=.*?</tr>", text, re.DOTALL) if f">{label}</b>" in each)
    return " ".join(re.sub(r"<select.*?</select>|<[^>]+>", " ", found, flags=re.DOTALL).split())


def long_schema(count: int = 2_000, there: int = 500) -> Schema:
    items = tuple(ListItem(number, f"Product group {number:04}") for number in range(1, there + 1))
    groups = {f"k{number}": f"Product group {number:04}" for number in range(1, count + 1)}
    return make_linked_schema(lists={**LISTS, "groups": groups}, crm_lists={**CRM_LISTS, "table=category": items})


def test_equal_and_similar_names_are_matched_and_shown_as_such(app: Flask, admin: Visitor) -> None:
    page = admin.get(mapped(app)).text

    assert "3 of 4 items are mapped, 1 by equal names." in page
    assert "3 of them are not saved yet." in page
    assert row(page, "Public sector") == "Public sector Key 2 Same name"
    assert row(page, "Private customers") == "Private customers Key 1 Similar name Check that it is right"
    assert row(page, "Export") == "Export Key 4 Nothing has a name like it"
    assert saved_items(app) == {}


def test_what_the_page_shows_is_saved_and_what_was_chosen_by_hand_says_so(app: Flask, admin: Visitor) -> None:
    url = mapped(app)

    page = admin.send(url, {"item:3": "0", "item:4": "3", "action": "save"}).text

    assert saved_items(app) == {"1": 1, "2": 2, "3": 0, "4": 3}
    assert "not saved yet" not in page
    assert row(page, "Export") == "Export Key 4 You"
    assert row(page, "Dealers") == "Dealers Key 3 You"


def test_an_item_that_is_chosen_twice_is_not_saved_and_the_choices_stay(app: Flask, admin: Visitor) -> None:
    url = mapped(app)

    page = admin.send(url, {"item:4": "3", "action": "save"})

    assert page.status_code == 422
    assert "Dealer is chosen twice: here and for Export." in row(page.text, "Dealers")
    assert "Dealer is chosen twice: here and for Dealers." in row(page.text, "Export")
    link = re.search(r'<a href="#(item-\w+)">Dealer is chosen twice</a>', page.text)
    assert link
    assert f'id="{link[1]}" name="item:3"' in page.text
    assert form_fields(page.text)["item:4"] == "3"
    assert saved_items(app) == {}


def test_names_are_matched_again_for_what_has_no_item_and_nothing_is_saved_yet(app: Flask, admin: Visitor) -> None:
    url = mapped(app, {"1": 0, "2": 2, "3": 0, "4": 0})

    page = admin.send(url, {"item:4": "3", "action": "match"})

    fields = form_fields(page.text)
    assert [fields[f"item:{key}"] for key in "1234"] == ["1", "2", "0", "3"]
    assert saved_items(app) == {"1": 0, "2": 2, "3": 0, "4": 0}


def test_what_came_or_went_since_is_named_and_nothing_is_dropped(app: Flask, admin: Visitor) -> None:
    lists = {**LISTS, "groups": {"1": "Private customers", "2": "Public sector", "5": "Resellers"}}
    url = mapped(app, {"1": 1, "2": 99, "3": 3}, make_linked_schema(lists=lists))

    page = admin.get(url).text

    assert row(page, "Resellers") == "Resellers Key 5 New in the ERP Nothing has a name like it"
    assert row(page, "Public sector") == "Public sector Key 2 Gone from SuperOffice"
    assert row(page, "3") == "3 Key 3 Choose (No Selection) to forget it. Gone from the ERP"
    admin.send(url, {"action": "save"})
    assert saved_items(app) == {"1": 1, "2": 99, "3": 3, "5": 0}


def test_two_administrators_save_different_rows_of_one_list(app: Flask, admin: Visitor) -> None:
    url = mapped(app, NAMED_ALIKE)
    one, other = form_fields(admin.get(url).text), form_fields(admin.get(url).text)

    admin.post(url, one | {"item:1": "0"})
    admin.post(url, other | {"item:3": "0"})

    assert saved_items(app) == {"1": 0, "2": 2, "3": 0, "4": 0}


def test_a_row_that_both_administrators_have_changed_shows_both_versions(app: Flask, admin: Visitor) -> None:
    url = mapped(app, {"1": 1, "2": 2, "3": 0, "4": 0})
    mine = form_fields(admin.get(url).text)
    admin.send(url, {"item:4": "3", "item:1": "0", "action": "save"})

    page = admin.post(url, mine | {"item:4": "1", "item:1": "0"})

    assert page.status_code == 409
    assert "Somebody else has changed this meanwhile, to Dealer. Save again" in row(page.text, "Export")
    assert form_fields(page.text)["item:4"] == "1"
    assert saved_items(app) == {"1": 0, "2": 2, "3": 0, "4": 3}
    admin.post(url, form_fields(page.text))
    assert saved_items(app)["4"] == 1


def test_a_long_list_comes_in_pages_of_few_bytes_and_is_saved_as_a_whole(app: Flask, admin: Visitor) -> None:
    url = mapped(app, schema=long_schema())

    page = admin.get(url)

    assert len(page.data) < 100_000
    assert page.text.count("<tr id=") == 50
    assert "500 of 2000 items are mapped, 500 by equal names." in page.text
    assert "Saves the whole list: 1950 items are not on this page." in page.text
    admin.send(url, {"name:k1": "product group 0500", "name:k3": "", "action": "save"})
    found = saved_items(app)
    assert {key: found[key] for key in ("k1", "k2", "k3", "k499", "k500", "k501")} == {
        **{"k1": 500, "k2": 2, "k3": 0},
        **{"k499": 499, "k500": 0, "k501": 0},
    }


def test_what_is_chosen_twice_on_another_page_is_shown_beside(app: Flask, admin: Visitor) -> None:
    url = mapped(app, schema=long_schema())
    admin.send(url, {"action": "save"})

    page = admin.send(url, {"name:k1": "Product group 0400", "action": "save"})

    assert page.status_code == 422
    assert "is chosen twice: here and for Product group 0001." in row(page.text, "Product group 0400")


def test_a_name_that_is_no_item_stays_as_it_was_typed(app: Flask, admin: Visitor) -> None:
    url = mapped(app, schema=long_schema())

    page = admin.send(url, {"name:k2": "Produkt <b>", "action": "save"})

    assert page.status_code == 422
    assert "SuperOffice has no item of this name." in row(page.text, "Product group 0002")
    assert form_fields(page.text)["name:k2"] == "Produkt <b>"
    assert "<b>" not in page.text.split("Produkt ", 1)[1][:10]


@pytest.mark.parametrize(("query", "shown"), [("q=0017", ["Product group 0017"]), ("f=similar", [])])
def test_a_long_list_is_searched_and_filtered(app: Flask, admin: Visitor, query: str, shown: list[str]) -> None:
    page = admin.get(f"{mapped(app, schema=long_schema())}?{query}").text

    assert re.findall(r'<th scope="row"><b translate="no">(.*?)</b>', page) == shown


@pytest.mark.parametrize(
    ("schema", "says_"),
    [
        (make_schema(), "SuperOffice&#39;s lists are not known yet"),
        (make_linked_schema(crm_lists={}), "SuperOffice&#39;s list was not read"),
        (make_linked_schema(lists={}), "The ERP&#39;s list was not read"),
        (make_linked_schema(lists={"groups": {}}), "The list is empty"),
        (make_linked_schema(CUSTOMER, crm_fields={}), "No list is mapped yet"),
    ],
)
def test_a_page_without_items_says_why_and_where_to_go(app: Flask, admin: Visitor, schema: Schema, says_: str) -> None:
    page = admin.get(mapped(app, schema=schema))

    assert says_ in page.text
    assert page.status_code == 200


def test_lists_that_could_be_mapped_are_named_beside_those_that_are(app: Flask, admin: Visitor) -> None:
    page = admin.get(mapped(app, NAMED_ALIKE)).text
    tabs = re.findall(r'needs-script"[^>]*><span translate="no">([^<]+)</span> <span class="count[^"]*">([^<]+)<', page)

    assert tabs == [("Customer group", "3 of 4"), ("Country", "not mapped"), ("Payment terms", "not mapped")]


def test_readers_see_the_items_and_can_change_none(app: Flask) -> None:
    url = mapped(app, NAMED_ALIKE)
    reader = sign_in(app, "Rita Reader", role=Role.READER)

    page = reader.get(url).text

    assert "Public sector" in page
    assert page.count("<select") == page.count(" disabled") == 4
    assert 'value="save"' not in page
    assert reader.post(url, {"item:1": "0"}).status_code == 403


def test_items_that_have_come_in_superoffice_are_named_until_the_list_is_saved(app: Flask, admin: Visitor) -> None:
    url = mapped(app)
    assert "New in SuperOffice" not in admin.get(url).text
    more = {**CRM_LISTS, "table=category": (*CRM_LISTS["table=category"], ListItem(8, "Prospect"))}
    for _time in range(2):
        read_again(app, make_linked_schema(crm_lists=more))

    assert "New in SuperOffice: Prospect" in admin.get(url).text
    page = admin.send(url, {"item:3": "0", "action": "save"}).text
    assert "New in SuperOffice" not in page
    read_again(app, make_linked_schema(crm_lists=more))
    assert "New in SuperOffice" not in admin.get(url).text


def test_items_of_another_superoffice_are_not_offered(app: Flask, admin: Visitor) -> None:
    schema = make_linked_schema().of_another_superoffice()

    page = admin.get(mapped(app, schema=schema)).text

    assert "The items of Category are not known. Read the lists again." in says(page)
    assert "Public sector" not in page
    assert page.count("Read the lists again</button>") == 1


def test_one_list_after_the_other_is_saved(app: Flask, admin: Visitor) -> None:
    group = FieldSettings("GROUP", "contact/category", Direction.BOTH)
    country = FieldSettings("COUNTRY", "contact/country", Direction.BOTH)
    settings = Configuration((TypeSettings("Customer", True, (group, country)),))
    configured(app, schema=make_linked_schema(), configuration=settings)
    page = admin.get("/connections/1/lists").text
    address = "/connections/1/lists?type=Customer&field=COUNTRY"
    assert f'value="{address.replace("&", "&amp;")}">Save, next list' in page

    answer = admin.post("/connections/1/lists", form_fields(page) | {"then": address})

    assert answer.location == address
    assert saved_items(app) == NAMED_ALIKE
    assert "Save, next list" not in admin.get(address).text
