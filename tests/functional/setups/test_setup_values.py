"""What is typed in step 3 (secrets, numbers, odd texts), and how its test may end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import (
    Visitor,
    form_fields,
    in_app,
    serve_practice,
)
from tests.steps import RIGHT, connections, open_step_3
from wizard.extensions import db
from wizard.models import CheckRun


def no_password_any_more(text: str) -> str:
    return text.replace(">Password<", ">Text<")


def test_a_secret_is_not_shown_when_its_connector_makes_a_text_of_the_password_field(
    admin: Visitor, tmp_path: Path
) -> None:
    rewritten: list[bool] = []
    with serve_practice(tmp_path, lambda text: no_password_any_more(text) if rewritten else text) as url:
        page = open_step_3(admin, url)
        admin.send(page, RIGHT | {"action": "test"})
        filled = form_fields(admin.get(page).text) | {"cf:ApiPassword": "typed-before"}
        rewritten.append(True)
        admin.post("/connectors/1/check")

        rendered = admin.get(page).text
        answers = [admin.post(page, filled | {"action": action}).text for action in ("test", "ok")]

    assert 'type="password"' in rendered
    assert ">practice<" not in rendered
    for text in (*answers, admin.get(page).text):
        assert "typed-before" not in text


def test_a_secret_tested_with_one_connector_is_not_shown_by_another_that_calls_a_text_the_same(
    admin: Visitor, practice_url: str, tmp_path: Path
) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    filled = form_fields(admin.get(page).text) | {"cf:ApiPassword": "typed-before"}
    with serve_practice(tmp_path, no_password_any_more) as url:
        other = str(admin.post("/connectors/new").location)
        admin.send(other, {"name": "Other", "url": url, "action": "continue"})
    admin.send(page, {"connector_id": "2", "action": "fields"})

    rendered = admin.get(page).text
    late = admin.post(page, filled | {"connector_id": "2", "action": "test"}).text

    assert 'value="practice"' not in rendered
    assert ">practice<" not in rendered
    assert "typed-before" not in late


def test_a_secret_typed_for_one_host_is_not_sent_to_the_host_that_its_connector_moves_to_meanwhile(
    admin: Visitor, practice_url: str, tmp_path: Path
) -> None:
    page = open_step_3(admin, practice_url)
    filled = form_fields(admin.get(page).text) | RIGHT | {"cf:ApiPassword": "typed-for-the-first"}
    with serve_practice(tmp_path) as elsewhere:
        edit = str(admin.post("/connectors/1/edit").location)
        admin.send(edit, {"url": elsewhere, "action": "continue"})

        drafted = admin.post(page + "/draft", filled, htmx=True)
        response = admin.post(page, filled | {"action": "test"})
        asked = admin.send(page, {"action": "test"})
        passed = admin.send(page, {"cf:ApiPassword": "practice", "action": "test"})

    for answer in (drafted, response):
        assert "The connector has moved to another host" in answer.text
    assert response.status_code == 422
    assert form_fields(response.text)["cf:Company"] == "ACME-NO"
    assert "Enter API password." in asked.text
    assert "The connection works" in passed.text
    tests = in_app(
        admin.app, lambda: list(db.session.scalars(db.select(CheckRun).where(CheckRun.kind == "connection")))
    )
    assert [run.request["values"]["ApiPassword"] for run in tests] == ["practice"]


def test_a_secret_never_comes_back_in_any_answer(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    secret = "p&ss<word> Ω"

    answers = [
        admin.send(page, RIGHT | {"cf:ApiPassword": secret, "action": "test"}),
        admin.post(page + "/draft", form_fields(admin.get(page).text) | {"cf:ApiPassword": secret}, htmx=True),
        admin.get(page),
        admin.get("/"),
        admin.get("/activity/"),
    ]

    for answer in answers:
        for spelling in (secret, "p&amp;ss&lt;word&gt;", "p%26ss"):
            assert spelling not in answer.text


def test_a_blank_password_keeps_the_saved_one(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"cf:ApiPassword": "practice", "action": "test"})

    answer = admin.send(page, {"cf:ApiPassword": "", "action": "test"})

    assert "It is never shown again" in admin.get(page).text
    assert "The connection works" in answer.text


@pytest.mark.parametrize(
    ("language", "typed", "travels"),
    [
        ("nl", "1.234,5", "[F:1234.5]"),
        ("en", "1,234.5", "[F:1234.5]"),
        ("nl", "25,5", "[F:25.5]"),
        ("nb", "1 234,5", "[F:1234.5]"),
    ],
)
def test_numbers_are_read_in_the_format_of_the_language(
    admin: Visitor, practice_url: str, language: str, typed: str, travels: str
) -> None:
    admin.language = language
    page = open_step_3(admin, practice_url)

    admin.send(page, RIGHT | {"cf:VatRate": typed, "action": "test"})
    admin.send(page, {"action": "ok"})

    assert connections(admin)[0].config["VatRate"] == travels


def test_a_number_that_can_be_read_in_two_ways_is_asked_about(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"cf:VatRate": "1,234", "action": "test"})

    assert answer.status_code == 422
    assert "This can be read in two ways" in answer.text
    assert form_fields(answer.text)["cf:VatRate"] == "1,234"


def test_a_draft_typed_in_one_language_means_the_same_in_another(admin: Visitor, practice_url: str) -> None:
    admin.language = "nl"
    page = open_step_3(admin, practice_url)
    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"cf:VatRate": "21,75"}, htmx=True)

    admin.language = "en"

    assert form_fields(admin.get(page).text)["cf:VatRate"] == "21.75"


@pytest.mark.parametrize("text", ["x" * 21, "control \x07 character"])
def test_values_that_cannot_be_kept_or_sent_are_refused_with_what_was_typed(
    admin: Visitor, practice_url: str, text: str
) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"cf:Company": text, "action": "test"})

    assert answer.status_code == 422
    assert form_fields(answer.text)["cf:Company"] == text


def test_markup_in_an_explanation_is_shown_as_text(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"cf:Outcome": "markup", "action": "test"})

    assert "<img src=x" not in answer.text
    assert "&lt;img src=x" in answer.text


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        ("silent", "config.no_explanation"),
        ("contradiction", "config.contradiction"),
        ("fault", "contract.fault"),
        ("trace", "contract.fault"),
        ("garbage", "contract.malformed_xml"),
        ("html", "contract.html"),
        ("cut", "http.closed"),
    ],
)
def test_each_way_in_which_a_test_can_end_is_named(admin: Visitor, practice_url: str, outcome: str, text: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"cf:Outcome": outcome, "action": "test"})

    assert text in answer.text
    repaired = admin.send(page, {"cf:Outcome": "ok", "action": "test"})
    assert "The connection works" in repaired.text


@pytest.mark.parametrize("outcome", ["info", "warning"])
def test_a_remark_passes_and_is_shown(admin: Visitor, practice_url: str, outcome: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"cf:Outcome": outcome, "action": "test"})

    assert "The connection works" in answer.text
    assert "stage-warning" in answer.text
