"""Saves the draft of a step on every change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from flask_login import current_user

from wizard.domain.steps import Step
from wizard.errors import StaleVersion
from wizard.forms import StepForm
from wizard.messages import moment
from wizard.models import Setup
from wizard.services.setups import save_draft
from wizard.views.setups.differences import Difference

Draft = Mapping[str, Any]
Compare = Callable[[Draft, Draft], list[Difference]]


def save_or_compare(
    setup: Setup, step: Step, draft: dict[str, Any], form: StepForm, compare: Compare
) -> list[Difference]:
    """Saves a draft, unless another administrator has saved one meanwhile: then returns how the two differ."""
    try:
        save_draft(current_user, setup, step, draft, form.version.data, form.milliseconds)
    except StaleVersion:
        if found := compare(setup.typed(step), draft):
            return found
        save_draft(current_user, setup, step, draft, None)
    return []


def page_waits() -> bool:
    """Whether the page that sends a draft waits for a check: if the answer shows its end, it does not ask again."""
    return "waits" in request.form


def draft_saved(setup: Setup) -> str | None:
    """When the draft was last saved, in words; None before anything was typed."""
    return None if setup.updated_at == setup.created_at else moment(setup.updated_at)
