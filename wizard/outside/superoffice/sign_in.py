"""Sign-in at SuperOffice Online: OpenID Connect's code flow with PKCE, and its verified id_token."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Unpack
from urllib.parse import urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from wizard.domain.superoffice import LinkKind
from wizard.outside.http import Deadline, Policy
from wizard.outside.superoffice.calls import Caller, CallOptions, SuperOfficeError, refusal
from wizard.outside.superoffice.site import BearerTokens, Site, base_of, is_trusted
from wizard.outside.superoffice.tokens import (
    Provider,
    exchange,
    read_json,
    read_provider,
    refusal_of,
    revoke_tokens,
    tokens_of,
)

CLAIM = "http://schemes.superoffice.net/identity/"
LEEWAY_SECONDS = 600
"""How much the clocks may differ: an id_token is valid for some six minutes only."""
_REASON_BY_AUTHORIZE_ERROR = {
    "1": "consent_revoked",
    "2": "redirect_unregistered",
    "3": "consent_revoked",
    "4": "consent_denied",
    "5": "needs_reapproval",
    "6": "client_rejected",
    "7": "client_rejected",
}
"""By SuperOffice's AuthorizeErrorCode."""


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """A sign-in that has begun. All but `url` has to be kept, unseen by others, until the browser comes back."""

    url: str = field(repr=False)
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    code_verifier: str = field(repr=False)
    login: str
    client_id: str
    redirect_uri: str
    tenant: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who has signed in, and the tokens. `api` is the base of the tenant's API."""

    tokens: BearerTokens
    tenant: str
    api: str
    associate_id: int
    is_administrator: bool
    company: str
    email: str
    name: str


def begin_sign_in(login: str, client_id: str, redirect_uri: str, tenant: str) -> SignInRequest:
    """The address to send the browser to, with state, nonce and PKCE of its own."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    query = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "scope": "openid",
        "state": state,
        "nonce": nonce,
        "code_challenge": create_s256_code_challenge(verifier),
        "code_challenge_method": "S256",
        "acr_values": f"tenant:{tenant}",
    }
    url = f"{login}/login/common/oauth/authorize?{urlencode(query)}"
    return SignInRequest(url, state, nonce, verifier, login, client_id, redirect_uri, tenant)


def finish_sign_in(
    request: SignInRequest,
    response_args: Mapping[str, str],
    client_secret: str,
    *,
    kind: LinkKind,
    policy: Policy,
    deadline: Deadline,
    **options: Unpack[CallOptions],
) -> SignedIn:
    """Exchanges the code that the browser came back with, and verifies who it is. Raises SuperOfficeError."""
    code = _code_of(request, response_args)
    caller = Caller(policy=policy, deadline=deadline, **options)
    try:
        provider = read_provider(caller, request.login)
        app = (request.client_id, client_secret)
        answer = exchange(
            caller, provider, app, code=code, redirect_uri=request.redirect_uri, code_verifier=request.code_verifier
        )
        claims = _verified(caller, provider, request, answer.get("id_token"))
    finally:
        caller.close()
    return _signed_in(request, kind, claims, tokens_of(answer, app))


def revoke(
    site: Site, tokens: BearerTokens, *, policy: Policy, deadline: Deadline, **options: Unpack[CallOptions]
) -> None:
    """Withdraws the tokens at SuperOffice. Raises SuperOfficeError."""
    caller = Caller(policy=policy, deadline=deadline, **options)
    try:
        revoke_tokens(caller, site, tokens)
    finally:
        caller.close()


def _code_of(request: SignInRequest, response_args: Mapping[str, str]) -> str:
    """The code, if this is the answer to the request."""
    if not hmac.compare_digest(response_args.get("state", "").encode(), request.state.encode()):
        raise refusal("not_authorised", {"operation": "sign-in"}, (("error", "state does not fit"),))
    name = _REASON_BY_AUTHORIZE_ERROR.get(response_args.get("AuthorizeErrorCode", "").strip())
    error = response_args.get("error", "")[:100]
    if name:
        facts = {"redirect": request.redirect_uri, "client_id": request.client_id, "tenant": request.tenant}
        code = response_args["AuthorizeErrorCode"][:40]
        raise refusal(name, facts, (("AuthorizeErrorCode", code), ("error", error)))
    if error or not response_args.get("code"):
        description = response_args.get("error_description", "")[:300]
        raise refusal_of(error or "no code", description, "not_authorised", request.client_id)
    return response_args["code"]


def _verified(caller: Caller, provider: Provider, request: SignInRequest, id_token: Any) -> dict[str, Any]:
    """The claims of an id_token that is for us and for this sign-in."""
    if not isinstance(id_token, str):
        raise _misread("id_token", "missing")
    keys = read_json(caller, provider.jwks_uri, "jwks")
    expected = jwt.JWTClaimsRegistry(
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "values": [request.login, f"{request.login}/"]},
        aud={"essential": True, "value": request.client_id},
        exp={"essential": True},
        nonce={"essential": True, "value": request.nonce},
    )
    try:
        claims = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=["RS256"]).claims
        expected.validate(claims)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _misread("id_token", type(error).__name__, str(error)) from error
    return claims


def _signed_in(request: SignInRequest, kind: LinkKind, claims: Mapping[str, Any], tokens: BearerTokens) -> SignedIn:
    found = _text(claims, "ctx")
    if found.lower() != request.tenant.lower():
        raise refusal("wrong_tenant", {"tenant": request.tenant, "found": found[:100]})
    api = base_of(_text(claims, "webapi_url"))
    if not is_trusted(kind, api):
        raise _misread("id_token/webapi_url", "address", api[:300])
    associate_id = _text(claims, "associateid")
    if not associate_id.isdecimal():
        raise _misread("id_token/associateid", "int", associate_id[:300])
    return SignedIn(
        tokens=tokens,
        tenant=request.tenant,
        api=api,
        associate_id=int(associate_id),
        is_administrator=_text(claims, "is_administrator").lower() == "true",
        company=_text(claims, "company_name"),
        email=_text(claims, "email") or _text(claims, "so_primary_email_address"),
        name=_text(claims, "upn") or _text(claims, "initials"),
    )


def _text(claims: Mapping[str, Any], name: str) -> str:
    """A claim of SuperOffice's, of which some are truth values or numbers as text, or not."""
    value = claims.get(CLAIM + name, "")
    return str(value) if isinstance(value, (str, int)) else ""


def _misread(member: str, kind: str, found: str = "") -> SuperOfficeError:
    facts = {"operation": "sign-in", "member": member, "kind": kind}
    return refusal("misread", facts, (("found", found),) if found else ())
