"""Which language a person reads."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import Visitor, form_fields, in_app, sign_in
from wizard.domain.languages import LANGUAGES
from wizard.extensions import db
from wizard.models import Account
from wizard.web.language import current_language


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app, app.test_client())


def language_of(person: Visitor, path: str = "/login") -> str:
    """What the page says its language is."""
    text = person.get(path).text
    return text.partition('<html lang="')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("nl", "nl"),
        ("de-AT,en;q=0.5", "de"),
        ("nb-NO", "nb"),
        ("no", "nb"),
        ("nn-NO,nn;q=0.9", "nb"),
        ("fr,sv;q=0.8,en;q=0.7", "sv"),
        ("en;q=0.3,da;q=0.9", "da"),
        ("fr-FR", "en"),
        ("*", "en"),
        ("", "en"),
        ("!;;q=x", "en"),
    ],
)
def test_a_visitor_reads_what_their_browser_asks_for(app: Flask, asked: str, language: str) -> None:
    assert language_of(Visitor(app, app.test_client(), asked)) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visitor_chooses_a_language_which_is_remembered(visitor: Visitor, language: str) -> None:
    answer = visitor.post("/language", {"language": language, "next": "/login"})

    assert (answer.status_code, answer.location) == (303, "/login")
    assert language_of(visitor) == language


def test_the_language_page_offers_all_in_their_own_words_and_marks_the_present_one(app: Flask) -> None:
    page = Visitor(app, app.test_client(), "nl").get("/language").text
    for code, language in LANGUAGES.items():
        assert f'value="{code}" lang="{code}"' in page
        assert re.search(f">( |<svg.*</svg> )?{language.name}</button>", page)
    assert page.count('aria-pressed="true"') == 1
    assert 'value="nl" lang="nl" aria-pressed="true"' in page


def test_the_choice_of_an_account_goes_wherever_its_person_goes(app: Flask, admin: Visitor) -> None:
    admin.post("/language", {"language": "sv"})
    assert in_app(app, lambda: db.session.scalar(select(Account.language))) == "sv"
    elsewhere = Visitor(app, app.test_client(), "de")
    assert language_of(elsewhere) == "de"

    elsewhere.post("/login", {"username": "Ingrid Berg", "password": "correct horse battery"})

    assert language_of(elsewhere, "/account") == "sv"


def test_the_account_s_choice_is_stronger_than_the_cookie_of_somebody_else(app: Flask) -> None:
    ola, client = sign_in(app, "Ola"), app.test_client()
    ola.post("/language", {"language": "da"})
    kari = Visitor(app, client)
    kari.post("/language", {"language": "nl"})

    kari.post("/login", {"username": "Ola", "password": "correct horse battery"})

    assert language_of(kari, "/account") == "da"


@pytest.mark.parametrize("wrong", ["", "xx", "EN", "en_US", "<script>"])
def test_a_language_that_is_not_there_is_asked_again(visitor: Visitor, wrong: str) -> None:
    answer = visitor.post("/language", {"language": wrong})
    assert answer.status_code == 200
    assert "<script>" not in answer.text.partition("<main")[2]
    assert language_of(visitor) == "en"


def test_a_cookie_with_nonsense_is_passed_over(visitor: Visitor) -> None:
    visitor.client.set_cookie("language", "klingon")
    assert language_of(visitor) == "en"


def test_choosing_a_language_leads_back_to_an_own_page_only(visitor: Visitor) -> None:
    assert visitor.get("/language?next=/login?next%3D/users/").text.count('value="/login?next=/users/"') == 1
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert visitor.post("/language", {"language": "nl", "next": elsewhere}).location == "/"


def test_choosing_a_language_leads_back_to_the_page_that_one_came_from(visitor: Visitor) -> None:
    page = visitor.client.get("/language", headers={"Referer": "http://localhost/setup/7/app"})
    assert form_fields(page.text)["next"] == "/setup/7/app"
    assert form_fields(visitor.get("/language").text)["next"] == "/"


def test_the_cookie_stays_with_this_site(visitor: Visitor) -> None:
    cookie = visitor.post("/language", {"language": "nl"}).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_outside_of_a_page_the_language_is_english() -> None:
    assert current_language() == "en"
