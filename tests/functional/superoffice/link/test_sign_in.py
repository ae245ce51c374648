"""The sign-in at SuperOffice: what the browser comes back with is checked, used once and never shown."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from tests.factories import (
    PracticeSuperOffice,
    Visitor,
    in_app,
    link_practice,
    sign_in,
)
from tests.functional.superoffice.link.signing_in import allow, change_rows, come_back, events, the_link
from wizard.extensions import db
from wizard.models import SuperOfficeLink, SuperOfficeSignIn
from wizard.models.database import writing
from wizard.practice.superoffice import CLIENT_SECRET
from wizard.services.maintenance import delete_expired
from wizard.services.superoffice import linked, open_superoffice


def test_no_token_and_no_secret_is_on_a_page_or_in_what_is_noted(admin: Visitor, typed: PracticeSuperOffice) -> None:
    back = allow(typed, admin)
    pages = come_back(admin, back) + admin.get("/activity/").text + admin.get("/").text
    link = the_link(admin)
    secrets = [link.credentials["access_token"], link.credentials["refresh_token"], CLIENT_SECRET]
    assert [secret for secret in [*secrets, parse_qs(urlsplit(back).query)["code"][0]] if secret in pages] == []


def test_a_denied_consent_is_told_as_a_check_that_stopped_at_the_sign_in(
    admin: Visitor, typed: PracticeSuperOffice
) -> None:
    page = come_back(admin, allow(typed, admin, action="deny"))
    assert "The app was not approved when SuperOffice asked for it." in page
    assert "The check stopped at the sign-in" in page


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("1", "The consent for this app was withdrawn."),
        ("2", "is not registered with the app."),
        ("5", "has to be approved again."),
        ("7", "SuperOffice does not accept the client ID or the client secret of the app."),
    ],
)
def test_each_error_that_the_browser_brings_back_is_told_in_words(
    admin: Visitor, typed: PracticeSuperOffice, code: str, says: str
) -> None:
    typed.behaviour.consent_error = int(code)
    assert says in come_back(admin, allow(typed, admin))


def test_a_state_that_does_not_fit_stores_nothing(admin: Visitor, typed: PracticeSuperOffice) -> None:
    state = parse_qs(urlsplit(back := allow(typed, admin)).query)["state"][0]
    page = come_back(admin, back.replace(state, state[::-1]))
    assert "This sign-in was not begun here" in page
    assert the_link(admin) is None


def test_another_account_cannot_end_the_sign_in(admin: Visitor, typed: PracticeSuperOffice) -> None:
    back = allow(typed, admin)
    assert "or by another account" in come_back(sign_in(admin.app, "Olga Other"), back)
    assert the_link(admin) is None


def test_a_reload_of_the_address_that_the_browser_came_back_to_changes_nothing(
    admin: Visitor, typed: PracticeSuperOffice
) -> None:
    back = allow(typed, admin)
    come_back(admin, back)
    noted = events(admin)
    assert "Linked to Cust00001" in come_back(admin, back)
    assert events(admin) == noted


def test_a_sign_in_that_took_too_long_is_begun_again(admin: Visitor, typed: PracticeSuperOffice) -> None:
    back = allow(typed, admin)
    change_rows(admin, SuperOfficeSignIn, lambda row: setattr(row, "created_at", row.created_at - timedelta(hours=1)))
    assert "The sign-in has taken too long." in come_back(admin, back)


def test_a_sign_in_for_what_was_typed_before_is_not_used(admin: Visitor, typed: PracticeSuperOffice) -> None:
    back = allow(typed, admin)
    change_rows(admin, SuperOfficeLink, lambda row: setattr(row, "tenant", "Cust00002"))
    assert "has changed since the sign-in began" in come_back(admin, back)
    assert the_link(admin) is None


def test_a_sign_in_again_replaces_the_tokens_of_the_same_link(admin: Visitor, typed: PracticeSuperOffice) -> None:
    come_back(admin, allow(typed, admin))
    before = the_link(admin)
    come_back(admin, allow(typed, admin))
    after = the_link(admin)
    assert (after.id, after.linked_at) == (before.id, before.linked_at)
    assert after.credentials["refresh_token"] != before.credentials["refresh_token"]


def test_a_sign_in_again_that_is_denied_leaves_the_link_as_it_is(admin: Visitor, typed: PracticeSuperOffice) -> None:
    come_back(admin, allow(typed, admin))
    before = the_link(admin)
    assert "Linked to Cust00001" in come_back(admin, allow(typed, admin, action="deny"))
    assert the_link(admin).credentials == before.credentials


def test_a_withdrawn_consent_asks_for_another_sign_in(admin: Visitor, served: PracticeSuperOffice) -> None:
    link_practice(admin.app, served)
    served.end_access_tokens()
    served.behaviour.refresh_revoked = True

    page = admin.post("/superoffice/check", follow_redirects=True).text

    assert "SuperOffice no longer accepts the sign-in" in page
    assert "Sign in again" in page
    assert "Sign in again" in admin.get("/").text


def test_a_refreshed_token_is_kept(admin: Visitor, served: PracticeSuperOffice) -> None:
    link_practice(admin.app, served)
    before = the_link(admin).credentials
    served.end_access_tokens()

    with admin.app.app_context(), writing(), open_superoffice(linked()) as so:  # type: ignore[arg-type]
        db.session.rollback()
        so.get("User/currentPrincipal")

    after = the_link(admin).credentials
    assert after["access_token"] != before["access_token"]
    assert after["client_secret"] == before["client_secret"]


def test_a_refresh_does_not_undo_a_sign_in_that_came_between(admin: Visitor, served: PracticeSuperOffice) -> None:
    link_practice(admin.app, served)
    served.end_access_tokens()
    signed_in = {"access_token": "newer", "refresh_token": "newer", "client_secret": CLIENT_SECRET}

    with admin.app.app_context(), writing(), open_superoffice(linked()) as so:  # type: ignore[arg-type]
        db.session.rollback()
        change_rows(admin, SuperOfficeLink, lambda row: setattr(row, "credentials", signed_in))
        so.get("User/currentPrincipal")

    assert the_link(admin).credentials == signed_in


def test_a_sign_in_that_was_never_ended_is_deleted_after_an_hour(admin: Visitor, typed: PracticeSuperOffice) -> None:
    allow(typed, admin)
    change_rows(admin, SuperOfficeSignIn, lambda row: setattr(row, "created_at", row.created_at - timedelta(hours=2)))
    in_app(admin.app, delete_expired)
    assert in_app(admin.app, lambda: db.session.scalars(select(SuperOfficeSignIn)).all()) == []
