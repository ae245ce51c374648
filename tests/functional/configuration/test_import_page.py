"""The page Import from ERP: what the ERP's records would become, what is there already, and what to press."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import Visitor, says, serve_superoffice, sign_in
from tests.factories.practice_customers import make_practice_customers, map_customers
from tests.functional.superoffice.drift.drifting import make_both_sides

BERGEN = {"by": "Town", "how": "=", "what": "Bergen"}


@pytest.fixture
def connection_id(app: Flask, practice_url: str) -> int:
    return make_practice_customers(app, practice_url)


@pytest.fixture
def page(connection_id: int) -> str:
    return f"/connections/{connection_id}/import?type=Customer"


def test_records_are_shown_by_the_names_of_superoffice(admin: Visitor, page: str) -> None:
    text = says(admin.post(page, BERGEN).text)
    assert re.search(r"\d+ records found", text)
    assert "In the ERP City Category Code" in text
    assert "1 more field" in text
    assert re.search(r"(Important|Regular is not mapped under List mapping|New is not mapped under List mapping)", text)
    assert "Town is Bergen." in text


def test_a_text_is_looked_for_in_every_field_that_can_be_searched(admin: Visitor, page: str) -> None:
    text = says(admin.post(page, {"what": "Bergen"}).text)
    assert "Bergen" in text
    assert "Look for Bergen." in text
    assert "Nothing found" in says(admin.post(page, {"what": "nothing like it"}).text)


def test_many_records_come_in_pages(admin: Visitor, page: str) -> None:
    first = admin.post(page, {}).text
    assert "1 to 10 of " in first
    second = admin.post(page, {"page": "2"}).text
    assert "11 to 20 of " in second
    rows = re.compile(r'<th scope="row"><b>[^<]*</b><span class="sub">([^<]+)</span>')
    assert not set(rows.findall(first)) & set(rows.findall(second))
    assert "1 to 10 of " in admin.post(page, {"page": "x"}).text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"by": "CreditLimit", "how": "contains", "what": "1"}, "SuperOffice does not compare such a field like this."),
        ({"by": "CreditLimit", "how": ">", "what": "much"}, "Enter a number."),
        ({"by": "Category", "how": "oneof", "what": "Gone"}, "Enter items of the list, separated by semicolons."),
    ],
)
def test_what_cannot_be_searched_for_is_said_beside_the_value(
    admin: Visitor, page: str, sent: dict[str, str], said: str
) -> None:
    text = admin.post(page, sent).text
    assert said in says(text)
    assert f'value="{sent["what"]}"' in text


def test_items_of_a_list_are_searched_by_their_names(admin: Visitor, page: str) -> None:
    text = says(admin.post(page, {"by": "Category", "how": "=", "what": "key account"}).text)
    assert re.search(r"\d+ records found", text)
    assert "Important" in text
    assert "has no item" not in text


def test_several_criteria_are_added_met_together_and_removed(admin: Visitor, page: str) -> None:
    added = admin.post(page, BERGEN | {"add": "1"}).text
    assert 'name="by-1"' in added
    assert "records found" not in says(added)
    one = admin.post(page, BERGEN).text
    name = re.findall(r'<th scope="row"><b>([^<]+)<', one)[0]

    both = admin.post(page, BERGEN | {"by-1": "Name", "how-1": "begins", "what-1": name}).text
    assert f"Town is Bergen. Name begins with {name}." in says(both)
    assert 0 < counted(both) < counted(one)
    dropped = admin.post(page, BERGEN | {"by-1": "Category", "what-1": "x", "drop": "1"}).text
    assert 'name="by-1"' not in dropped
    assert 'value="Bergen"' in dropped


def test_what_is_wrong_with_one_of_several_criteria_is_said_beside_it(admin: Visitor, page: str) -> None:
    much = {"by-1": "CreditLimit", "how-1": ">", "what-1": "much"}

    text = admin.post(page, BERGEN | much | {"by-2": "", "what-2": "x"}).text

    assert "Enter a number." in says(text)
    assert "Choose a field: a text in all of them goes with no other criterion." in says(text)


def counted(text: str) -> int:
    found = re.search(r"(\d+) records? found", text)
    return int(found[1]) if found else 0


def test_what_to_press_is_said_by_superoffices_own_names(admin: Visitor, page: str) -> None:
    steps = admin.post(page, BERGEN).text.partition('class="numbered"')[2]
    names = [
        "Turn off automatic sync",
        "Open Import",
        "Select ERP connection",
        "Search ERP",
        "Add Import",
        "Press Import",
    ]
    assert re.findall(r"<h3>(.+?) <span>", steps) == names
    assert "ERP connection: Acme Norway. Actor type: Customer." in steps


def test_nothing_of_a_search_is_in_an_address_or_in_the_log(
    admin: Visitor, page: str, caplog: pytest.LogCaptureFixture
) -> None:
    text = admin.post(page, BERGEN).text
    assert not re.findall(r'(?:href|action)="[^"]*Bergen', text)
    assert "Bergen" not in caplog.text


def test_a_type_without_a_mapping_says_what_to_do(admin: Visitor, page: str) -> None:
    text = admin.get(page.replace("Customer", "Project")).text
    assert "Nothing would become of these records" in says(text)
    assert 'name="what"' not in text


def test_a_connector_that_does_not_answer_is_told_in_the_words_of_a_check(app: Flask, admin: Visitor) -> None:
    connection_id = make_practice_customers(app, "http://127.0.0.1:1/x.svc", "Down")
    text = admin.post(f"/connections/{connection_id}/import", {"what": "Acme"}).text
    assert 'role="alert"' in text
    assert "The ERP could not be asked" in says(text)
    assert "It happened while the ERP was asked." in says(text)
    assert 'value="Acme"' in text


def test_a_reader_searches_for_nobody(app: Flask, admin: Visitor, page: str) -> None:
    reader = sign_in(app, "Rita", role="reader")
    assert "For administrators only" in says(reader.get(page).text)
    assert reader.post(page, BERGEN).status_code == 403


def test_what_superoffice_has_already_is_shown_while_it_does_not_synchronise(
    app: Flask, admin: Visitor, tmp_path: Path
) -> None:
    with serve_superoffice(folder=tmp_path) as host:
        both = make_both_sides(app, host)
        connection_id = both.connection_id
        map_customers(app, connection_id)
        page = f"/connections/{connection_id}/import?type=Customer"
        text = says(admin.post(page, {}).text)
        assert re.search(r"All \d+ New \d+ Changed \d+ No change \d+", text)
        assert "New company" in text
        assert re.search(r"SuperOffice should show \d+ new and \d+ changed", text)
        only_new = admin.post(page, {"outcome": "new"}).text
        assert "New company" in only_new
        assert "no change</span>" not in only_new
        both.api.agent("ErpSync/ChangeEngineStatus", {"Run": True})
        running = says(admin.post(page, {}).text)
        assert "only says while automatic sync is off. It is on now." in running
        assert "Turn off automatic sync It is on" in running
        assert "New company" not in running
