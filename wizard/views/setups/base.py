"""What the steps share: finding the setup, keeping its draft, and telling of two versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.check import RunKind
from wizard.domain.steps import STEPS, Step
from wizard.errors import StaleVersion
from wizard.forms.setups import StepForm
from wizard.messages import moment
from wizard.models import Setup, SetupKind
from wizard.services.checks.runs import latest_pass
from wizard.services.setups.draft import save_draft
from wizard.services.setups.find import find_for_change, find_setup
from wizard.web.flashes import flash_once
from wizard.web.htmx import go_to

blueprint = Blueprint("setups", __name__, url_prefix="/setup")

PAGES_OF_FINISHED_SETUPS = {"setups.done", "setups.sheet", "setups.discard", "setups.restore"}


@dataclass(frozen=True)
class StepView:
    """One of the steps on top of a guided page; `state` is done, current or todo."""

    number: int
    title: str
    state: str
    href: str | None


@dataclass(frozen=True)
class Difference:
    """A field that two administrators have left with different values."""

    label: str
    theirs: str
    yours: str


@blueprint.before_request
def _find() -> Response | None:
    """Finds the setup of the page, and sends a person from a page that is not theirs to see to the one that is."""
    arguments = request.view_args or {}
    if "setup_id" not in arguments:
        return None
    setup_id = arguments.pop("setup_id")
    setup = find_setup(setup_id) if request.method in ("GET", "HEAD") else find_for_change(setup_id)
    g.setup = setup
    if request.endpoint in PAGES_OF_FINISHED_SETUPS:
        return None
    if setup.finished_at is not None:
        return go_to(_after(setup))
    wanted = (request.endpoint or "").removeprefix("setups.").partition("_")[0]
    if setup.kind == SetupKind.GUIDED and wanted in STEPS and STEPS.index(Step(wanted)) > STEPS.index(Step(setup.step)):
        return go_to(step_url(setup, Step(setup.step)))
    return None


def current() -> Setup:
    """The setup of this page."""
    setup: Setup = g.setup
    return setup


def step_url(setup: Setup, step: Step | str) -> str:
    return url_for(f"setups.{Step(step).value}", setup_id=setup.id)


def check_url(setup: Setup, step: Step) -> str:
    """A step's page at its check, which takes the focus there."""
    return step_url(setup, step) + "#check-title"


def titles() -> dict[Step, str]:
    return {
        Step.APP: _("Install the sync app"),
        Step.CONNECTOR: _("Add a Sync Connector"),
        Step.CONNECTION: _("Add an ERP connection"),
    }


def steps(setup: Setup, here: Step) -> list[StepView] | None:
    """The steps on top of the page; None for a form opened from a list."""
    if setup.kind != SetupKind.GUIDED:
        return None
    reached = STEPS.index(Step(setup.step))
    return [
        StepView(
            number=index + 1,
            title=titles()[step],
            state="current" if step == here else "done" if index < reached else "todo",
            href=step_url(setup, step) if index <= reached and step != here else None,
        )
        for index, step in enumerate(STEPS)
    ]


def keep(
    step: Step,
    typed: dict[str, Any],
    form: StepForm,
    compare: Callable[[Mapping[str, Any], Mapping[str, Any]], list[Difference]],
) -> list[Difference]:
    """Saves what was typed; returns what somebody else has left there meanwhile, and then saves nothing."""
    try:
        save_draft(current_user, current(), step, typed, form.seen, form.when)
    except StaleVersion as stale:
        if found := compare(stale.theirs, stale.yours):
            return found
        save_draft(current_user, current(), step, typed, None)
    return []


def page_waits() -> bool:
    """Whether the page that sends a draft waits for a check: if the answer shows its end, it does not ask again."""
    return "waits" in request.form


def differences(theirs: Mapping[str, Any], yours: Mapping[str, Any], labels: Mapping[str, str]) -> list[Difference]:
    """Both versions, field by field, of the fields that have a label; and whether theirs is deleted."""
    shown = [
        Difference(label, _text(theirs.get(key)), _text(yours.get(key)))
        for key, label in labels.items()
        if _text(theirs.get(key)) != _text(yours.get(key))
    ]
    return [deleted_meanwhile(), *shown] if theirs.get("deleted") else shown


def deleted_meanwhile() -> Difference:
    """That the other version is deleted; sent again, it comes back."""
    return Difference(_("State"), _("deleted"), _("not deleted"))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return "" if value is None else str(value)


def draft_saved(setup: Setup) -> str | None:
    """When the draft was last saved, in words; None before anything was typed."""
    return None if setup.updated_at == setup.created_at else moment(setup.updated_at)


def _after(setup: Setup) -> str:
    """Where the page of a finished setup leads to. It may ask several times before it goes there."""
    saved = latest_pass(setup, RunKind.SAVE)
    if saved is not None and not setup.edits:
        return url_for("setups.done", setup_id=setup.id)
    if saved is not None:
        flash_once(_("%(name)s is saved.", name=saved.request["name"]), "ok")
    elif setup.kind != SetupKind.CONNECTOR or setup.connector is None:
        flash_once(_("This draft was discarded."))
    return url_for("home.show")
