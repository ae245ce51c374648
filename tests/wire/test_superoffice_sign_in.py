"""The sign-in at SuperOffice Online against a provider that signs, and forges, id_tokens."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.wire.superoffice import API, POLICY, TENANT, TOKENS, Host, reply, superoffice_host
from wizard.domain.superoffice import LinkKind
from wizard.outside.http import Deadline
from wizard.outside.superoffice import SignInRequest, SuperOfficeError, begin_sign_in, finish_sign_in, revoke

KEY = RSAKey.generate_key(2048, parameters={"kid": "one"})
OTHER_KEY = RSAKey.generate_key(2048, parameters={"kid": "one"})
REDIRECT = "http://127.0.0.1:8000/superoffice/signed-in"
CLAIM = "http://schemes.superoffice.net/identity/"
SECRET = "client-secret"


@pytest.fixture
def host() -> Iterator[Host]:
    with superoffice_host() as host:
        host.put("/login/.well-known/jwks", reply({"keys": [KEY.as_dict(private=False)]}))
        yield host


def begin(host: Host) -> SignInRequest:
    return begin_sign_in(host.url, "client", REDIRECT, TENANT)


def claims_of(host: Host, request: SignInRequest) -> dict[str, Any]:
    now = int(time.time())
    own = {
        "ctx": TENANT,
        "associateid": "5",
        "webapi_url": f"{host.url}{API}/",
        "is_administrator": "True",
        "company_name": "Acme",
        "email": "a@example.com",
        "upn": "a@example.com",
    }
    known = {"iss": host.url, "aud": "client", "nonce": request.nonce, "iat": now, "nbf": now, "exp": now + 360}
    return known | {CLAIM + name: value for name, value in own.items()}


def answer(claims: Mapping[str, Any], key: Any = KEY, alg: str = "RS256", **more: Any) -> bytes:
    token = jwt.encode({"alg": alg, "kid": "one"}, dict(claims), key, algorithms=[alg])
    tokens = {"token_type": "Bearer", "access_token": "8A:a", "refresh_token": "r", "expires_in": 3600}
    return reply({**tokens, "id_token": token, **more})


def finish(request: SignInRequest, **args: str) -> Any:
    given = {"code": "one-code", "state": request.state, **args}
    return finish_sign_in(request, given, SECRET, kind=LinkKind.PRACTICE, policy=POLICY, deadline=Deadline(60))


def refused(request: SignInRequest, **args: str) -> SuperOfficeError:
    with pytest.raises(SuperOfficeError) as caught:
        finish(request, **args)
    shown = str(caught.value.result)
    assert not any(secret in shown for secret in (SECRET, "one-code", request.code_verifier, request.state))
    return caught.value


def test_the_browser_is_sent_with_state_nonce_and_pkce_of_its_own(host: Host) -> None:
    first, second = begin(host), begin(host)
    query = {name: values[0] for name, values in parse_qs(urlsplit(first.url).query).items()}
    assert query == {
        "response_type": "code",
        "client_id": "client",
        "redirect_uri": REDIRECT,
        "scope": "openid",
        "state": first.state,
        "nonce": first.nonce,
        "code_challenge": create_s256_code_challenge(first.code_verifier),
        "code_challenge_method": "S256",
        "acr_values": f"tenant:{TENANT}",
    }
    assert len({first.state, first.nonce, first.code_verifier, second.state, second.nonce, second.code_verifier}) == 6
    assert first.state not in repr(first)


def test_a_sign_in_ends_with_tokens_tenant_and_user(host: Host) -> None:
    request = begin(host)
    host.put_sign_in(answer(claims_of(host, request), expires_in="3600"))
    signed_in = finish(request)

    assert (signed_in.tenant, signed_in.api) == (TENANT, f"{host.url}{API}")
    assert (signed_in.associate_id, signed_in.is_administrator) == (5, True)
    assert (signed_in.company, signed_in.email, signed_in.name) == ("Acme", "a@example.com", "a@example.com")
    assert (signed_in.tokens.access_token, signed_in.tokens.refresh_token) == ("8A:a", "r")
    sent = parse_qs(next(each for each in host.requests if each.method == "POST").body.decode())
    assert sent["code_verifier"] == [request.code_verifier]
    assert not any(secret in request.target for request in host.requests for secret in (SECRET, "one-code"))


@pytest.mark.parametrize("minutes", [-9, -5, 5, 9])
def test_clocks_may_differ_by_minutes(host: Host, minutes: int) -> None:
    request = begin(host)
    claims = claims_of(host, request)
    host.put_sign_in(answer(claims | {name: claims[name] + minutes * 60 for name in ("iat", "nbf", "exp")}))
    assert finish(request).tenant == TENANT


@pytest.mark.parametrize(
    "forged",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another app"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"iat": 9_999_999_999},
        {CLAIM + "webapi_url": "https://elsewhere.example/api/"},
        {CLAIM + "webapi_url": None},
        {CLAIM + "associateid": "x"},
    ],
    ids=str,
)
def test_an_id_token_that_is_not_for_this_sign_in_is_refused(host: Host, forged: dict[str, Any]) -> None:
    request = begin(host)
    claims = {name: value for name, value in (claims_of(host, request) | forged).items() if value is not None}
    host.put_sign_in(answer(claims))
    assert refused(request).reason == "superoffice.misread"


@pytest.mark.parametrize(
    ("key", "alg"),
    [(OTHER_KEY, "RS256"), (KEY, "RS512"), (OctKey.generate_key(256), "HS256")],
    ids=["another key", "another algorithm", "a shared secret"],
)
def test_a_signature_of_somebody_else_is_refused(host: Host, key: Any, alg: str) -> None:
    request = begin(host)
    host.put_sign_in(answer(claims_of(host, request), key, alg))
    assert refused(request).reason == "superoffice.misread"


def test_another_tenant_than_the_one_asked_for_is_refused(host: Host) -> None:
    request = begin(host)
    host.put_sign_in(answer(claims_of(host, request) | {CLAIM + "ctx": "Cust99999"}))
    error = refused(request)
    assert (error.reason, error.result.facts["found"]) == ("superoffice.wrong_tenant", "Cust99999")


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        ({"state": "another"}, "not_authorised"),
        ({"state": "ændret"}, "not_authorised"),
        ({"code": ""}, "not_authorised"),
        ({"error": "access_denied"}, "consent_denied"),
        ({"error": "access_denied", "AuthorizeErrorCode": "1"}, "consent_revoked"),
        ({"error": "access_denied", "AuthorizeErrorCode": "2"}, "redirect_unregistered"),
        ({"error": "access_denied", "AuthorizeErrorCode": "4"}, "consent_denied"),
        ({"error": "access_denied", "AuthorizeErrorCode": "5"}, "needs_reapproval"),
        ({"error": "access_denied", "AuthorizeErrorCode": "7"}, "client_rejected"),
        ({"error": "unauthorized_client"}, "client_rejected"),
        ({"error": "server_error"}, "not_authorised"),
    ],
    ids=str,
)
def test_a_browser_that_comes_back_without_a_code_has_its_reason(host: Host, args: dict[str, str], reason: str) -> None:
    assert refused(begin(host), **args).reason == f"superoffice.{reason}"
    assert host.requests == []


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (reply({"error": "invalid_client"}, 401), "superoffice.client_rejected"),
        (
            reply({"error": "invalid_grant", "error_description": "one-code client-secret"}, 400),
            "superoffice.not_authorised",
        ),
        (reply(b"<html>"), "superoffice.misread"),
        (reply([]), "superoffice.misread"),
        (reply(None), "superoffice.no_answer"),
        (reply({"access_token": "8A:a", "expires_in": 3600}), "superoffice.misread"),
        (reply({"refresh_token": "r", "access_token": 7}), "superoffice.misread"),
        (reply(b"<html>client-secret</html>", 403), "superoffice.not_authorised"),
        (reply({"Message": "no"}, 401), "superoffice.not_authorised"),
        (reply({"access_token": "8A:a", "refresh_token": "r", "expires_in": "soon"}), "superoffice.misread"),
        (reply(b"<html>client-secret</html>", 502), "http.unavailable"),
        (reply(b"", 302, {"Location": "http://elsewhere/"}), "http.redirect"),
    ],
)
def test_an_answer_without_tokens_has_its_reason(host: Host, said: bytes, reason: str) -> None:
    host.put_sign_in(said)
    assert refused(begin(host)).reason == reason


@pytest.mark.parametrize("odd", [{"access_token": 7}, {"refresh_token": None}, {"expires_in": "-5"}])
def test_tokens_beside_a_good_signature_are_read_as_closely(host: Host, odd: dict[str, Any]) -> None:
    request = begin(host)
    host.put_sign_in(answer(claims_of(host, request), **odd))
    assert refused(request).reason == "superoffice.misread"


@pytest.mark.parametrize("member", ["issuer", "token_endpoint", "jwks_uri"])
def test_endpoints_on_another_host_get_no_secret(host: Host, member: str) -> None:
    said = dict.fromkeys(("token_endpoint", "jwks_uri"), f"{host.url}/login/x") | {"issuer": host.url}
    host.put("/login/.well-known/openid-configuration", reply(said | {member: "http://127.0.0.1:9/elsewhere"}))
    assert refused(begin(host)).reason == "superoffice.misread"
    assert [request.method for request in host.requests] == ["GET"]


def test_tokens_are_revoked_where_discovery_says(host: Host) -> None:
    host.put_sign_in(reply({}))
    host.put("/login/common/oauth/Revoke", reply({}))
    revoke(host.site, TOKENS, policy=POLICY, deadline=Deadline(60))
    assert b"token=refresh-secret" in host.requests[-1].body


def test_a_revocation_that_is_refused_is_an_error(host: Host) -> None:
    host.put_sign_in(reply({}))
    host.put("/login/common/oauth/Revoke", reply({"error": "invalid_client"}, 401))
    with pytest.raises(SuperOfficeError, match=r"superoffice\.client_rejected"):
        revoke(host.site, TOKENS, policy=POLICY, deadline=Deadline(60))
