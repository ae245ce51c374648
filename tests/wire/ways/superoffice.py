"""Ways to the reasons that SuperOffice gives: the practice SuperOffice, or a host that answers in an odd way."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.factories.superoffice import PracticeSuperOffice
from tests.wire.superoffice import API, POLICY, TOKENS, Host, reply
from wizard.domain.check import Outcome, Stage, StageResult
from wizard.domain.superoffice import LinkKind
from wizard.outside.http import Deadline
from wizard.outside.running_check import CheckLimits
from wizard.outside.superoffice import (
    BasicLogin,
    BearerTokens,
    Credentials,
    Site,
    SuperOfficeError,
    begin_sign_in,
    check_link,
    finish_sign_in,
)
from wizard.practice.superoffice import CLIENT_ID, CLIENT_SECRET, NO_ADMINISTRATOR, Behaviour, Fault

Results = tuple[StageResult, ...]
LOGIN = BasicLogin("ADMIN", "hunter2")
PRINCIPAL = "currentPrincipal"


def tokens(twin: PracticeSuperOffice, associate_id: int = 5, **other: str) -> BearerTokens:
    good = BearerTokens(
        twin.access_token(associate_id),
        twin.refresh_token(associate_id),
        TOKENS.expires_at,
        CLIENT_ID,
        CLIENT_SECRET,
    )
    return replace(good, **other)


def site(twin: PracticeSuperOffice, **other: Any) -> Site:
    return replace(Site(LinkKind.PRACTICE, twin.login, twin.tenant), **other)


def expired(twin: PracticeSuperOffice, **other: str) -> BearerTokens:
    return tokens(twin, access_token="8A:ended-token", **other)


@dataclass(frozen=True)
class LinkWay:
    """The check of a link with the practice SuperOffice; `faults` are those of operations."""

    reason: str
    name: str
    stage: Stage
    behaviour: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[tuple[Fault, str], ...] = ()
    credentials: Callable[[PracticeSuperOffice], Credentials] = tokens
    site: Callable[[PracticeSuperOffice], Site] = site
    seconds: float = 10.0

    def go(self, twin: PracticeSuperOffice, host: Host) -> tuple[Results, Credentials]:
        twin.twin.behaviour = Behaviour(**self.behaviour)
        for fault, operation in self.faults:
            twin.plan(fault, operation, times=None)
        credentials = self.credentials(twin)
        limits = CheckLimits(self.seconds)
        report = check_link(self.site(twin), credentials, policy=POLICY, limits=limits, since="2026-11-25T14:02:00")
        return report.results, credentials


@dataclass(frozen=True)
class OddWay:
    """The check of a link with a host whose `answers`, by path, no practice SuperOffice gives."""

    reason: str
    name: str
    stage: Stage
    answers: Mapping[str, bytes]
    kind: LinkKind = LinkKind.PRACTICE
    credentials: Credentials = TOKENS

    def go(self, twin: PracticeSuperOffice, host: Host) -> tuple[Results, Credentials]:
        host.answers.clear()
        host.put_state(API)
        host.put(API, reply({"NetServerVersion": "12.4.1514.0"}))
        for path, answer in self.answers.items():
            host.put(path, answer)
        place = replace(host.site, kind=self.kind, login="" if self.kind is LinkKind.ONSITE else host.url)
        report = check_link(place, self.credentials, policy=POLICY, limits=CheckLimits(10.0))
        return report.results, self.credentials


@dataclass(frozen=True)
class SignInWay:
    """A sign-in at the practice SuperOffice, from the browser's redirect to the tokens."""

    reason: str
    name: str
    behaviour: Mapping[str, Any]
    client_secret: str = CLIENT_SECRET
    stage: Stage = Stage.SUPEROFFICE

    def go(self, twin: PracticeSuperOffice, host: Host) -> tuple[Results, Credentials]:
        twin.twin.behaviour = Behaviour(asks_consent=False, **self.behaviour)
        request = begin_sign_in(twin.login, CLIENT_ID, f"{twin.origin}/superoffice/signed-in", twin.tenant)
        args = dict(parse_qsl(urlsplit(_redirected(request.url)).query))
        try:
            options = {"policy": POLICY, "deadline": Deadline(60)}
            finish_sign_in(request, args, self.client_secret, kind=LinkKind.PRACTICE, **options)
        except SuperOfficeError as error:
            return (error.result,), LOGIN
        return (StageResult(Stage.SUPEROFFICE, Outcome.PASSED),), LOGIN


def _redirected(url: str) -> str:
    parts = urlsplit(url)
    browser = http.client.HTTPConnection(parts.netloc, timeout=60)
    browser.request("GET", f"{parts.path}?{parts.query}")
    answer = browser.getresponse()
    browser.close()
    return answer.headers["Location"]


def _state(name: str, state: str) -> LinkWay:
    return LinkWay(f"superoffice.{name}", f"state {state}", Stage.ADDRESS, {"tenant_state": state})


Way = LinkWay | OddWay | SignInWay
WAYS: tuple[Way, ...] = (
    LinkWay("superoffice.tenant_unknown", "another tenant", Stage.ADDRESS, site=lambda so: site(so, tenant="Cust9")),
    _state("tenant_unknown", "Unknown"),
    _state("tenant_suspended", "Suspended"),
    _state("tenant_gone", "Deleted"),
    _state("tenant_gone", "Deleting"),
    _state("tenant_gone", "DeleteFailed"),
    _state("tenant_gone", "ProvisioningFailed"),
    _state("not_ready", "Provisioning"),
    _state("not_ready", "MigrationPending"),
    _state("maintenance", "OfflineMaintenance"),
    OddWay("superoffice.tenant_moved", "421 for ever", Stage.HTTP, {API: reply(b"Wrong subdomain", 421)}),
    LinkWay("superoffice.tenant_moved", "since the sign-in", Stage.SIGN_IN, faults=((Fault.MOVED, PRINCIPAL),)),
    OddWay(
        "superoffice.too_old", "no API at the address", Stage.HTTP, {API: reply(b"no", 404)}, LinkKind.ONSITE, LOGIN
    ),
    OddWay(
        "superoffice.too_old",
        "a page at the address",
        Stage.HTTP,
        {API: reply(b"<!doctype html><h1>Hello</h1>")},
        LinkKind.ONSITE,
        LOGIN,
    ),
    OddWay("superoffice.misread", "a proxy's page", Stage.HTTP, {API: reply(b"<html><h1>Proxy</h1></html>")}),
    OddWay("superoffice.misread", "no version", Stage.HTTP, {API: reply({"Version": "v1"})}),
    LinkWay(
        "superoffice.consent_revoked",
        "the token cannot be renewed",
        Stage.SIGN_IN,
        {"refresh_revoked": True},
        credentials=expired,
    ),
    LinkWay(
        "superoffice.client_rejected",
        "another secret",
        Stage.SIGN_IN,
        credentials=lambda so: expired(so, client_secret="wrong-secret"),
    ),
    LinkWay("superoffice.not_authorised", "401 for ever", Stage.SIGN_IN, faults=((Fault.UNAUTHORISED, PRINCIPAL),)),
    OddWay(
        "superoffice.not_authorised",
        "a wrong password",
        Stage.SIGN_IN,
        {f"{API}/v1/User/{PRINCIPAL}": reply(b"", 401, {"WWW-Authenticate": "Basic"})},
        LinkKind.ONSITE,
        LOGIN,
    ),
    OddWay(
        "superoffice.basic_disabled",
        "Windows only",
        Stage.SIGN_IN,
        {f"{API}/v1/User/{PRINCIPAL}": reply(b"", 401, {"WWW-Authenticate": "Negotiate"})},
        LinkKind.ONSITE,
        LOGIN,
    ),
    OddWay(
        "superoffice.wrong_tenant",
        "the token is for another one",
        Stage.SIGN_IN,
        {
            f"{API}/v1/User/{PRINCIPAL}": reply(
                {"AssociateId": 5, "FunctionRights": ["admin-all"], "DatabaseContextIdentifier": "Cust54321"}
            )
        },
    ),
    LinkWay("superoffice.licence_missing", "none in the list", Stage.LICENCE, {"has_licence": False}),
    LinkWay(
        "superoffice.not_administrator",
        "a salesman",
        Stage.RIGHTS,
        credentials=lambda so: tokens(so, NO_ADMINISTRATOR),
    ),
    LinkWay("superoffice.agent_forbidden", "401", Stage.AGENT, {"agent_closed": 401}),
    LinkWay("superoffice.agent_forbidden", "403", Stage.AGENT, {"agent_closed": 403}),
    *(
        LinkWay(f"superoffice.{name}", fault.value, Stage.AGENT, faults=((fault, "GetAllConnectors"),))
        for name, fault in (
            ("throttled", Fault.THROTTLED_WITHOUT_TIME),
            ("no_answer", Fault.NULL),
            ("no_answer", Fault.EMPTY),
            ("no_answer", Fault.ERROR_OBJECT),
            ("misread", Fault.HTML),
            ("refused", Fault.EXCEPTION),
        )
    ),
    LinkWay(
        "superoffice.throttled",
        "a wait that is too long",
        Stage.AGENT,
        {"retry_after": 60},
        faults=((Fault.THROTTLED, "GetAllConnectors"),),
    ),
    LinkWay(
        "superoffice.slow",
        "three seconds for an answer",
        Stage.AGENT,
        faults=((Fault.SLOW, "GetAllConnectors"),),
        seconds=2.5,
    ),
    LinkWay("superoffice.misread", "a page instead of users", Stage.USERS, faults=((Fault.HTML, "associate"),)),
    OddWay(
        "superoffice.too_old",
        "no agent ErpSync",
        Stage.AGENT,
        {
            f"{API}/v1/User/{PRINCIPAL}": reply({"AssociateId": 5, "FunctionRights": ["admin-all"]}),
            f"{API}/v1/Agents/ErpSync/GetAllConnectors": reply({"Message": "no such route"}, 404),
        },
    ),
    SignInWay("superoffice.redirect_unregistered", "AuthorizeErrorCode 2", {"consent_error": 2}),
    SignInWay("superoffice.consent_denied", "AuthorizeErrorCode 4", {"consent_error": 4}),
    SignInWay("superoffice.needs_reapproval", "AuthorizeErrorCode 5", {"consent_error": 5}),
    SignInWay("superoffice.wrong_tenant", "a token for another one", {"token_tenant": "Cust54321"}),
    SignInWay("superoffice.client_rejected", "a wrong secret", {}, "wrong-secret"),
)
OF_SAVING = frozenset(
    f"superoffice.{name}"
    for name in (
        *("url_not_answering", "test_failed", "activation_refused", "not_kept", "differs"),
        *("exists", "gone", "here_already", "unsettled", "not_linked"),
    )
)
"""Reasons for which a link is not checked but used: `tests/functional/superoffice` produces them."""
