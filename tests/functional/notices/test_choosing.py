"""Choosing the connections of a recipient, however many there are."""

from __future__ import annotations

from flask import Flask
from lxml import html
from sqlalchemy import select

from tests.factories import Visitor, form_fields, in_app, says
from tests.factories.connectors import make_connection, make_connector
from tests.factories.notices import make_recipient
from wizard.extensions import db
from wizard.models import Recipient

TYPED = {"name": "Ingrid Berg", "channel": "mail", "address": "ingrid.berg@acme.example", "told_of": "chosen"}


def make_many(app: Flask, count: int) -> list[int]:
    connector = make_connector(app, "Visma.net Sync", "https://erp.acme.example/x.svc")
    return [make_connection(app, connector, f"Branch {number:03}", receipt={}) for number in range(count)]


def offered(page: str) -> list[str]:
    return [str(each) for each in html.fromstring(page).xpath("//ul//label[starts-with(@for, 'connection-')]/text()")]


def chosen(page: str) -> set[int]:
    """What the form would send: boxes that are ticked, and hidden ones."""
    inputs = html.fromstring(page).xpath("//input[@name='connections']")
    return {
        int(each.get("value")) for each in inputs if each.get("type") == "hidden" or each.get("checked") is not None
    }


def stored(app: Flask) -> tuple[str, set[int]]:
    def read() -> tuple[str, set[int]]:
        recipient = db.session.scalars(select(Recipient)).one()
        return str(recipient.address), {each.id for each in recipient.connections}

    return in_app(app, read)


def search(admin: Visitor, query: str, *ids: int, at: str = "/notices/new", **more: object) -> str:
    typed = TYPED | {"action": "find", "query": query, "connections": [str(each) for each in ids]} | more
    return admin.send(at, typed).text


def test_the_first_of_very_many_are_offered_with_a_search_for_the_others(app: Flask, admin: Visitor) -> None:
    make_many(app, 53)
    page = admin.get("/notices/new").text
    assert len(offered(page)) == 50
    assert "Showing the first 50. Search for others." in says(page)

    assert offered(search(admin, "ranch 052")) == ["Branch 052"]
    assert "Nothing found." in says(search(admin, "nowhere"))


def test_connections_are_found_by_the_name_of_their_connector_too(app: Flask, admin: Visitor) -> None:
    make_many(app, 1)
    make_connection(app, make_connector(app, "Business Central", "https://bc.acme.example/x.svc"), "Prices", receipt={})
    assert offered(search(admin, "business")) == ["Prices"]


def test_few_connections_need_no_search(app: Flask, admin: Visitor) -> None:
    make_many(app, 12)
    assert "Search connections" not in admin.get("/notices/new").text


def test_what_is_chosen_stays_so_while_others_are_searched_for(app: Flask, admin: Visitor) -> None:
    first, *_, last = make_many(app, 53)
    page = search(admin, "052", first)
    assert "1 more is chosen." in says(page)
    assert chosen(page) == {first}

    back = search(admin, "", first, last)
    assert offered(back)[:2] == ["Branch 000", "Branch 052"]
    assert chosen(back) == {first, last}


def test_a_search_saves_nothing_and_the_address_need_not_be_typed_again(app: Flask, admin: Visitor) -> None:
    ids = make_many(app, 13)
    page = search(admin, "012")
    assert "ingrid.berg@acme.example" not in page
    assert "The address that you have entered is kept." in says(page)
    assert in_app(app, lambda: db.session.scalars(select(Recipient)).all()) == []

    admin.post("/notices/new", form_fields(page) | {"action": "", "connections": str(ids[12])})
    assert stored(app) == ("ingrid.berg@acme.example", {ids[12]})


def test_a_mistake_elsewhere_in_the_form_keeps_the_address_too(app: Flask, admin: Visitor) -> None:
    page = admin.send("/notices/new", TYPED | {"name": "", "told_of": "everything"}).text
    admin.post("/notices/new", form_fields(page) | {"action": "", "name": "Ingrid Berg"})
    assert stored(app)[0] == "ingrid.berg@acme.example"


def test_an_address_that_is_refused_is_not_kept(admin: Visitor) -> None:
    page = admin.send("/notices/new", TYPED | {"address": "nobody", "told_of": "everything"}).text
    assert form_fields(page)["typed_address"] == ""


def test_an_address_that_was_typed_for_another_recipient_is_not_taken(app: Flask, admin: Visitor) -> None:
    make_recipient(app)
    page = admin.send("/notices/new", TYPED | {"address": "other@acme.example", "name": ""}).text
    admin.send("/notices/1", {"typed_address": form_fields(page)["typed_address"], "told_of": "everything"})
    assert stored(app)[0] == "ingrid.berg@acme.example"


def test_the_enter_key_searches_after_a_change_of_the_search_and_else_saves(app: Flask, admin: Visitor) -> None:
    ids = make_many(app, 13)
    page = search(admin, "012", action="enter")
    assert offered(page) == ["Branch 012"]

    admin.post("/notices/new", form_fields(page) | {"action": "enter", "query": "012", "connections": str(ids[12])})
    assert stored(app)[1] == {ids[12]}


def test_script_gets_only_what_was_found(app: Flask, admin: Visitor) -> None:
    make_many(app, 13)
    found = admin.post("/notices/new", TYPED | {"action": "find", "query": "012"}, htmx=True).text
    assert found.lstrip().startswith('<div class="pick')
    assert offered(found) == ["Branch 012"]
