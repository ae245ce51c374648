"""What stands between a stranger and the company's data: the login, the token of every form, the headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.factories import (
    PASSWORD,
    ForgetfulQueue,
    Visitor,
    age_sessions,
    close,
    form_fields,
    in_app,
    make_account,
    make_app,
    make_connector,
    sign_in,
)
from wizard.security.keyring import KeyRing
from wizard.services.accounts.sessions import end_every_session

OPEN = {
    *("static", "health.live", "health.metrics", "health.show", "second_step.options", "second_step.show"),
    *("sign_in.login", "sign_in.welcome", "passwords.judge", "account.language"),
    *("fill.sent", "fill.show", "provider_link.make"),
}
PRACTICE = {"practice", "practice_superoffice", "practice_consent"}
"""What is practised with is open: it stands for the servers of others."""


@pytest.fixture
def proxied(template_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    """An app behind a proxy that speaks TLS."""
    app = make_app(template_instance, tmp_path / "proxied", behind_tls=True)
    yield app
    close(app)


def path_of(rule: Rule) -> str:
    """One that the rule takes: of several words the first one, and 1 for what is found by its id."""
    return re.sub(r"<[^>]+>", "1", re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule))


def closed_rules(app: Flask) -> list[Rule]:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OPEN]
    return [rule for rule in rules if rule.endpoint.partition(".")[0] not in PRACTICE]


def test_every_page_that_does_not_say_otherwise_needs_a_login(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    rules = closed_rules(app)
    assert len(rules) > 20
    for rule in rules:
        for method in (rule.methods or set()) & {"GET", "POST", "OPTIONS"}:
            answer = client.open(path_of(rule), method=method)
            assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/login"), (rule.rule, method)


def test_no_form_is_taken_without_its_token(app: Flask, admin: Visitor) -> None:
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    posts = [rule for rule in posts if rule.endpoint.partition(".")[0] not in PRACTICE - {"practice_consent"}]
    assert len(posts) > 15
    for rule in posts:
        for form in ({}, {"csrf_token": "made up"}):
            answer = admin.client.post(path_of(rule), data=form)
            assert (answer.status_code, "This was not accepted" in answer.text) == (400, True), rule.rule


def test_a_token_of_somebody_else_is_not_taken(app: Flask, admin: Visitor) -> None:
    theirs = sign_in(app, "Mallory").token
    assert admin.client.post("/logout", data={"csrf_token": theirs}).status_code == 400


def test_the_practice_connector_and_the_health_page_are_open(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/practice/Services/ERPConnectorWS.svc").status_code == 200


def test_the_health_page_tells_that_the_keys_do_not_fit_the_database(app: Flask, admin: Visitor) -> None:
    admin.post("/setup/new")
    app.extensions["keyring"] = KeyRing([Fernet.generate_key().decode()])

    answer = app.test_client().get("/healthz")

    assert (answer.status_code, answer.json) == (503, {"status": "the keys do not fit the database"})


@pytest.mark.parametrize("path", ["/", "/account", "/activity/", "/setup/7/connection/check"])
def test_htmx_without_a_session_leaves_the_page_with_what_is_typed_in_it(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.data) == (401, b"")
    assert "HX-Redirect" not in answer.headers


@pytest.mark.parametrize("referrer", ["https://evil.example/x", "http://localhost//evil.example", "nonsense", ""])
def test_a_form_is_not_led_back_to_a_page_of_another_site(app: Flask, admin: Visitor, referrer: str) -> None:
    token = admin.token
    in_app(app, end_every_session)
    answer = admin.client.post("/setup/new", data={"csrf_token": token}, headers={"Referer": referrer})
    assert answer.location == "/login?ended=1"


@pytest.mark.parametrize(
    ("from_page", "says"), [("/setup/7/app", True), ("", False), ("/login", False), ("/language?next=/", False)]
)
def test_the_login_says_that_a_session_has_ended_to_whoever_comes_from_a_page_inside(
    app: Flask, client: FlaskClient, from_page: str, says: bool
) -> None:
    make_account(app, "Ola")
    headers = {"Referer": "http://localhost" + from_page} if from_page else {}

    login = client.get("/users/", headers=headers, follow_redirects=True)

    assert ("Your session has ended." in login.text.partition("<h1>")[2].partition("</form>")[0]) is says


def test_the_login_says_that_a_session_has_ended_when_it_was_too_old(app: Flask, admin: Visitor) -> None:
    age_sessions(app, timedelta(days=8))

    assert admin.get("/account").location == "/login?next=/account&ended=1"
    assert admin.get("/account").location == "/login?next=/account"


def test_a_page_from_before_a_new_sign_in_gets_the_new_token_by_htmx_and_saves_with_it(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)
    old = admin.token
    admin.post("/logout")
    htmx = {"HX-Request": "true"}
    signed_out = admin.client.post(page + "/draft", data={"csrf_token": old, "erp": "Visma.net"}, headers=htmx)
    admin.post("/login", {"username": "Ingrid Berg", "password": PASSWORD})

    first = admin.client.post(page + "/draft", data={"csrf_token": old, "erp": "Visma.net"}, headers=htmx)
    token = first.headers["X-CSRFToken"]
    second = admin.client.post(page + "/draft", data={"csrf_token": token, "erp": "Visma.net"}, headers=htmx)

    assert (signed_out.status_code, first.status_code, second.status_code) == (401, 400, 200)
    assert form_fields(admin.get(page).text)["erp"] == "Visma.net"


def test_a_form_of_a_session_that_has_ended_leads_back_to_its_page_after_login(app: Flask, admin: Visitor) -> None:
    token = admin.token
    other = Visitor(app, app.test_client())
    other.post("/login", {"username": "Ingrid Berg", "password": PASSWORD})
    other.send("/account", {"current": PASSWORD, "password": "another long password", "again": "another long password"})

    page = {"Referer": "http://localhost/setup/7/app"}
    answer = admin.client.post("/setup/7/app", data={"csrf_token": token}, headers=page)

    assert (answer.status_code, answer.location) == (303, "/login?next=/setup/7/app&ended=1")


@pytest.mark.parametrize("path", ["/", "/login", "/account", "/nothing", "/healthz", "/static/000000000000/app.css"])
def test_every_answer_has_the_headers_that_a_browser_obeys(admin: Visitor, path: str) -> None:
    headers = admin.get(path, buffered=True).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers
    assert "Server" not in headers


@pytest.mark.parametrize("path", ["/", "/login", "/account", "/nothing", "/healthz"])
def test_no_page_is_kept_by_a_cache(admin: Visitor, path: str) -> None:
    assert admin.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/welcome/x", "/account", "/language", "/users/", "/activity/", "/nothing"])
def test_no_page_has_inline_script_or_style_or_asks_another_host(admin: Visitor, path: str) -> None:
    page = admin.get(path).text
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", page)
    loaded = re.findall(r'<(?:script|link|img|use)[^>]*?(?:src|href)="([^"]*)"', page)
    assert loaded
    assert all(url.startswith(("/", "#")) for url in loaded)


def test_the_session_cookie_is_out_of_reach_for_script_and_other_sites(app: Flask, client: FlaskClient) -> None:
    cookie = client.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_behind_tls_cookies_never_travel_without_it(proxied: Flask) -> None:
    make_account(proxied, "Ola")
    client = proxied.test_client()
    over_tls = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1", "Referer": "https://wizard.example/login"}

    page = client.get("/language", base_url="http://wizard.example", headers=over_tls)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    chosen = client.post(
        "/language",
        base_url="http://wizard.example",
        headers=over_tls,
        data={"language": "nl", "csrf_token": token[1]},
    )

    assert chosen.status_code == 303
    for answer in (page, chosen):
        assert all("; Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_session_ends_after_the_hours_that_are_set(template_instance: Path, tmp_path: Path) -> None:
    app = make_app(template_instance, tmp_path / "instance", session_hours=2)
    person = sign_in(app, "Ola")
    assert app.permanent_session_lifetime == timedelta(hours=2)
    assert person.get("/account").status_code == 200

    app.permanent_session_lifetime = timedelta(seconds=-1)

    assert person.get("/account").status_code == 303
    close(app)


def test_checks_are_not_for_flooding_others(template_instance: Path, tmp_path: Path) -> None:
    app = make_app(template_instance, tmp_path / "instance", throttled=True)
    app.extensions["job_queue"] = ForgetfulQueue(app)
    make_connector(app)
    ola, kari = sign_in(app, "Ola"), sign_in(app, "Kari")
    token = {"csrf_token": ola.token}

    answers = [ola.client.post("/connectors/1/check", data=token).status_code for _ in range(61)]

    assert (answers[59], answers[60]) == (303, 429)
    assert kari.post("/connectors/1/check").status_code == 303
    close(app)


def test_every_page_puts_the_end_of_the_session_off(admin: Visitor) -> None:
    assert "session=" in admin.get("/account").headers["Set-Cookie"]


def test_a_made_up_session_is_nobody_s(app: Flask, client: FlaskClient) -> None:
    for user_id in ("1.wrong", "1", "x.y", "99.key", ""):
        with client.session_transaction() as session:
            session["_user_id"] = user_id
        assert client.get("/account").status_code == 303
