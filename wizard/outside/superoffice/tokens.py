"""The endpoints of the sign-in Online, and the tokens that they give, refresh and revoke."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.client import OAuth2Client

from wizard.outside.http import Response
from wizard.outside.redaction import Redactor
from wizard.outside.superoffice.calls import AnswerReader, Caller, SuperOfficeError, refusal
from wizard.outside.superoffice.members import Carrier, Json, Misread, named
from wizard.outside.superoffice.site import BearerTokens, Site

DEFAULT_SECONDS = 3600
_REASON_BY_ERROR = {
    "invalid_client": "client_rejected",
    "unauthorized_client": "client_rejected",
    "access_denied": "consent_denied",
    "consent_required": "needs_reapproval",
}


@dataclass(frozen=True, kw_only=True)
class Provider(Carrier):
    """What the discovery document says."""

    required = frozenset({"issuer", "token_endpoint", "jwks_uri"})

    issuer: str = named("issuer", default="")
    token_endpoint: str = named("token_endpoint", default="")
    jwks_uri: str = named("jwks_uri", default="")
    revocation_endpoint: str = named("revocation_endpoint", default="")


def read_provider(caller: Caller, login: str) -> Provider:
    """The endpoints of a sign-in, all on its own host. The issuer is the bare host, though all lies under /login.

    Raises SuperOfficeError.
    """
    answer = read_json(caller, f"{login}/login/.well-known/openid-configuration", "discovery")
    with AnswerReader().reading("discovery"):
        provider = Provider.from_json(answer, is_answer=True)
        if provider.issuer.rstrip("/") != login:
            raise Misread("Provider/issuer", "address", provider.issuer)
        for name in ("token_endpoint", "jwks_uri", "revocation_endpoint"):
            url = getattr(provider, name)
            if url and not url.lower().startswith(f"{login}/".lower()):
                raise Misread(f"Provider/{name}", "address", url)
    return provider


def read_json(caller: Caller, url: str, what: str) -> Json:
    """A document that anybody may read. Raises SuperOfficeError."""
    return AnswerReader().read(what, caller.request("GET", url, {"Accept": "application/json"}))


def exchange(
    caller: Caller, provider: Provider, app: tuple[str, str], *, code: str, redirect_uri: str, code_verifier: str
) -> dict[str, Any]:
    """The tokens for a code, as they came; `app` is client id and secret. Raises SuperOfficeError."""
    secrets = (app[1], code, code_verifier)
    with _refusals("not_authorised", app[0], secrets, provider.token_endpoint):
        return dict(
            _client(caller, app, secrets).fetch_token(
                provider.token_endpoint,
                grant_type="authorization_code",
                code=code,
                redirect_uri=redirect_uri,
                code_verifier=code_verifier,
            )
        )


def refresh(caller: Caller, site: Site, tokens: BearerTokens) -> BearerTokens:
    """A new access token; the refresh token stays unless a new one comes along. Raises SuperOfficeError."""
    provider = read_provider(caller, site.login)
    app = (tokens.client_id, tokens.client_secret)
    with _refusals("consent_revoked", tokens.client_id, tokens.secrets, provider.token_endpoint):
        answer = _client(caller, app, tokens.secrets).refresh_token(
            provider.token_endpoint, refresh_token=tokens.refresh_token
        )
    return tokens_of(answer, app)


def revoke_tokens(caller: Caller, site: Site, tokens: BearerTokens) -> None:
    """Withdraws the refresh token. Raises SuperOfficeError."""
    provider = read_provider(caller, site.login)
    url = provider.revocation_endpoint or f"{site.login}/login/common/oauth/Revoke"
    app = (tokens.client_id, tokens.client_secret)
    with _refusals("refused", tokens.client_id, tokens.secrets, url):
        answer = _client(caller, app, tokens.secrets).revoke_token(url, token=tokens.refresh_token)
        answer.raise_for_status()


def tokens_of(answer: Mapping[str, Any], app: tuple[str, str]) -> BearerTokens:
    """The tokens of an answer. Raises SuperOfficeError."""
    with AnswerReader().reading("tokens"):
        access, kept = answer.get("access_token"), answer.get("refresh_token")
        for name, token in (("access_token", access), ("refresh_token", kept)):
            if not isinstance(token, str) or not token:
                raise Misread(f"tokens/{name}", "missing" if token is None else "str")
        seconds = str(answer.get("expires_in") or DEFAULT_SECONDS)
        if not seconds.isdecimal():
            raise Misread("tokens/expires_in", "int", seconds)
        expires_at = datetime.now(UTC) + timedelta(seconds=int(seconds[:9]))
        return BearerTokens(str(access), str(kept), expires_at, *app)


def refusal_of(error: str, description: str, other: str, client_id: str, asked: str = "") -> SuperOfficeError:
    """The error that one of OAuth's stands for; `other` is the reason of every one that says little."""
    name = _REASON_BY_ERROR.get(error, other)
    answer = f"{error}: {description}" if description else error
    facts = {"client_id": client_id} if name == "client_rejected" else {"operation": "sign-in", "answer": answer}
    rows = (("asked", asked), ("error", error), ("description", description))
    return refusal(name, facts, tuple((label, text) for label, text in rows if text))


# --- Authlib over the guarded transport


@contextmanager
def _refusals(other: str, client_id: str, secrets: tuple[str, ...], asked: str) -> Iterator[None]:
    try:
        yield
    except OAuth2Error as error:
        redactor = Redactor(secrets)
        description = redactor.beginning(str(error.description or ""), 300)
        name = redactor.beginning(str(error.error), 100)
        raise refusal_of(name, description, other, client_id, asked) from error
    except (ValueError, TypeError) as error:
        raise refusal("misread", {"operation": "tokens", "member": "tokens", "kind": type(error).__name__}) from error


def _client(caller: Caller, app: tuple[str, str], secrets: tuple[str, ...]) -> OAuth2Client:
    client_id, client_secret = app
    return OAuth2Client(
        _Session(caller, secrets),
        client_id=client_id,
        client_secret=client_secret or None,
        token_endpoint_auth_method="client_secret_post" if client_secret else "none",
        revocation_endpoint_auth_method="client_secret_post" if client_secret else "none",
    )


@dataclass
class _Session:
    """What Authlib's client takes for a session of requests."""

    caller: Caller
    secrets: tuple[str, ...]

    def post(self, url: str, *, data: Mapping[str, str], headers: Mapping[str, str], auth: Any) -> _Answer:
        form = {"Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", "Accept": "application/json"}
        url, all_headers, body = auth.prepare("POST", url, {**headers, **form}, urlencode(data))
        response = self.caller.request("POST", url, all_headers, body.encode())
        return _Answer(response, AnswerReader(self.secrets))


@dataclass
class _Answer:
    """What Authlib's client takes for an answer of requests."""

    response: Response
    reader: AnswerReader

    @property
    def status_code(self) -> int:
        return self.response.status

    def raise_for_status(self) -> None:
        """Raises OAuth2Error for an error of OAuth, and SuperOfficeError for any other."""
        if self.response.status not in (200, 204):
            answer = self.json()
            raise OAuth2Error(error=answer.get("error"), description=answer.get("error_description"))

    def json(self) -> dict[str, Any]:
        """The members of an answer, which may be an error of OAuth. Raises SuperOfficeError."""
        if self.response.status in (400, 401, 403):
            answer = _error_in(self.response)
            if answer is not None:
                return answer
        read = self.reader.read("tokens", self.response)
        with self.reader.reading("tokens"):
            if not isinstance(read, dict):
                raise Misread("tokens", "object", type(read).__name__)
        return dict(read)


def _error_in(response: Response) -> dict[str, Any] | None:
    try:
        answer = json.loads(response.body)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) and isinstance(answer.get("error"), str) else None
