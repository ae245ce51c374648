"""The lists of the Sync page: counted, filtered, searched and paged."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from lxml import html

from tests.factories import Visitor, make_connection, make_connector, says
from wizard.extensions import db
from wizard.models import Connection, Connector
from wizard.models.database import writing
from wizard.services.connections import void_receipt
from wizard.services.lists import PAGE_SIZE


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


def test_a_saved_connection_whose_values_nobody_has_tested_says_so(admin: Visitor) -> None:
    connection_id = make_connection(admin.app, make_connector(admin.app))
    with admin.app.app_context(), writing():
        void_receipt(db.session.get_one(Connection, connection_id))
        db.session.commit()

    words = says(admin.get("/").text)

    assert "Not tested yet" in words
    assert "Not saved yet" not in words


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


@pytest.mark.no_cover
def test_ten_thousand_rows_are_counted_searched_and_paged(admin: Visitor) -> None:
    make_many(admin.app, 10_000)

    assert "10000 connectors, 10000 connections." in admin.get("/").text.replace(",000", "000")
    assert "to 10000 of 10000" in admin.get("/?cp=9999").text.replace(",", "")
    assert "<b>Company 09999</b>" in admin.get("/?nq=09999").text
    copy = str(admin.post("/connections/10000/edit").location)
    assert admin.get(copy).status_code == 200


def test_names_and_counts_lead_on(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app, "Visma & Co"), "Acme")

    page = admin.get("/").text

    for href in ("/connectors/1", "/connections/1", "/?nq=Visma+%26+Co#connections"):
        assert f'href="{href}"' in page
    assert "<b>Acme</b>" in admin.get("/?nq=Visma+%26+Co").text
    assert 'href="/connections/1">Acme</a>' in admin.get("/connectors/1").text


def test_of_many_actions_one_is_in_sight_and_the_others_are_in_a_menu(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app), "Acme")

    row = html.fromstring(admin.get("/").text).xpath("//section[@aria-labelledby='connections']//tbody/tr")[0]

    in_menu = [each.text_content().split()[0] for each in row.xpath(".//details[@class='menu']//li")]
    assert in_menu == ["Configure", "Edit", "Copy", "Delete"]
    assert row.xpath(".//td[@class='cell-actions']/ul/li/form/button")[0].text_content() == "Test now Acme"


def test_the_page_of_a_connector_has_what_is_known_of_it(admin: Visitor) -> None:
    make_connector(admin.app, "Cloud", "app://1a2b", real_url="https://real.example/x.svc")

    page = says(admin.get("/connectors/1").text)

    for text in ("app:// 1a2b", "https:// real.example/ x.svc", "Not reached yet", "No connections"):
        assert text in page
    admin.post("/connectors/1/delete")
    assert "Restore" in says(admin.get("/connectors/1").text)
