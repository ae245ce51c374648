"""The page Rank fields: each move is saved at once, beside the ERP tab with a real record."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.factories import Visitor, make_connection, make_connector, says, sign_in
from tests.factories.configuration import configured, make_schema
from tests.factories.practice_customers import VALUES, make_practice_customers
from wizard.domain.configuration import ActorField, ActorType


@pytest.fixture
def connection_id(app: Flask, practice_url: str) -> int:
    return make_practice_customers(app, practice_url)


def order_of(text: str) -> list[str]:
    return re.findall(r'<tr id="[^"]+" data-key="([^"]+)"', text)


def test_a_move_is_answered_with_the_list_and_with_what_undoes_it(admin: Visitor, connection_id: int) -> None:
    page = f"/connections/{connection_id}/rank?type=Customer"
    assert order_of(admin.get(page).text)[:3] == ["Number", "CreditLimit", "Name"]

    moved = admin.post(page, {"move": "up:Name"}, htmx=True).text

    assert "<h1>" not in moved
    assert order_of(moved)[:3] == ["Number", "Name", "CreditLimit"]
    assert "Name is number 2 of 7 now." in moved
    undone = admin.post(page, {"move": "before:Name", "before": "Town"}, htmx=True).text
    assert order_of(undone)[:3] == ["Number", "CreditLimit", "Name"]


def test_without_script_a_move_leads_back_to_the_page_with_undo(admin: Visitor, connection_id: int) -> None:
    page = f"/connections/{connection_id}/rank?type=Customer"
    text = admin.post(page, {"move": "last:Number"}, follow_redirects=True).text
    assert order_of(text)[-1] == "Number"
    undo = re.search(r'action="([^"]+move=before[^"]+)"', text)
    assert undo is not None
    undone = admin.post(undo[1].replace("&amp;", "&"), follow_redirects=True).text
    assert order_of(undone)[0] == "Number"


def test_a_move_of_a_field_that_is_gone_changes_nothing(admin: Visitor, connection_id: int) -> None:
    page = f"/connections/{connection_id}/rank"
    before = order_of(admin.get(page).text)
    assert order_of(admin.post(page, {"move": "up:Gone"}, htmx=True).text) == before
    assert admin.post(page, {"move": "sideways:Name"}).status_code == 400
    assert admin.get(page + "?type=Nothing").status_code == 404


def test_the_erp_tab_has_the_values_of_a_real_record_in_their_order(admin: Visitor, connection_id: int) -> None:
    text = says("<main" + admin.htmx(f"/connections/{connection_id}/rank/example?type=Customer").text)
    rows = re.findall(r'data-key="([^"]+)"', admin.htmx(f"/connections/{connection_id}/rank/example").text)
    assert rows == ["Number", "CreditLimit", "LastInvoice", "Blocked"]
    assert re.search(r"Blocked (Yes|No) ", text)
    assert "Another example" in text
    other = says("<main" + admin.htmx(f"/connections/{connection_id}/rank/example?type=Customer&example=1").text)
    assert other != text
    assert "Another example" in says(admin.get(f"/connections/{connection_id}/rank?type=Customer&example=0").text)


def test_a_password_of_a_record_is_never_asked_for(admin: Visitor, connection_id: int) -> None:
    text = admin.htmx(f"/connections/{connection_id}/rank/example?type=Person").text
    assert "Password of the portal" in text
    assert re.search(r"<dd[^>]*></dd>", text)


def test_a_connector_that_does_not_answer_is_told_in_the_words_of_a_check(app: Flask, admin: Visitor) -> None:
    connection_id = make_practice_customers(app, "http://127.0.0.1:1/x.svc", "Down")
    page = f"/connections/{connection_id}/rank"
    assert "Show values of the ERP" in says(admin.get(page).text)
    answer = says("<main" + admin.htmx(page + "/example").text)
    assert "The ERP could not be asked" in answer
    assert "Credit limit" in answer


def test_a_reader_sees_the_order_and_no_record(app: Flask, admin: Visitor, connection_id: int) -> None:
    reader = sign_in(app, "Rita", role="reader")
    page = f"/connections/{connection_id}/rank"
    text = reader.get(page).text
    assert order_of(text)[0] == "Number"
    assert 'name="move"' not in text.replace('id="drop" name="move" hidden', "")
    assert "/rank/example" not in text
    assert reader.get(page + "?example=0").text.count("Show values of the ERP") == 0
    assert reader.post(page, {"move": "up:Name"}).status_code == 403
    assert reader.htmx(page + "/example").status_code == 403


def test_two_hundred_fields_can_be_moved_to_the_top_at_once(app: Flask, admin: Visitor) -> None:
    connection_id = configured(app)
    text = admin.get(f"/connections/{connection_id}/rank?type=Customer").text
    assert 'value="first:TERMS"' in text
    assert 'value="first:' not in admin.get(f"/connections/{connection_id}/rank?type=Project").text


def test_the_fields_are_read_when_a_page_is_first_opened(app: Flask, admin: Visitor, practice_url: str) -> None:
    connection_id = make_connection(app, make_connector(app, "Practice", url=practice_url), config=VALUES)
    reader = sign_in(app, "Rita", role="reader")
    assert "not known yet" in says(reader.get(f"/connections/{connection_id}/rank").text)
    assert "PaymentTerms" in order_of(admin.get(f"/connections/{connection_id}/rank").text)
    assert "PaymentTerms" in order_of(reader.get(f"/connections/{connection_id}/rank").text)


def test_fields_that_could_not_be_read_say_why_and_are_read_on_demand(app: Flask, admin: Visitor) -> None:
    connection_id = make_connection(app, make_connector(app, "Down", url="http://127.0.0.1:1/x.svc"))
    text = admin.get(f"/connections/{connection_id}/rank").text
    assert "not known yet" in says(text)
    assert "Read them now" in says(text)
    again = admin.post(f"/connections/{connection_id}/fields", follow_redirects=True)
    assert "127.0.0.1" in says(again.text)


def test_odd_names_and_hundreds_of_fields_can_be_moved(app: Flask, admin: Visitor) -> None:
    odd = "<b>\"O'dd&amp;:up:\u202e"
    fields = (ActorField(odd, odd), *(ActorField(f"F{number}", f"Field {number}") for number in range(500)))
    types = (ActorType("Customer", fields), *(ActorType(f"Type <i>{number}</i>") for number in range(40)))
    connection_id = configured(app, schema=make_schema(*types))
    page = f"/connections/{connection_id}/rank?type=Customer"
    moved = admin.post(page, {"move": f"last:{odd}"}, htmx=True).text
    assert "is number 501 of 501 now." in moved
    assert "<i>" not in moved
    assert '<b>"' not in moved
    assert admin.get(f"/connections/{connection_id}/rank", query_string={"type": "Type <i>3</i>"}).status_code == 200
