"""One address for the wizard: links are made from it, and requests for another one or without TLS are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import close, make_app, says, sign_in
from wizard.practice.connector.server import PATH
from wizard.views.practice import practice_url
from wizard.web import public_origin

URL = "https://erp-setup.example"
TLS = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "erp-setup.example", "X-Forwarded-For": "192.0.2.7"}


@pytest.fixture
def public(template_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    """An app at a public address, behind a proxy on this machine."""
    app = make_app(template_instance, tmp_path / "public", public_url=URL)
    yield app
    close(app)


def get(app: Flask, path: str, headers: dict[str, str], host: str = "127.0.0.1:8000") -> TestResponse:
    return app.test_client().get(path, headers=headers, base_url=f"http://{host}")


HOSTS = ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:9000", "127.8.8.8", "[::1]:8000"]


@pytest.mark.parametrize("host", HOSTS)
def test_without_a_public_address_the_names_of_this_machine_are_its_own(client: FlaskClient, host: str) -> None:
    assert client.get("/login", headers={"Host": host}).status_code == 200


STRANGE = [
    "evil.example",
    "localhost.evil.example",
    "192.0.2.1:8000",
    "localhost@evil.example",
    "evil@localhost",
    "localhost:x",
    "[::1",
    "[::2]",
    "localhost/evil",
    "0.0.0.0",
]


@pytest.mark.parametrize("host", STRANGE)
def test_without_a_public_address_another_host_is_refused_in_plain_words(client: FlaskClient, host: str) -> None:
    answer = client.get("/login", headers={"Host": host})
    assert answer.status_code == 400
    if "<main" in answer.text:
        assert "ERP_WIZARD_PUBLIC_URL" in says(answer.text)
        assert "evil" not in answer.text
        assert "Go to the start page" not in answer.text


def test_a_name_that_an_attacker_points_here_gets_no_session(client: FlaskClient) -> None:
    answer = client.post("/login", headers={"Host": "evil.example"}, data={"username": "a", "password": "b"})
    assert "Wrong address" in says(answer.text)


@pytest.mark.parametrize("host", ["evil.example", "erp-setup.example.evil.example", "erp-setup.example:8443", "x"])
def test_a_host_that_is_not_the_public_one_is_refused_whoever_names_it(public: Flask, host: str) -> None:
    answer = get(public, "/login", TLS | {"X-Forwarded-Host": host})
    assert (answer.status_code, f"Open {URL}." in says(answer.text)) == (400, True)
    assert f'href="{URL}/"' in answer.text
    own = {name: text for name, text in TLS.items() if name != "X-Forwarded-Host"}
    assert get(public, "/login", own, host=host).status_code == 400


@pytest.mark.parametrize("host", ["erp-setup.example", "ERP-setup.example", "erp-setup.example:443"])
def test_the_public_host_is_answered_in_every_spelling(public: Flask, host: str) -> None:
    assert get(public, "/login", TLS | {"X-Forwarded-Host": host}).status_code == 200


def test_the_health_page_answers_probes_by_ip_and_without_tls(public: Flask) -> None:
    assert get(public, "/healthz", {}, host="10.0.0.5:8000").status_code == 200


def test_a_one_time_link_has_the_public_address(public: Flask) -> None:
    admin = sign_in(public, "Ingrid")
    admin.client.environ_base |= {f"HTTP_{name.upper().replace('-', '_')}": text for name, text in TLS.items()}
    referrer = {"HTTP_REFERER": f"{URL}/accounts/new"}
    page = admin.post("/accounts/new", {"name": "Ola", "username": "ola", "role": "reader"}, environ_base=referrer)
    assert f"{URL}/welcome/" in page.text


def test_the_origin_is_the_public_address_and_without_one_that_of_the_request(public: Flask, app: Flask) -> None:
    with public.test_request_context("/"):
        assert public_origin() == URL
    with app.test_request_context("/", base_url="http://localhost:9000"):
        assert public_origin() == "http://localhost:9000"


def test_the_practice_connector_is_called_at_the_server_s_own_port_whatever_the_tunnel_s_is(
    public: Flask, app: Flask
) -> None:
    with app.test_request_context(headers={"Host": "localhost:9000"}, environ_overrides={"SERVER_PORT": "8000"}):
        assert practice_url() == f"http://127.0.0.1:8000{PATH}"
    with public.test_request_context():
        assert practice_url() == URL + PATH


def test_a_page_asked_for_without_tls_is_led_to_it(public: Flask) -> None:
    answer = get(public, "/login?next=/users/", TLS | {"X-Forwarded-Proto": "http"})
    assert (answer.status_code, answer.location) == (308, f"{URL}/login?next=/users/")
    assert "Strict-Transport-Security" not in answer.headers


def test_a_form_sent_without_tls_is_refused(public: Flask) -> None:
    headers = TLS | {"X-Forwarded-Proto": "http"}
    answer = public.test_client().post("/login", headers=headers, data={"username": "ola", "password": "secret"})
    assert (answer.status_code, "unencrypted" in says(answer.text)) == (400, True)


def test_a_proxy_that_is_not_trusted_is_named_with_the_setting(public: Flask) -> None:
    client = public.test_client()
    answer = client.get(
        "/login", headers=TLS, base_url="http://erp-setup.example", environ_base={"REMOTE_ADDR": "10.0.0.5"}
    )
    assert answer.status_code == 400
    assert "10.0.0.5, in ERP_WIZARD_TRUSTED_PROXIES" in says(answer.text)


def test_behind_tls_a_cookie_is_bound_to_the_host(public: Flask) -> None:
    answer = get(public, "/language", TLS)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_the_settings_of_version_1_0_go_on_working(template_instance: Path, tmp_path: Path) -> None:
    app = make_app(template_instance, tmp_path / "old", behind_tls=True)
    answer = app.test_client().get(
        "/login", headers=TLS | {"X-Forwarded-Host": "any.example"}, environ_base={"REMOTE_ADDR": "10.0.0.5"}
    )
    assert answer.status_code == 200
    close(app)
