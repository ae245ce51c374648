"""The state of the link in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from wizard.domain.check import Verdict
from wizard.domain.superoffice import LinkAccess
from wizard.messages import moment, summary
from wizard.models import SuperOfficeLink
from wizard.services.superoffice import name_of
from wizard.views.checks.stage_view import as_may_be_seen

_NEED_SIGN_IN = frozenset(
    [
        *("superoffice.consent_revoked", "superoffice.consent_denied", "superoffice.needs_reapproval"),
        *("superoffice.not_authorised", "superoffice.wrong_tenant", "superoffice.client_rejected"),
    ]
)
"""Reasons after which only another sign-in can help."""


@dataclass(frozen=True)
class LinkState:
    """A badge, with a tone and a hint beside it."""

    text: str
    tone: str
    hint: str = ""


def state_of(link: SuperOfficeLink) -> LinkState:
    """The state of a link whose first check has passed."""
    if has_failed(link):
        return _trouble(link)
    if link.access == LinkAccess.FULL:
        return LinkState(_("Linked to %(name)s", name=name_of(link)), "ok")
    return LinkState(_("Linked, for reading only"), "warn", _("The app may not save there yet."))


def has_failed(link: SuperOfficeLink) -> bool:
    """Whether the last call or check of the link has failed."""
    return link.health is not None and link.health.verdict == Verdict.FAILED


def needs_sign_in(link: SuperOfficeLink) -> bool:
    """Whether the link has failed in a way that only another sign-in mends."""
    return has_failed(link) and _reason(link) in _NEED_SIGN_IN


def is_moving(link: SuperOfficeLink) -> bool:
    """Whether SuperOffice is moving the tenant to another server."""
    return has_failed(link) and _reason(link) == "superoffice.tenant_moved"


def _reason(link: SuperOfficeLink) -> str | None:
    return link.health.stage.reason if link.health and link.health.stage else None


def _trouble(link: SuperOfficeLink) -> LinkState:
    at = link.health.at if link.health else link.linked_at
    seen = _("Last checked %(moment)s.", moment=moment(at)) if at else ""
    if needs_sign_in(link):
        return LinkState(_("The sign-in is no longer accepted"), "bad", seen)
    if is_moving(link):
        return LinkState(_("%(name)s is being moved", name=name_of(link)), "warn", seen)
    stage = link.health.stage if link.health else None
    return LinkState(_("Cannot be reached"), "warn", summary(as_may_be_seen(stage)) if stage else seen)
