"""A form that is sent when its session has ended is kept in the page that says so, and goes on from there."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import PASSWORD, Visitor, form_fields, in_app, says
from tests.steps import open_step_2, open_step_3
from wizard.services.accounts.sessions import end_every_session


def sign_in_again(visitor: Visitor) -> None:
    visitor.post("/login", {"username": "Ingrid Berg", "password": PASSWORD})


def test_what_was_typed_goes_on_after_signing_in_again(admin: Visitor) -> None:
    page = open_step_2(admin)
    typed = form_fields(admin.get(page).text) | {"name": "Visma.net Sync", "url": "ftp://x.example", "action": "check"}
    in_app(admin.app, end_every_session)

    ended = admin.post(page, typed)
    sign_in_again(admin)
    back = admin.post(page, form_fields(ended.text), follow_redirects=True)

    assert ended.status_code == 401
    assert "Nothing that you typed is lost" in says(ended.text)
    assert form_fields(back.text)["name"] == "Visma.net Sync"
    assert form_fields(back.text)["url"] == "ftp://x.example"
    assert "The check stopped at" in back.text


def test_a_password_that_was_typed_goes_along_and_cannot_be_read_in_the_page(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    typed = form_fields(admin.get(page).text) | {"cf:ApiPassword": "practice", "action": "test"}
    in_app(admin.app, end_every_session)

    ended = admin.post(page, typed)
    sign_in_again(admin)
    tested = admin.post(page, form_fields(ended.text), follow_redirects=True)

    assert "practice" not in form_fields(ended.text)["held"]
    assert ">practice<" not in ended.text
    assert '"practice"' not in ended.text
    assert "The connection works" in tested.text


def test_a_token_from_before_signing_in_again_asks_to_send_once_more(admin: Visitor) -> None:
    page = open_step_2(admin)
    typed = form_fields(admin.get(page).text) | {"name": "Visma.net Sync", "csrf_token": "old"}

    old = admin.client.post(page, data=typed)
    admin.post(page, form_fields(old.text))

    assert old.status_code == 400
    assert "You are signed in again" in says(old.text)
    assert form_fields(admin.get(page).text)["name"] == "Visma.net Sync"


def test_going_on_without_having_signed_in_keeps_it(admin: Visitor) -> None:
    page = open_step_2(admin)
    typed = form_fields(admin.get(page).text) | {"name": "Visma.net Sync"}
    in_app(admin.app, end_every_session)

    again = admin.post(page, form_fields(admin.post(page, typed).text))
    sign_in_again(admin)
    admin.post(page, form_fields(again.text))

    assert again.status_code == 401
    assert form_fields(admin.get(page).text)["name"] == "Visma.net Sync"


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_site_s_form_is_never_held(admin: Visitor, headers: dict[str, str]) -> None:
    page = open_step_2(admin)

    answer = admin.client.post(page, data={"name": "Evil"}, headers=headers)

    assert 'name="held"' not in answer.text


@pytest.mark.parametrize("held", ["", "x", "ä", "gAAAAA"])
def test_a_forged_form_is_ignored(admin: Visitor, held: str) -> None:
    page = open_step_2(admin)

    admin.post(page, {"held": held, "name": "Mine"})

    assert form_fields(admin.get(page).text)["name"] == "Mine"


def test_a_form_of_another_page_is_ignored(admin: Visitor) -> None:
    one, other = open_step_2(admin), open_step_2(admin)
    typed = form_fields(admin.get(one).text) | {"name": "Visma.net Sync"}
    in_app(admin.app, end_every_session)
    ended = admin.post(one, typed)
    sign_in_again(admin)

    admin.post(other, form_fields(ended.text))

    assert form_fields(admin.get(other).text)["name"] == ""


def test_a_button_without_anything_typed_leads_to_the_login(app: Flask, admin: Visitor) -> None:
    in_app(app, end_every_session)

    assert admin.post("/setup/new").status_code == 303
