"""The practice SuperOffice signs in by OpenID Connect: a code with PKCE, tokens, refresh and revocation."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
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


def test_a_client_may_sign_in_by_header_and_without_pkce_or_with_a_plain_challenge(host: PracticeSuperOffice) -> None:
    url = f"{host.login}/login/common/oauth/authorize"
    for challenge in ({"code_challenge": ""}, {"code_challenge": VERIFIER, "code_challenge_method": "plain"}):
        back = requests.post(url, params=_query(**challenge), timeout=60, allow_redirects=False).headers["Location"]
        form = {"grant_type": "authorization_code", "redirect_uri": BACK, "code_verifier": VERIFIER}
        form["code"] = parse_qs(urlsplit(back).query)["code"][0]
        tokens = requests.post(
            f"{host.login}/login/common/oauth/tokens", data=form, auth=("practice", "practice-secret"), timeout=60
        )

        assert "id_token" in tokens.json()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"client_id": "other"}, "client"),
        ({"acr_values": "tenant:Cust99999"}, "tenant"),
        ({"response_type": "token"}, "request"),
        ({"redirect_uri": "https://attacker.example/"}, "redirect"),
    ],
)
def test_a_request_that_cannot_lead_back_is_shown_as_a_page(
    host: PracticeSuperOffice, changes: dict[str, str], problem: str
) -> None:
    answer = requests.get(f"{host.login}/login/common/oauth/authorize", params=_query(**changes), timeout=60)

    assert (answer.status_code, answer.text) == (400, problem)


def test_another_grant_is_not_supported_and_a_revoked_one_is_no_more(host: PracticeSuperOffice) -> None:
    assert _tokens(host, grant_type="password").json() == {"error": "unsupported_grant_type"}

    host.behaviour.refresh_revoked = True
    refresh = {"grant_type": "refresh_token", "refresh_token": host.refresh_token()}
    assert _tokens(host, **refresh).json() == {"error": "invalid_grant"}


def test_the_sign_in_can_lead_back_at_once_with_a_code_or_an_error(host: PracticeSuperOffice) -> None:
    def answer() -> dict[str, list[str]]:
        url = f"{host.login}/login/common/oauth/authorize"
        back = requests.get(url, params=_query(), timeout=60, allow_redirects=False).headers["Location"]
        return parse_qs(urlsplit(back).query)

    host.behaviour.asks_consent = False
    assert "code" in answer()
    host.behaviour.consent_error = 5
    assert answer()["AuthorizeErrorCode"] == ["5"]


def test_what_the_discovery_document_names_is_there(host: PracticeSuperOffice) -> None:
    told = requests.get(f"{host.login}/login/.well-known/openid-configuration", timeout=60).json()
    keys = requests.get(told["jwks_uri"], timeout=60).json()["keys"]

    assert told["issuer"] == host.login
    assert [(key["kty"], key["alg"]) for key in keys] == [("RSA", "RS256")]
    assert requests.post(told["revocation_endpoint"], data={"token": "x"}, timeout=60).status_code == 401


@pytest.mark.parametrize(
    ("choice", "status", "licences"),
    [({"tenant": "closed"}, 403, 3), ({"tenant": "no_licence"}, 200, 1), ({"role": "user"}, 200, 3)],
)
def test_what_is_chosen_on_the_page_of_consent_holds_for_the_tokens(
    host: PracticeSuperOffice, choice: dict[str, str], status: int, licences: int
) -> None:
    code = _authorize(host, **choice)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}
    headers = {"Authorization": f"Bearer {_tokens(host, **form).json()['access_token']}"}
    agent = requests.post(f"{host.api}/v1/Agents/ErpSync/GetAllConnectors", headers=headers, timeout=60)
    principal = requests.get(f"{host.api}/v1/User/currentPrincipal", headers=headers, timeout=60).json()

    assert (agent.status_code, len(principal["Licenses"])) == (status, licences)
    assert principal["FullName"] == ("Sven Salesman" if "role" in choice else "Astrid Administrator")
