"""Sign-in by OpenID Connect as SuperOffice's: discovery, consent, code, tokens, refresh, revocation."""

from __future__ import annotations

import hashlib
import hmac
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from wizard.practice.superoffice.behaviour import CLIENT_ID, CLIENT_SECRET, TENANT
from wizard.practice.superoffice.sign_in.tokens import Grant, Tokens
from wizard.practice.superoffice.tenant import Tenant
from wizard.practice.superoffice.users import ADMINISTRATOR, NO_ADMINISTRATOR

CLAIM = "http://schemes.superoffice.net/identity/"
ID_TOKEN_SECONDS = 360
COMPANY = "Practice Company"
DENIED = 4
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


class NoSignIn(Exception):
    """The authorize request cannot be answered by a redirect: a page says why."""


class TokenError(Exception):
    """The answer of the token endpoint, by OAuth's name of the error."""


@dataclass(frozen=True)
class AuthorizeRequest:
    """A valid request for a code."""

    redirect_uri: str
    state: str
    nonce: str
    challenge: str
    challenge_method: str

    def leads_back(self, **answer: str) -> str:
        """The redirect address with an answer."""
        separator = "&" if "?" in self.redirect_uri else "?"
        given = {name: text for name, text in {**answer, "state": self.state}.items() if text}
        return self.redirect_uri + separator + urlencode(given)


def discovery(base: str) -> dict[str, Any]:
    """The issuer is the bare base, although all of it lies under /login."""
    login = f"{base}/login"
    return {
        "issuer": base,
        "authorization_endpoint": f"{login}/common/oauth/authorize",
        "token_endpoint": f"{login}/common/oauth/tokens",
        "jwks_uri": f"{login}/.well-known/jwks",
        "revocation_endpoint": f"{login}/common/oauth/Revoke",
        "scopes_supported": ["openid"],
        "response_types_supported": ["code", "id_token", "id_token token"],
        "response_modes_supported": ["query", "fragment", "form_post"],
        "grant_types_supported": ["authorization_code", "implicit", "refresh_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "code_challenge_methods_supported": ["plain", "S256"],
    }


def read_request(query: Mapping[str, str], host: str, tenant: str) -> AuthorizeRequest:
    """Raises NoSignIn. An address to redirect to is registered if it is on this host or on loopback."""
    redirect_uri = query.get("redirect_uri", "")
    parts = urlsplit(redirect_uri)
    if query.get("client_id") != CLIENT_ID:
        raise NoSignIn("client")
    if parts.scheme not in ("http", "https") or not (parts.netloc == host or parts.hostname in _LOOPBACK):
        raise NoSignIn("redirect")
    if query.get("response_type") != "code" or "openid" not in query.get("scope", "").split():
        raise NoSignIn("request")
    asked = query.get("acr_values", "").removeprefix("tenant:") or tenant
    if asked not in ("", "common", TENANT):
        raise NoSignIn("tenant")
    challenge, method = query.get("code_challenge", ""), query.get("code_challenge_method", "plain")
    return AuthorizeRequest(redirect_uri, query.get("state", ""), query.get("nonce", ""), challenge, method)


def consent(tenant: Tenant, asked: AuthorizeRequest, choice: Mapping[str, str]) -> str:
    """The address that the browser goes back to. `choice` is what was chosen on the page of consent."""
    error = tenant.behaviour.consent_error or (DENIED if choice.get("action") == "deny" else 0)
    if error:
        return asked.leads_back(error="access_denied", AuthorizeErrorCode=str(error))
    is_administrator = choice.get("role") != "user" and tenant.behaviour.is_administrator
    grant = Grant(
        associate_id=ADMINISTRATOR if is_administrator else NO_ADMINISTRATOR,
        is_administrator=is_administrator,
        has_licence=choice.get("tenant") != "no_licence",
        is_agent_open=choice.get("tenant") != "closed",
        redirect_uri=asked.redirect_uri,
        challenge=asked.challenge,
        challenge_method=asked.challenge_method,
        nonce=asked.nonce,
    )
    return asked.leads_back(code=Tokens(tenant.store).issue_code(grant))


def jwks(tenant: Tenant) -> dict[str, Any]:
    """The keys with which id_tokens are signed."""
    return Tokens(tenant.store).jwks()


def exchange(tenant: Tenant, base: str, form: Mapping[str, str], authorization: str) -> dict[str, Any]:
    """The answer of the token endpoint. Raises TokenError."""
    _require_client(form, authorization)
    match form.get("grant_type"):
        case "authorization_code":
            return _first_tokens(tenant, base, form)
        case "refresh_token":
            return _refreshed(tenant, form)
        case _:
            raise TokenError("unsupported_grant_type")


def revoke(tenant: Tenant, form: Mapping[str, str], authorization: str) -> None:
    """Raises TokenError for a wrong client; an unknown token is no error."""
    _require_client(form, authorization)
    Tokens(tenant.store).revoke(form.get("token", ""))


def _require_client(form: Mapping[str, str], authorization: str) -> None:
    client_id, secret = form.get("client_id", ""), form.get("client_secret", "")
    if authorization.lower().startswith("basic "):
        client_id, _, secret = basic_of(authorization).partition(":")
    if not hmac.compare_digest(f"{client_id}:{secret}".encode(), f"{CLIENT_ID}:{CLIENT_SECRET}".encode()):
        raise TokenError("invalid_client")


def basic_of(authorization: str) -> str:
    """What a Basic header says, as user:password; empty if it is malformed."""
    try:
        return b64decode(authorization.partition(" ")[2], validate=True).decode()
    except ValueError:
        return ""


def _first_tokens(tenant: Tenant, base: str, form: Mapping[str, str]) -> dict[str, Any]:
    grant = Tokens(tenant.store).use_code(form.get("code", ""))
    if grant is None or grant.redirect_uri != form.get("redirect_uri") or not _is_verified(grant, form):
        raise TokenError("invalid_grant")
    kept = replace(grant, redirect_uri="", challenge="", nonce="")
    return _access(tenant, kept) | {
        "refresh_token": Tokens(tenant.store).issue_refresh(kept),
        "id_token": Tokens(tenant.store).sign(_claims(tenant, base, grant)),
    }


def _is_verified(grant: Grant, form: Mapping[str, str]) -> bool:
    """Whether the verifier of PKCE belongs to the challenge; a request without one needs none."""
    if not grant.challenge:
        return True
    verifier = form.get("code_verifier", "")
    if grant.challenge_method == "S256":
        verifier = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return hmac.compare_digest(verifier.encode(), grant.challenge.encode())


def _refreshed(tenant: Tenant, form: Mapping[str, str]) -> dict[str, Any]:
    """No new refresh token comes with it: the old one is used again."""
    grant = Tokens(tenant.store).find("refresh", form.get("refresh_token", ""))
    if grant is None or tenant.behaviour.refresh_revoked:
        raise TokenError("invalid_grant")
    return _access(tenant, grant)


def _access(tenant: Tenant, grant: Grant) -> dict[str, Any]:
    seconds = tenant.behaviour.token_seconds
    access = Tokens(tenant.store).issue_access(grant, seconds)
    return {"token_type": "Bearer", "access_token": access, "expires_in": seconds}


def _claims(tenant: Tenant, base: str, grant: Grant) -> dict[str, Any]:
    behaviour = tenant.behaviour
    user, now = behaviour.directory.users[grant.associate_id], int(time.time()) + behaviour.clock_seconds
    own = {
        "associateid": str(user.associate_id),
        "ctx": behaviour.token_tenant,
        "company_name": COMPANY,
        "serial": "1234567890",
        "webapi_url": f"{behaviour.api_base(base)}/api/",
        "netserver_url": f"{behaviour.api_base(base)}/Remote/Services88/",
        "is_administrator": str(grant.is_administrator),
        "email": user.user_name,
        "so_primary_email_address": user.user_name,
        "upn": user.user_name,
        "initials": user.initials,
        "identityprovider": "superid-local",
    }
    times = {"iat": now, "nbf": now, "exp": now + ID_TOKEN_SECONDS}
    told = {"iss": base, "aud": CLIENT_ID, "sub": user.user_name, "nonce": grant.nonce}
    return told | times | {CLAIM + name: text for name, text in own.items()}
