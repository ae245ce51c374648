"""The practice SuperOffice signs in by OpenID Connect: a code with PKCE, tokens, refresh and revocation."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from tests.factories import PracticeSuperOffice, Visitor, form_fields

VERIFIER = "v" * 64
BACK = "http://localhost/superoffice/signed-in"
CLAIM = "http://schemes.superoffice.net/identity/"


def _query(**changes: str) -> dict[str, str]:
    challenge = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
    return {
        "response_type": "code",
        "client_id": "practice",
        "redirect_uri": BACK,
        "scope": "openid",
        "state": "a-state",
        "nonce": "a-nonce",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "acr_values": "tenant:Cust00001",
    } | changes


def _authorize(host: PracticeSuperOffice, **choice: str) -> dict[str, list[str]]:
    url = f"{host.login}/login/common/oauth/authorize"
    answer = requests.post(url, params=_query(), data=choice, timeout=60, allow_redirects=False)
    return parse_qs(urlsplit(answer.headers["Location"]).query)


def _tokens(host: PracticeSuperOffice, **form: str) -> requests.Response:
    sent = {"client_id": "practice", "client_secret": "practice-secret"} | form
    return requests.post(f"{host.login}/login/common/oauth/tokens", data=sent, timeout=60)


def _first_tokens(host: PracticeSuperOffice, **changes: str) -> requests.Response:
    code = _authorize(host)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}
    return _tokens(host, **form | changes)


def _claims(id_token: str) -> dict[str, Any]:
    return dict(json.loads(urlsafe_b64decode(id_token.split(".")[1] + "==")))


def test_a_code_is_exchanged_for_tokens_of_the_tenant(host: PracticeSuperOffice) -> None:
    tokens = _first_tokens(host).json()
    claims = _claims(tokens["id_token"])

    assert tokens["access_token"].startswith("8A:Cust00001.")
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (host.login, "practice", "a-nonce")
    assert (claims[CLAIM + "ctx"], claims[CLAIM + "is_administrator"]) == ("Cust00001", "True")
    assert claims[CLAIM + "webapi_url"] == f"{host.api}/"
    assert _calls(host, tokens["access_token"]) == 200


def _calls(host: PracticeSuperOffice, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return requests.get(f"{host.api}/v1/User/currentPrincipal", headers=headers, timeout=60).status_code


def test_a_code_is_good_for_its_own_verifier_once(host: PracticeSuperOffice) -> None:
    code = _authorize(host)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}

    assert _tokens(host, **form, code_verifier="other").json() == {"error": "invalid_grant"}
    assert _tokens(host, **form, code_verifier=VERIFIER).json() == {"error": "invalid_grant"}


def test_a_wrong_secret_is_rejected(host: PracticeSuperOffice) -> None:
    answer = _first_tokens(host, client_secret="wrong")

    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


def test_a_refresh_brings_an_access_token_only_until_it_is_revoked(host: PracticeSuperOffice) -> None:
    refresh_token = _first_tokens(host).json()["refresh_token"]
    host.end_access_tokens()
    refresh = {"grant_type": "refresh_token", "refresh_token": refresh_token}

    refreshed = _tokens(host, **refresh).json()
    assert sorted(refreshed) == ["access_token", "expires_in", "token_type"]
    assert _calls(host, refreshed["access_token"]) == 200

    form = {"token": refresh_token, "client_id": "practice", "client_secret": "practice-secret"}
    requests.post(f"{host.login}/login/common/oauth/Revoke", data=form, timeout=60)
    assert _tokens(host, **refresh).json() == {"error": "invalid_grant"}


def test_consent_can_be_denied(host: PracticeSuperOffice) -> None:
    answer = _authorize(host, action="deny")

    assert answer == {"error": ["access_denied"], "AuthorizeErrorCode": ["4"], "state": ["a-state"]}


def test_the_wizard_asks_for_consent_on_a_page_of_its_own(admin: Visitor) -> None:
    path = "/practice/superoffice/login/common/oauth/authorize"
    page = admin.client.get(path, query_string=_query()).text
    assert "Allow access?" in page

    form = form_fields(page) | {"action": "allow"}
    back = admin.post(path, form, query_string=_query())
    assert back.status_code == 303
    assert back.location.startswith(f"{BACK}?code=")


def test_a_redirect_address_elsewhere_gets_no_code(admin: Visitor) -> None:
    path = "/practice/superoffice/login/common/oauth/authorize"
    answer = admin.client.get(path, query_string=_query(redirect_uri="https://attacker.example/x"))

    assert (answer.status_code, "The redirect URL is not registered there." in answer.text) == (400, True)
