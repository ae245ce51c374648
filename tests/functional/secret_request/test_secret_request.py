"""A colleague fills in passwords by a link: once, without an account, and nobody sees them again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from tests.factories import Visitor, in_app
from tests.steps import RIGHT, open_step_3, save
from wizard.extensions import db
from wizard.models import Account, Connector, SecretRequest
from wizard.models.columns import now
from wizard.models.database import writing

SECRET = "practice"
WITHOUT = {name: text for name, text in RIGHT.items() if name != "cf:ApiPassword"}


def ask(admin: Visitor, step_3: str, **form: str) -> str:
    """Asks Kari for the password; the path of the link."""
    made = admin.post(
        step_3.replace("/connection", "/ask"), {"who": "Kari Lund", "days": "3", "field": "ApiPassword"} | form
    )
    found = re.search(r"http://localhost(/fill/[\w-]+)", made.text)
    assert found, made.text
    return found[1]


def step_3_without_password(admin: Visitor, practice_url: str) -> str:
    step_3 = open_step_3(admin, practice_url)
    admin.send(step_3, WITHOUT, to=step_3 + "/draft")
    return step_3


@pytest.fixture
def colleague(app: Flask) -> Visitor:
    return Visitor(app, app.test_client())


def change(app: Flask, **columns: object) -> None:
    """Changes the only link."""
    with app.app_context(), writing():
        row = db.session.query(SecretRequest).one()
        for name, value in columns.items():
            setattr(row, name, value)
        db.session.commit()


def test_what_the_colleague_fills_in_is_tested_at_once_and_the_administrator_goes_on(
    admin: Visitor, colleague: Visitor, practice_url: str
) -> None:
    step_3 = step_3_without_password(admin, practice_url)
    link = ask(admin, step_3, message="Hi Kari, it is for the API user.")

    page = colleague.get(link).text
    assert "Ingrid Berg asks you for a password" in page
    assert "Hi Kari, it is for the API user." in page
    sent = colleague.post(link, {"f-0": SECRET}, follow_redirects=True)
    assert "The test has passed" in sent.text

    shown = admin.get(step_3).text
    assert "Filled in by Kari Lund today at" in shown
    assert SECRET not in re.sub(r"/practice/|practice-|Practice", "", shown)
    assert "Kari Lund has filled in what you asked for" in admin.get("/").text
    assert "Filled in passwords by a link" in admin.get("/activity/").text
    assert admin.send(step_3, {"action": "ok"}).request.path.endswith("/done")


def test_the_link_works_once(admin: Visitor, colleague: Visitor, practice_url: str) -> None:
    link = ask(admin, step_3_without_password(admin, practice_url))
    colleague.post(link, {"f-0": SECRET})

    again = colleague.post(link, {"f-0": "other"})
    assert again.status_code == 404
    assert "This link does not work any more" in again.text


def test_a_wrong_password_is_said_without_its_cause(admin: Visitor, colleague: Visitor, practice_url: str) -> None:
    step_3 = step_3_without_password(admin, practice_url)
    sent = colleague.post(ask(admin, step_3), {"f-0": "wrong"}, follow_redirects=True)

    assert "The test has not passed" in sent.text
    assert "The ERP refused the API password." in admin.get(step_3).text
    link = ask(admin, step_3)
    assert "The test has passed" in colleague.post(link, {"f-0": SECRET}, follow_redirects=True).text


def test_what_cannot_be_tested_yet_is_tested_later(admin: Visitor, colleague: Visitor, practice_url: str) -> None:
    step_3 = open_step_3(admin, practice_url)
    admin.send(step_3, {"cf:BatchSize": "much"}, to=step_3 + "/draft")

    assert "It is tested later" in colleague.post(ask(admin, step_3), {"f-0": SECRET}, follow_redirects=True).text


def test_nothing_filled_in_and_too_much_are_refused_and_the_link_still_works(
    admin: Visitor, colleague: Visitor, practice_url: str
) -> None:
    link = ask(admin, step_3_without_password(admin, practice_url))

    assert "Fill in at least one." in colleague.post(link).text
    refused = colleague.post(link, {"f-0": "x" * 300})
    assert refused.status_code == 422
    assert "characters at most" in refused.text
    assert "xxx" not in refused.text
    assert colleague.post(link, {"f-0": SECRET}).status_code == 303


@pytest.mark.parametrize("state", ["too old", "withdrawn", "discarded", "moved", "account closed", "unknown"])
def test_a_link_that_has_ended_says_so_and_takes_nothing(
    app: Flask, admin: Visitor, colleague: Visitor, practice_url: str, state: str
) -> None:
    step_3 = step_3_without_password(admin, practice_url)
    link = ask(admin, step_3)
    match state:
        case "too old":
            change(app, expires_at=now() - timedelta(seconds=1))
        case "withdrawn":
            admin.post(step_3.replace("/connection", "/ask/1/withdraw"))
        case "discarded":
            admin.post(step_3.replace("/connection", "/discard"))
        case "moved":
            with app.app_context(), writing():
                db.session.query(Connector).one().url = "https://elsewhere.example/x.svc"
                db.session.commit()
        case "account closed":
            with app.app_context(), writing():
                db.session.query(Account).filter_by(name="Ingrid Berg").one().disabled_at = now()
                db.session.commit()
        case _:
            link = link[:-1] + ("a" if link[-1] != "a" else "b")

    for answer in (colleague.get(link), colleague.post(link, {"f-0": SECRET})):
        assert answer.status_code == 404
        assert "It has been used, withdrawn, or is too old." in answer.text
    assert in_app(app, lambda: db.session.query(SecretRequest).one().filled) == []


def test_a_link_lasts_three_days_at_most(app: Flask, admin: Visitor, practice_url: str) -> None:
    ask(admin, step_3_without_password(admin, practice_url), days="7")

    left = in_app(app, lambda: db.session.query(SecretRequest).one().expires_at) - now()
    assert timedelta(hours=71) < left <= timedelta(hours=72)


def test_only_the_hash_of_the_token_is_kept_and_the_link_is_shown_once(
    app: Flask, admin: Visitor, practice_url: str
) -> None:
    step_3 = step_3_without_password(admin, practice_url)
    token = ask(admin, step_3).removeprefix("/fill/")

    row = in_app(app, lambda: db.session.query(SecretRequest).one())
    assert token not in (row.token_hash, str(row.content_token))
    listed = admin.get(step_3.replace("/connection", "/ask")).text
    assert token not in listed
    assert "Not filled in yet" in listed


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"who": ""}, "Say who it is for"),
        ({"field": "Company"}, "Choose at least one field"),
        ({"message": "x" * 2001}, "2,000 characters"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    admin: Visitor, practice_url: str, form: dict[str, str], words: str
) -> None:
    page = step_3_without_password(admin, practice_url).replace("/connection", "/ask")
    answer = admin.post(page, {"who": "Kari Lund", "message": "Hi", "field": "ApiPassword"} | form)

    assert answer.status_code == 422
    assert words in answer.text
    assert form.get("message", "Hi") in answer.text


def test_so_many_links_wait_at_most(admin: Visitor, practice_url: str) -> None:
    step_3 = step_3_without_password(admin, practice_url)
    for _ in range(20):
        ask(admin, step_3)

    page = step_3.replace("/connection", "/ask")
    refused = admin.post(page, {"who": "Kari Lund", "field": "ApiPassword"})
    assert "Too many links wait already" in refused.text
    admin.post(page + "/1/withdraw")
    ask(admin, step_3)


def test_a_link_can_be_asked_for_from_step_3_and_keeps_what_was_typed(admin: Visitor, practice_url: str) -> None:
    step_3 = open_step_3(admin, practice_url)
    led = admin.send(step_3, WITHOUT | {"action": "ask"})

    assert led.request.path.endswith("/ask")
    assert "Acme Norway" in led.text
    assert 'value="Acme Norway"' in admin.get(step_3).text


def test_the_password_of_a_saved_connection_is_replaced_by_the_edit_that_asked(
    admin: Visitor, colleague: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    step_3 = str(admin.post("/connections/1/ask").location).replace("/ask", "/connection")

    colleague.post(ask(admin, step_3), {"f-0": SECRET})
    assert "is saved" in admin.send(step_3, {"action": "ok"}).text
