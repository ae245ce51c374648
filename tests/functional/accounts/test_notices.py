"""What waits for an account at its next sign-in."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import PASSWORD, Visitor, in_app, make_account, sign_in
from tests.functional.accounts.signing_in import NEW, login
from wizard.domain.accounts import NoticeKind, Role
from wizard.extensions import db
from wizard.models import Account, AccountNotice
from wizard.models.database import writing
from wizard.services.accounts import notices


def at(app: Flask, address: str, user_agent: str = "Firefox/140.0 Windows") -> Visitor:
    client = app.test_client()
    client.environ_base |= {"REMOTE_ADDR": address, "HTTP_USER_AGENT": user_agent}
    return Visitor(app, client)


def waiting(app: Flask) -> list[tuple[str, str, int]]:
    query = select(AccountNotice).where(AccountNotice.session_id.is_(None)).order_by(AccountNotice.id)
    return [(each.kind, each.address, each.count) for each in in_app(app, lambda: db.session.scalars(query).all())]


def test_a_sign_in_with_another_browser_is_told_at_the_next_one_and_only_once(app: Flask) -> None:
    make_account(app, "Ola")
    login(at(app, "192.0.2.1"), "Ola")

    assert waiting(app) == [("signed_in", "192.0.2.1", 1)]
    login(at(app, "192.0.2.2"), "Ola")
    assert waiting(app) == [("signed_in", "192.0.2.2", 1)]


def test_the_usual_browser_in_the_usual_network_is_no_news(app: Flask) -> None:
    make_account(app, "Ola")
    usual = at(app, "2001:db8::1")
    login(usual, "Ola")
    login(usual, "Ola")
    usual.client.environ_base["REMOTE_ADDR"] = "2001:db8::2"

    login(usual, "Ola")

    assert waiting(app) == []


def test_the_usual_browser_in_another_network_is_news(app: Flask) -> None:
    make_account(app, "Ola")
    usual = at(app, "192.0.2.1")
    login(usual, "Ola")
    usual.client.environ_base["REMOTE_ADDR"] = "192.0.2.2"

    login(usual, "Ola")

    assert waiting(app) == [("signed_in", "192.0.2.2", 1)]


def test_failed_tries_are_counted_and_one_s_own_mistypings_are_no_news(app: Flask) -> None:
    make_account(app, "Ola")
    for address in ("192.0.2.1", "192.0.2.66", "192.0.2.66"):
        login(at(app, address), "Ola", "a wrong password")
    assert waiting(app) == [("sign_in_failed", "192.0.2.1", 1), ("sign_in_failed", "192.0.2.66", 2)]

    person = at(app, "192.0.2.1")
    login(person, "Ola")

    shown = in_app(app, lambda: db.session.scalars(select(AccountNotice).where(AccountNotice.session_id > 0)).all())
    assert [(each.kind, each.address, each.count) for each in shown] == [("sign_in_failed", "192.0.2.66", 2)]


def test_however_many_addresses_guess_no_more_than_twenty_notices_wait(app: Flask) -> None:
    account_id = make_account(app, "Ola")
    for number in range(30):
        with app.test_request_context(environ_base={"REMOTE_ADDR": f"192.0.2.{number}"}), writing():
            notices.add(db.session.get_one(Account, account_id), NoticeKind.SIGN_IN_FAILED)
            db.session.commit()

    assert len(waiting(app)) == 20
    assert sum(count for _, _, count in waiting(app)) == 30


def test_a_changed_password_is_told_at_the_next_sign_in(app: Flask, admin: Visitor) -> None:
    admin.send("/account", {"current": PASSWORD, "password": NEW, "again": NEW})
    assert ("password_changed", "127.0.0.1", 1) in waiting(app)


@pytest.mark.parametrize("role", [Role.READER])
def test_another_role_is_told_with_who_has_given_it(app: Flask, admin: Visitor, role: Role) -> None:
    sign_in(app, "Ola")
    admin.send("/accounts/2", {"role": role.value})

    notice = in_app(app, lambda: db.session.scalars(select(AccountNotice)).one())

    assert (notice.kind, notice.detail, notice.changed_by) == ("role_changed", "reader", "Ingrid Berg")
    assert notice.address == ""


def test_notices_are_shown_on_each_page_until_they_are_dismissed(app: Flask) -> None:
    make_account(app, "Ola")
    login(at(app, "192.0.2.66", "Mozilla/5.0 (X11; Linux) Firefox/140.0"), "Ola")
    login(at(app, "192.0.2.67"), "Ola", "a wrong password")
    ola = at(app, "192.0.2.1")
    login(ola, "Ola")

    for path in ("/", "/users/"):
        page = ola.get(path).text
        assert "Since you last signed in" in page
        assert "Signed in with another browser or from another network" in page
        assert "192.0.2.66 · Firefox on Linux" in page
        assert "1 failed try to sign in" in page

    assert ola.post("/account/sessions/dismiss").location == "/"
    assert "Since you last signed in" not in ola.get("/").text


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_each_kind_has_words(app: Flask, kind: NoticeKind) -> None:
    account_id = make_account(app, "Ola")
    with app.app_context(), writing():
        notices.add(db.session.get_one(Account, account_id), kind, "reader")
        db.session.commit()
    ola = at(app, "192.0.2.1")
    login(ola, "Ola")

    assert "Since you last signed in" in ola.get("/").text
