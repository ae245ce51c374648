"""The check of the link: where SuperOffice is, the layers on the way there, the sign-in, and what it may do.

The facts of a result are declared with its reason (`wizard.domain.check.reasons`); each has `target` and, Online,
`tenant`. Those of a stage that has passed are, beside what the layers report:

=========  ==========================================================================
address    host, port, scheme
http       product (the version)
sign_in    user, email, company, associate_id
licence    module
rights     user
agent      connectors (their number), engine ("on" or "off", if it is known)
users      users, groups (their numbers)
=========  ==========================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Unpack

from wizard.domain.check import LINK_STAGES, NO_OBSERVER, CheckObserver, Stage
from wizard.domain.superoffice import LinkKind
from wizard.outside.http import AddressError, Facts, Failure, Policy, Resolve, read_address, system_resolve
from wizard.outside.running_check import Report, RunningCheck, RunOptions
from wizard.outside.superoffice.calls import SuperOfficeError
from wizard.outside.superoffice.carriers import SoPrincipalCarrier
from wizard.outside.superoffice.client import SuperOffice
from wizard.outside.superoffice.registry import connectors, engine_status
from wizard.outside.superoffice.site import BearerTokens, Credentials, Site
from wizard.outside.superoffice.state import require_running
from wizard.outside.superoffice.users import associates, groups, who_am_i

OnChange = Callable[[Site, BearerTokens], None]
_LAYERS = (Stage.DNS, Stage.CONNECT, Stage.TLS)
_MODULES = {"expander-services": "Development Tools", "erp-sync": "ERP Sync"}
"""The licences that include ERP sync, with the names that administrators know."""


def check_link(
    site: Site,
    credentials: Credentials,
    *,
    policy: Policy,
    on_change: OnChange = lambda _site, _tokens: None,
    company: str = "",
    since: str = "",
    resolve: Resolve = system_resolve,
    **options: Unpack[RunOptions],
) -> Report:
    """Checks a link from its address to the users that can be read. It changes nothing at SuperOffice.

    `company` is that of the sign-in, and `since` its time as ISO 8601.
    """
    check = _LinkCheck(site, credentials, policy, on_change, resolve, options)
    with check.running():
        found = check.find_api() if site.login else check.read_address()
        with check.open(found, check) as so:
            check.reach(so)
            who = _sign_in(check, so, company, since)
            _licence(check, so, who)
            _rights(check, who)
            _agent(check, so)
            _users(check, so)
    return Report(*check.findings())


class _LinkCheck(RunningCheck):
    """The state of a running check of the link."""

    timeout_reason = "superoffice.slow"

    def __init__(
        self,
        site: Site,
        credentials: Credentials,
        policy: Policy,
        on_change: OnChange,
        resolve: Resolve,
        options: RunOptions,
    ) -> None:
        super().__init__(LINK_STAGES, credentials.secrets, **options)
        self.site, self.credentials = site, credentials
        self.policy = replace(policy, superoffice=None)  # that SuperOffice reaches itself is in no doubt
        self.resolve, self._on_change = resolve, on_change
        self.where = {"target": "superoffice"} | ({"tenant": site.tenant} if site.tenant else {})

    def open(self, site: Site, observer: CheckObserver) -> SuperOffice:
        return SuperOffice(
            site,
            self.credentials,
            policy=self.policy,
            deadline=self.deadline,
            on_change=self._changed,
            observer=observer,
            resolve=self.resolve,
        )

    def find_api(self) -> Site:
        """Asks the state page where the tenant is. Raises Failure at stage `address`."""
        asked = f"{self.site.login}/api/state/{self.site.tenant}"
        with self.at(Stage.ADDRESS, asked), self.open(self.site, NO_OBSERVER) as so:
            status = so.tenant_status()
            found = replace(self.site, api=require_running(status, self.site))
        evidence = (
            ("asked", asked),
            ("state", status.state),
            ("endpoint", status.endpoint or status.api),
        )
        self.passed(Stage.ADDRESS, self._address_facts(found.api), evidence)
        return found

    def read_address(self) -> Site:
        """Judges the address that was typed. Raises Failure at stage `address`."""
        self.started(Stage.ADDRESS)
        facts = self._address_facts(self.site.api)
        self.passed(Stage.ADDRESS, facts, tuple(facts.items()))
        return self.site

    def reach(self, so: SuperOffice) -> None:
        """Asks for the version; it passes the layers on the way. Raises Failure at the layer that broke."""
        asked = ("asked", so.site.api)
        try:
            version = so.version()
        except SuperOfficeError as error:
            raise self._not_reached(error, asked) from error
        product = re.match(r"\d+\.\d+", version.net_server_version)
        self.where |= {"product": product[0]} if product else {}
        label = version.net_server_label or version.net_server_version
        self.passed(Stage.HTTP, {}, (asked, ("version", label)))

    def _not_reached(self, error: SuperOfficeError, asked: tuple[str, str]) -> Failure:
        result, facts = error.result, dict(error.result.facts)
        if result.stage in _LAYERS:
            return Failure(result.stage, error.reason, facts, result.evidence)
        evidence = (asked, *result.evidence)
        if self._shows_no_api(error):
            return Failure(Stage.HTTP, "superoffice.too_old", {**facts, "kind": "address"}, evidence)
        return Failure(Stage.HTTP, error.reason, facts, evidence)

    def _shows_no_api(self, error: SuperOfficeError) -> bool:
        """Whether nothing is at the address, or a page for people at one that was typed."""
        is_page = error.reason == "superoffice.misread" and error.result.facts.get("kind") == "html"
        return error.reason == "superoffice.too_old" or (is_page and not self.site.login)

    @contextmanager
    def at(self, stage: Stage, asked: str = "") -> Iterator[None]:
        """Starts a stage, which ends with whatever error of SuperOffice comes out of the block.

        `asked` is the address that the block calls, for the evidence of an error that names none.
        """
        self.started(stage)
        try:
            yield
        except SuperOfficeError as error:
            evidence = error.result.evidence
            row = (("asked", asked),) if asked and "asked" not in dict(evidence) else ()
            raise Failure(stage, error.reason, dict(error.result.facts), (*row, *evidence)) from error

    def _address_facts(self, url: str) -> Facts:
        try:
            address = read_address(url, self.policy)
        except AddressError as error:
            raise Failure(Stage.ADDRESS, error.reason, error.facts) from error
        self.where |= {"host": address.host, "port": str(address.port)}
        return {"scheme": address.scheme}

    def _changed(self, site: Site, tokens: BearerTokens) -> None:
        """From now on the new tokens are blacked out too."""
        self.credentials = tokens
        self.redact({*self.secrets, *tokens.secrets})
        self._on_change(site, tokens)


def _sign_in(check: _LinkCheck, so: SuperOffice, company: str, since: str) -> SoPrincipalCarrier:
    check.where |= {"since": since} if since else {}
    asked = f"{so.site.api}/v1/User/currentPrincipal"
    with check.at(Stage.SIGN_IN, asked):
        who = who_am_i(so)
    check.where.pop("since", None)
    found, tenant = who.database_context_identifier, so.site.tenant
    evidence = (("asked", asked), ("tenant", found), ("user", who.user_name or who.associate))
    if found and tenant and so.site.kind is not LinkKind.ONSITE and found.casefold() != tenant.casefold():
        raise Failure(Stage.SIGN_IN, "superoffice.wrong_tenant", {"found": found[:100]}, evidence)
    user = who.full_name or who.user_name or who.associate
    facts = {"user": user, "email": who.e_mail_address, "company": company, "associate_id": str(who.associate_id)}
    check.passed(Stage.SIGN_IN, facts, evidence)
    return who


def _licence(check: _LinkCheck, so: SuperOffice, who: SoPrincipalCarrier) -> None:
    """A licence may be hidden from the list, so that one that is missing there is a remark only."""
    check.started(Stage.LICENCE)
    held = {each.name.lower().rpartition(".")[2]: each for each in who.licenses}
    name = next((name for name in _MODULES if name in held), None) or _hidden_licence(so)
    if name is None:
        evidence = (("modules", ", ".join(sorted(held)[:40])), ("reason", "superoffice.licence_missing"))
        check.passed(Stage.LICENCE, {}, evidence, "superoffice.licence_missing")
    else:
        module = f"{name}, {held[name].description}" if name in held else name
        check.passed(Stage.LICENCE, {"module": _MODULES[name]}, (("module", module),))


def _hidden_licence(so: SuperOffice) -> str | None:
    """A licence that is in the database only; None also if that cannot be asked for."""
    for name in _MODULES:
        with suppress(SuperOfficeError):
            asked = {"OwnerName": "SUPEROFFICE", "ModuleName": name}
            if so.agent("License", "GetModuleLicenseFromDB", asked, may_be_null=True):
                return name
    return None


def _rights(check: _LinkCheck, who: SoPrincipalCarrier) -> None:
    check.started(Stage.RIGHTS)
    facts = {"user": who.full_name or who.user_name or who.associate}
    evidence = (("role", who.role_name),)
    if not who.is_administrator:
        raise Failure(Stage.RIGHTS, "superoffice.not_administrator", facts, evidence)
    check.passed(Stage.RIGHTS, facts, (*evidence, ("function right", "admin-all")))


def _agent(check: _LinkCheck, so: SuperOffice) -> None:
    """An agent that is closed to the app leaves a link that reads only."""
    try:
        with check.at(Stage.AGENT):
            count = len(connectors(so))
    except Failure as failure:
        if failure.reason != "superoffice.agent_forbidden":
            raise
        evidence = (*failure.evidence, ("sign-in", "still accepted"), ("reason", failure.reason))
        check.passed(Stage.AGENT, failure.facts, evidence, failure.reason)
        return
    facts = {"connectors": str(count)}
    with suppress(SuperOfficeError):
        facts["engine"] = "on" if engine_status(so).is_running else "off"
    check.passed(Stage.AGENT, facts, (("operation", "GetAllConnectors"), *facts.items()))


def _users(check: _LinkCheck, so: SuperOffice) -> None:
    with check.at(Stage.USERS):
        facts = {"users": str(len(associates(so))), "groups": str(len(groups(so)))}
    check.passed(Stage.USERS, facts, (("lists", "associate, usergroup"), *facts.items()))
