"""The registry of the guide's steps: the step bar, titles and addresses come from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from wizard.domain.check import Verdict
from wizard.domain.steps import Step
from wizard.forms import AppForm, ConnectionForm, ConnectorForm, StepForm
from wizard.models import Setup, SetupKind
from wizard.views.setups.drafts import base_of, draft_saved

TOP = "#top"
"""Where a page begins: a redirect without a fragment keeps that of the page before."""


@dataclass(frozen=True)
class StepPage:
    """A step's page and form. `done` and `todo` say on the start page how far a setup has come."""

    title: LazyString
    form: type[StepForm]
    done: LazyString
    todo: LazyString
    edit_title: LazyString | None = None


STEP_PAGES = {
    Step.APP: StepPage(_l("Install the sync app"), AppForm, _l("App installed"), _l("App to install")),
    Step.CONNECTOR: StepPage(
        _l("Add a Sync Connector"),
        ConnectorForm,
        _l("Connector added"),
        _l("Connector to add"),
        edit_title=_l("Edit the Sync Connector"),
    ),
    Step.CONNECTION: StepPage(
        _l("Add an ERP connection"),
        ConnectionForm,
        _l("Connection added"),
        _l("Connection to add"),
        edit_title=_l("Edit the ERP connection"),
    ),
}


@dataclass(frozen=True)
class StepView:
    """A step in the bar on top of a guided page; `state` is done, unproven, current or todo."""

    number: int
    title: str
    state: str
    href: str | None


def step_of(endpoint: str | None) -> Step | None:
    """The step that an endpoint such as `setups.connector_check` belongs to."""
    name = (endpoint or "").removeprefix("setups.").partition("_")[0]
    return Step(name) if name in tuple(Step) else None


def step_url(setup: Setup, step: Step) -> str:
    return url_for(f"setups.{step.value}", setup_id=setup.id)


def next_url(setup: Setup, step: Step) -> str:
    """Where a completed step leads to: the next step of the guide, or the lists."""
    if setup.kind == SetupKind.GUIDED and step.next is not None:
        return step_url(setup, step.next)
    return url_for("home.show")


def check_url(setup: Setup, step: Step) -> str:
    """A step's page at its check, which takes the focus there."""
    return step_url(setup, step) + "#check-title"


def step_context(setup: Setup, step: Step, shown: Mapping[str, Any]) -> dict[str, Any]:
    """What every step's page shows; `shown` is what is saved of its fields, as the form shows it."""
    guided = setup.kind == SetupKind.GUIDED
    page = STEP_PAGES[step]
    return {
        "setup": setup,
        "guided": guided,
        "steps": _steps(setup, step) if guided else [],
        "title": page.edit_title if setup.edits else page.title,
        "kicker": _("Step %(number)s of %(count)s", number=step.number, count=len(Step)) if guided else None,
        "step_numbers": {each.value: each.number for each in Step},
        "draft_saved": draft_saved(setup),
        "draft_base": base_of(shown),
        "page_id": token_hex(4),
        "here": step_url(setup, step),
    }


def progress(setup: Setup) -> list[tuple[bool, str]]:
    """Whether each step is done, and the words that say so."""
    return [
        (done, str(page.done if done else page.todo))
        for step, page in STEP_PAGES.items()
        for done in [step.number < setup.step.number]
    ]


def _steps(setup: Setup, here: Step) -> list[StepView]:
    reached = setup.step.number
    return [
        StepView(
            number=step.number,
            title=str(page.title),
            state="current" if step == here else _state(setup, step),
            href=step_url(setup, step) if step.number <= reached and step != here else None,
        )
        for step, page in STEP_PAGES.items()
    ]


def _state(setup: Setup, step: Step) -> str:
    """Whether another step than that of the page is done. A connector that does not answer is unproven."""
    if step.number >= setup.step.number:
        return "todo"
    health = setup.connector.health if setup.connector is not None else None
    answers = setup.connector is None or (health is not None and health.verdict != Verdict.FAILED)
    return "done" if step != Step.CONNECTOR or answers else "unproven"
