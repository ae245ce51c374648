"""What the pages of the link show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.check import Outcome, Stage
from wizard.domain.superoffice import LinkAccess, LinkKind
from wizard.forms import ENVIRONMENTS, LinkForm
from wizard.messages import describe, moment
from wizard.models import CheckRun, SuperOfficeLink
from wizard.services.connectors import count_connectors
from wizard.services.superoffice import given_by_settings, has_secret, name_of, typed_before, waiting_connections
from wizard.views.checks.check_view import CheckView, check_view
from wizard.views.checks.receipt_view import capitalised
from wizard.views.setups.registered import not_here_view
from wizard.views.superoffice.states import LinkState, has_failed, is_moving, needs_sign_in, state_of
from wizard.views.users.seen import users_seen
from wizard.web import public_url, render


@dataclass(frozen=True)
class LinkView:
    """The link in words. `trouble` is what is the matter, as (tone, title, text); `shows_check`: its stages matter now.

    `waiting` are the connections that have to be saved there yet, names and addresses.
    `starts_practice`: the made-up SuperOffice is linked, and nothing is set up yet.
    """

    name: str
    kicker: str
    lead: str
    state: LinkState
    facts: Sequence[tuple[str, str]]
    trouble: tuple[str, str, str] | None
    needs_sign_in: bool
    is_onsite: bool
    shows_check: bool
    starts_practice: bool
    engine_running: bool | None
    waiting: Sequence[tuple[str, str]]


def state_page(
    link: SuperOfficeLink | None, run: CheckRun | None, *, form: LinkForm | None = None, status: int = 200
) -> Response:
    """The page of what there is: a link, its first check, or the form to begin with."""
    run = run if run is not None and link is not None and run.request.get("version") == link.version else None
    if link is not None and link.linked_at is not None:
        return _linked_page(link, run, form or LinkForm(formdata=None), status)
    if not current_user.is_administrator:
        return render("superoffice/not_linked.html")
    if link is not None and run is not None and run.unfinished:
        return part_of(link, run)
    return form_page(link, form_to_fill_in(link), run)


def form_to_fill_in(link: SuperOfficeLink | None) -> LinkForm:
    """The form with what was typed before."""
    typed = typed_before(link).to_json()
    data = {name: "" if name in ("client_secret", "password") else text for name, text in typed.items()}
    return LinkForm(formdata=None, data={**data, "where": typed["kind"]})


def form_page(
    link: SuperOfficeLink | None, form: LinkForm, run: CheckRun | None = None, *, status: int = 200
) -> Response:
    """The form; below it the last check, which has not passed."""
    check = _check(run) if run is not None else None
    failure = run.failure if run is not None else None
    return render(
        "superoffice/link.html",
        status=status,
        form=form,
        kind=form.kind,
        given_values=given_by_settings(),
        environments=[(environment.value, label) for environment, label in ENVIRONMENTS.items()],
        environment_given=_environment(given_by_settings().get("environment", "")),
        saved_secrets={name: _("Saved.") for name in ("client_secret", "password") if has_secret(link, name)},
        redirect_url=public_url("superoffice.signed_in"),
        offers_practice=current_app.config["PRACTICE_SUPEROFFICE_PATH"] is not None,
        check=check,
        failed=bool(form.errors) or failure is not None,
        says=describe(failure).says if failure is not None and not form.errors else None,
    )


def part_of(link: SuperOfficeLink | None, run: CheckRun) -> Response:
    """The progress of a check: of the first one a page, of a later one a part of the link's page."""
    kicker = _kicker(link) if link is not None else ""
    return render(
        "superoffice/checking.html",
        "superoffice/_check_part.html",
        check=_check(run),
        kicker=kicker,
        by_password=link is not None and link.kind is LinkKind.ONSITE,
        refresh_seconds=1,
    )


def _linked_page(link: SuperOfficeLink, run: CheckRun | None, form: LinkForm, status: int) -> Response:
    running = run is not None and run.unfinished
    context: dict[str, Any] = {
        "view": _view(link, run),
        "check": _check(run) if run is not None else None,
        "form": form,
        "failed": bool(form.errors),
        "refresh_seconds": 1 if running else None,
        "not_here": not_here_view(),
        "seen": users_seen(),
    }
    return render("superoffice/linked.html", status=status, **context)


def _check(run: CheckRun) -> CheckView:
    check = check_view(run, poll_url=url_for("superoffice.progress"))
    reads_only = run.passed and any(r.stage == Stage.AGENT and r.outcome == Outcome.WARNING for r in run.stages)
    return replace(check, title=_("The link works, for reading only")) if reads_only else check


def _view(link: SuperOfficeLink, run: CheckRun | None) -> LinkView:
    failed = has_failed(link)
    return LinkView(
        name=name_of(link),
        kicker=_kicker(link),
        lead=_lead(link),
        state=state_of(link),
        facts=[(label, text) for label, text in _facts(link) if text],
        trouble=_trouble(link),
        needs_sign_in=needs_sign_in(link),
        is_onsite=link.kind is LinkKind.ONSITE,
        shows_check=run is not None and (run.unfinished or not run.passed or link.access != LinkAccess.FULL),
        starts_practice=link.kind is LinkKind.PRACTICE and not failed and not any(count_connectors()),
        engine_running=link.engine_running,
        waiting=[
            (connection.name, url_for("connections.show", connection_id=connection.id))
            for connection in (waiting_connections() if failed else ())
        ],
    )


def _kicker(link: SuperOfficeLink) -> str:
    return ", ".join(filter(None, (name_of(link), link.company)))


def _lead(link: SuperOfficeLink) -> str:
    if has_failed(link):
        return _("What is saved in SuperOffice stays there and goes on working.")
    if link.access == LinkAccess.FULL:
        return _("What you save here is saved there too.")
    return _(
        "Users and groups are read, and what is registered there is compared. Saving there is not allowed to this app"
        " yet."
    )


def _trouble(link: SuperOfficeLink) -> tuple[str, str, str] | None:
    state = state_of(link)
    if needs_sign_in(link):
        return "bad", _("SuperOffice no longer accepts the sign-in"), state.hint
    if is_moving(link):
        title = _("SuperOffice is moving %(name)s to another server", name=name_of(link))
        return (
            "warn",
            title,
            _("That is SuperOffice's work and takes minutes, seldom hours. It is tried again every ten minutes."),
        )
    if has_failed(link):
        return None if link.health and link.health.run_id else ("warn", state.text, state.hint)
    if link.access == LinkAccess.FULL:
        return None
    return (
        "warn",
        _("Until the app may save, you enter the values in SuperOffice yourself"),
        _(
            "You get the sheet, as without a link. Afterwards we compare: name, address, active or not, and whether"
            " everyone may use it. The configuration values and the users of a scope cannot be seen this way."
        ),
    )


def _facts(link: SuperOfficeLink) -> Iterator[tuple[str, str]]:
    yield _("Address") if link.kind is LinkKind.ONSITE else _("Tenant"), _place(link)
    yield _("Signed in as"), ", ".join(filter(None, (link.signed_in_as, link.email)))
    linked = {"moment": capitalised(moment(link.linked_at)) if link.linked_at else "", "who": link.linked_by}
    yield _("Linked"), _("%(moment)s by %(who)s", **linked)
    yield _("Version"), _version(link)
    health = link.health
    yield _("Last check"), capitalised(moment(health.at)) if health else ""


def _place(link: SuperOfficeLink) -> str:
    if link.kind is LinkKind.ONSITE:
        return link.address
    if link.kind is LinkKind.PRACTICE:
        return _("%(tenant)s, made up for practice", tenant=link.tenant)
    return f"{link.tenant}, SuperOffice Online, {ENVIRONMENTS[link.environment]}"


def _version(link: SuperOfficeLink) -> str:
    host = urlsplit(link.api).hostname or ""
    if not link.product_version or not host:
        return link.product_version
    return _("%(version)s, at %(host)s", version=link.product_version, host=host)


def _environment(value: str) -> str:
    return next((str(label) for environment, label in ENVIRONMENTS.items() if environment == value), "")
