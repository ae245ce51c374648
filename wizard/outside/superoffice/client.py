"""Calls SuperOffice's API with JSON: agents and REST, with one retry where a retry is known to help."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any, Unpack
from urllib.parse import quote, urlencode

from wizard.domain.superoffice import LinkKind
from wizard.outside.http import Deadline, Policy, Response, TimeIsUp
from wizard.outside.superoffice.calls import AnswerReader, Caller, CallOptions, Pace, SuperOfficeError, pace_of, refusal
from wizard.outside.superoffice.carriers import ProductVersion, TenantStatus
from wizard.outside.superoffice.members import Json
from wizard.outside.superoffice.site import BasicLogin, BearerTokens, Credentials, Site
from wizard.outside.superoffice.state import read_tenant_status, require_running
from wizard.outside.superoffice.tokens import refresh

Params = Mapping[str, str | int | bool]
RAW = "*"
"""Language that leaves multi-language texts as they are stored, so that they can be sent back."""


class _Nothing:
    pass


NOTHING: Any = _Nothing()
"""The body of an operation without parameters."""
_READS = ("Get", "Test", "CanDelete", "CreateDefault", "Supports")


def _ignore(_site: Site, _tokens: BearerTokens) -> None:
    pass


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    target: str
    what: str
    language: str
    body: bytes | None = None
    is_read: bool = True
    may_be_null: bool = False
    signs_in: bool = True


class SuperOffice:
    """A client for one tenant. `on_change` gets refreshed tokens and a moved API to store. Close it, or use it as a
    context.
    """

    def __init__(
        self,
        site: Site,
        credentials: Credentials,
        *,
        policy: Policy,
        deadline: Deadline,
        on_change: Callable[[Site, BearerTokens], None] = _ignore,
        pace: Pace | None = None,
        **options: Unpack[CallOptions],
    ) -> None:
        self.site, self.credentials = site, credentials
        self._caller = Caller(policy=policy, deadline=deadline, ca_pem=site.ca_pem, **options)
        self._on_change, self._secrets = on_change, set[str]()
        limit = {"limit": None} if site.kind is LinkKind.PRACTICE else {}
        self._pace = pace or pace_of(site.login or site.api, site.tenant, **limit)

    def __enter__(self) -> SuperOffice:
        return self

    def __exit__(self, *_: object) -> None:
        self._caller.close()

    def agent(
        self,
        agent: str,
        operation: str,
        body: Json = NOTHING,
        *,
        query: Params | None = None,
        language: str = RAW,
        may_be_null: bool = False,
    ) -> Json:
        """The answer of an agent's operation; None for one without content, or for null where that `may_be_null`.

        Raises SuperOfficeError and Cancelled.
        """
        content = b"" if body is NOTHING else json.dumps(body, ensure_ascii=False).encode()
        target = f"/v1/Agents/{agent}/{operation}{_query(query)}"
        request = _Request("POST", target, operation, language, content, operation.startswith(_READS), may_be_null)
        try:
            return self._call(request)
        except SuperOfficeError as error:
            if self._is_closed(error):
                raise self._closed_agent(error) from error
            raise

    def get(self, path: str, params: Params | None = None, *, language: str = RAW, may_be_null: bool = False) -> Json:
        """The answer of a REST address below `/v1/`. Raises SuperOfficeError and Cancelled."""
        target = f"/v1/{quote(path, safe='/')}{_query(params)}"
        return self._call(_Request("GET", target, path, language, may_be_null=may_be_null))

    def version(self) -> ProductVersion:
        """What the API says of itself without sign-in. Raises SuperOfficeError and Cancelled."""
        answer = self._call(_Request("GET", "", "version", RAW, signs_in=False))
        with self.reading("version"):
            return ProductVersion.from_json(answer, is_answer=True)

    def tenant_status(self) -> TenantStatus:
        """What the state page says; it does not exist on-site. Raises SuperOfficeError and Cancelled."""
        return read_tenant_status(self._caller, self.site)

    def reading(self, what: str) -> AbstractContextManager[None]:
        """Turns a Misread of the block into a SuperOfficeError that names the operation."""
        return self._reader().reading(what)

    def hide(self, secrets: Collection[str]) -> None:
        """Masks these too in what later calls report."""
        self._secrets.update(secrets)

    # --- one call

    def _call(self, request: _Request) -> Json:
        try:
            with self._pace.turn(self._caller.deadline):
                response = self._response(request)
                return self._reader().read(request.what, response, may_be_null=request.may_be_null)
        except TimeIsUp as error:
            raise self._caller.slow() from error

    def _response(self, request: _Request) -> Response:
        """The answer after each cure that its status asks for; each is tried once."""
        if not self.site.api:
            self._find_api()
        cures = {421: self._move} | ({401: self._refresh} if request.signs_in else {})
        while True:
            response = self._send_where_it_is(request)
            if response.status in (429, 503):
                cured = self._wait(request, response)
            else:
                cure = cures.pop(response.status, None)
                cured = cure is not None and cure()
            if not cured:
                return response

    def _send_where_it_is(self, request: _Request) -> Response:
        """The last known host may be gone after a move."""
        known = self.site.api
        try:
            return self._send(request)
        except SuperOfficeError as error:
            if error.is_unreached and self.site.login:
                self._find_api()
            if self.site.api == known:
                raise
            return self._send(request)

    def _send(self, request: _Request) -> Response:
        self._pace.next_call(self._caller.deadline)
        if not self.site.trusts(self.site.api):
            raise refusal("misread", {"operation": request.what, "member": "Site/Api", "kind": "address"})
        url = f"{self.site.api}{request.target}"
        return self._caller.request(
            request.method, url, self._headers(request), request.body, is_fresh=not request.is_read
        )

    def _headers(self, request: _Request) -> dict[str, str]:
        headers = {"Accept": "application/json", "SO-Language": request.language}
        if request.body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        return {**headers, "Authorization": self._authorization()} if request.signs_in else headers

    def _authorization(self) -> str:
        if isinstance(self.credentials, BasicLogin):
            login = f"{self.credentials.username}:{self.credentials.password}"
            return f"Basic {base64.b64encode(login.encode()).decode()}"
        return f"Bearer {self.credentials.access_token}"

    def _reader(self) -> AnswerReader:
        return AnswerReader([*self.credentials.secrets, *self._secrets])

    def _is_closed(self, error: SuperOfficeError) -> bool:
        """Whether it is the agent that may not be called, as the sign-in is good.

        Assumption: an agent that is closed to the app answers 401 or 403 without an exception of SuperOffice's.
        """
        is_bare = error.reason == "superoffice.not_authorised" and "error_type" not in error.result.facts
        if not is_bare or isinstance(self.credentials, BasicLogin):
            return False
        try:
            self.get("User/currentPrincipal")
        except SuperOfficeError:
            return False
        return True

    def _closed_agent(self, error: SuperOfficeError) -> SuperOfficeError:
        client = {"client_id": self.credentials.client_id} if isinstance(self.credentials, BearerTokens) else {}
        return refusal("agent_forbidden", {**error.result.facts, **client}, error.result.evidence)

    # --- cures

    def _refresh(self) -> bool:
        """Gets a new access token."""
        if not isinstance(self.credentials, BearerTokens) or not self.credentials.refresh_token:
            return False
        self.hide(self.credentials.secrets)
        self.credentials = refresh(self._caller, self.site, self.credentials)
        self._on_change(self.site, self.credentials)
        return True

    def _move(self) -> bool:
        """Asks the state page where the tenant is now."""
        if not self.site.login:
            return False
        self._find_api()
        return True

    def _find_api(self) -> None:
        api = require_running(self.tenant_status(), self.site)
        if api != self.site.api:
            self.site = replace(self.site, api=api)
            if isinstance(self.credentials, BearerTokens):
                self._on_change(self.site, self.credentials)

    def _wait(self, request: _Request, response: Response) -> bool:
        """Waits as long as SuperOffice wants, if there is time. A write that it may have begun is not repeated."""
        if response.status == 503 and self.site.login:
            self._require_no_maintenance()
        asked = response.headers.get("Retry-After", "").strip()[:9]
        may_be_begun = response.status == 503 and not request.is_read
        if may_be_begun or not asked.isdecimal() or int(asked) >= self._caller.deadline.left():
            return False
        self._pace.wait(max(1, int(asked)), self._caller.deadline)
        return True

    def _require_no_maintenance(self) -> None:
        try:
            status = self.tenant_status()
        except SuperOfficeError:
            return
        require_running(status, self.site)


def _query(params: Params | None) -> str:
    if not params:
        return ""
    texts = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in params.items()}
    return f"?{urlencode(texts, quote_via=quote, safe='$,/')}"
