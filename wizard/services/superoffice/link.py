"""Checks the link and applies what the check has found; ends the link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from wizard.domain.check import Health, Outcome, Stage, StageResult, Verdict
from wizard.domain.superoffice import LinkAccess
from wizard.errors import DecryptionError
from wizard.extensions import db
from wizard.models import Account, CheckRun, SuperOfficeLink
from wizard.models.columns import now
from wizard.models.database import reload_for_update, writing
from wizard.outside.http import Deadline
from wizard.outside.superoffice import BearerTokens, Credentials, Site, SuperOfficeError, revoke
from wizard.services import audit
from wizard.services.checks import check_link, latest_link_run, record_failed_link_check, repeat_link_check
from wizard.services.superoffice.client import credentials_of, policy, site_of
from wizard.services.superoffice.forget import forget_the_other_superoffice
from wizard.services.superoffice.link_input import LINK_ID

REVOCATION_SECONDS = 10.0
REPEAT_AFTER = timedelta(minutes=10)
_PASSES_BY_ITSELF = frozenset(
    f"superoffice.{name}" for name in ("tenant_moved", "not_ready", "maintenance", "throttled", "slow")
)
_MATTERS_FOR_EVERY_CALL = frozenset(
    f"superoffice.{name}"
    for name in (
        *("tenant_unknown", "tenant_suspended", "tenant_gone", "tenant_moved", "not_ready", "maintenance"),
        *("consent_revoked", "needs_reapproval", "client_rejected", "not_authorised", "basic_disabled"),
    )
)


def start_link_check(account: Account, link: SuperOfficeLink) -> CheckRun:
    """Checks the link, unless a check of it runs."""
    running = latest_link_run()
    if running is not None and running.unfinished and running.request["version"] == link.version:
        return running
    return check_link(account, link, name_of(link))


@writing()
def repeat_failed_link_check() -> None:
    """Checks the link again after a while if it has failed for what passes by itself. Commits."""
    link, run = reload_for_update(SuperOfficeLink, LINK_ID), latest_link_run()
    if link is None or run is None or not _is_to_be_repeated(link, run):
        db.session.rollback()
        return
    repeat_link_check(run, link)


def _is_to_be_repeated(link: SuperOfficeLink, run: CheckRun) -> bool:
    reason = link.health.stage.reason if link.linked_at and link.health and link.health.stage else None
    return reason in _PASSES_BY_ITSELF and not run.unfinished and run.created_at < now() - REPEAT_AFTER


def name_of(link: SuperOfficeLink) -> str:
    """What events and notes call it: the tenant, or the address on-site."""
    return link.tenant or link.address


def record_refused_sign_in(account: Account, link: SuperOfficeLink, result: StageResult) -> CheckRun:
    """Keeps a sign-in that was refused as a check that has stopped there. A sign-in before it still holds."""
    stage = Stage.SIGN_IN if result.stage is Stage.SUPEROFFICE else result.stage
    facts = {"target": "superoffice", "tenant": link.tenant, **result.facts}
    run = record_failed_link_check(account, link, name_of(link), replace(result, stage=stage, facts=facts))
    if link.linked_at is None:
        link.health = run.health
    db.session.commit()
    return run


def apply_link_check(run: CheckRun) -> bool:
    """Stores what the check has found, and links SuperOffice if it is the first one that has passed: True."""
    link = reload_for_update(SuperOfficeLink, LINK_ID)
    if link is None or link.version != run.request["version"]:
        return False
    link.health = run.health
    if not run.passed:
        return False
    _learn(link, run.stages)
    is_new = link.linked_at is None
    if is_new:
        _link(link, run.account)
    return is_new


def _learn(link: SuperOfficeLink, stages: Sequence[StageResult]) -> None:
    """Stores what a check that has passed says of SuperOffice and of the one who has signed in."""
    facts = {result.stage: result.facts for result in stages}
    agent, user = facts.get(Stage.AGENT, {}), facts.get(Stage.SIGN_IN, {})
    may_save = any(result.stage is Stage.AGENT and result.outcome is Outcome.PASSED for result in stages)
    link.access = LinkAccess.FULL if may_save else LinkAccess.READ_ONLY
    link.engine_running = {"on": True, "off": False}.get(agent.get("engine", ""))
    link.product_version = facts.get(Stage.HTTP, {}).get("product", "")[:254]
    link.signed_in_as = user.get("user", link.signed_in_as)[:254]
    link.email = user.get("email", link.email)[:254]
    link.company = user.get("company", link.company)[:254]
    if (number := user.get("associate_id", "")).isdecimal():
        link.associate_id = int(number)


def note_trouble(link: SuperOfficeLink, result: StageResult) -> None:
    """Says of the link why a call has failed, if every other call would. Does not commit."""
    if result.stage is not Stage.SUPEROFFICE or result.reason in _MATTERS_FOR_EVERY_CALL:
        link.health = Health(Verdict.FAILED, result, now(), result.elapsed_ms, "")


def note_success(link: SuperOfficeLink) -> None:
    """Takes back what a call before has said of the link; what a check has found stays. Does not commit."""
    if link.health is not None and not link.health.run_id:
        link.health = None


def unlink(account: Account) -> bool:
    """Forgets the sign-in, here and at SuperOffice. False if SuperOffice could not be told, or not asked to.

    What was typed stays, without secrets, and so does all that is saved there.
    """
    link = reload_for_update(SuperOfficeLink, LINK_ID)
    if link is None:
        return True
    site, credentials = site_of(link), _credentials(link)
    audit.note(account, "superoffice.unlinked", name_of(link))
    link.linked_at = link.health = link.token_expires_at = link.users_read_at = link.engine_running = None
    link.credentials, link.version = {}, link.version + 1
    db.session.commit()
    return _revoke(site, credentials)


def _link(link: SuperOfficeLink, account: Account) -> None:
    link.linked_at, link.linked_by = now(), audit.name_of(account)
    place = f"{site_of(link).login or link.address} {link.tenant}".lower()
    if link.ids_of not in ("", place):
        forget_the_other_superoffice()
    link.ids_of = place
    audit.note(account, "superoffice.linked", name_of(link), link.signed_in_as)


def _credentials(link: SuperOfficeLink) -> Credentials | None:
    try:
        return credentials_of(link)
    except DecryptionError:
        return None


def _revoke(site: Site, credentials: Credentials | None) -> bool:
    if not isinstance(credentials, BearerTokens):
        return credentials is not None
    if not credentials.refresh_token:
        return True
    try:
        revoke(site, credentials, policy=policy(), deadline=Deadline(REVOCATION_SECONDS))
    except SuperOfficeError:
        return False
    return True
