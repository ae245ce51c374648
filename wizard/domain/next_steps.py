"""What is left to do in SuperOffice once a connection is saved here; the words are in `wizard.messages`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class NextStep(StrEnum):
    """A step in SuperOffice, in order. Whether it is done, only an administrator can say."""

    ENTER = "enter"
    MAPPINGS = "mappings"
    LIST_MAPPING = "list_mapping"
    DEFAULTS = "defaults"
    RANK = "rank"
    PRIORITY = "priority"
    IMPORT = "import"
    ACTIVATE = "activate"
    AUTOMATIC_SYNC = "automatic_sync"


@dataclass(frozen=True, slots=True)
class StepFacts:
    """The page of SuperOffice's help about a step, and whether no connection works without it."""

    help_page: str
    is_needed: bool = False


NEXT_STEPS: Mapping[NextStep, StepFacts] = {
    NextStep.ENTER: StepFacts("erp/admin/add-connection.html#connector", is_needed=True),
    NextStep.MAPPINGS: StepFacts("erp/admin/configure.html", is_needed=True),
    NextStep.LIST_MAPPING: StepFacts("erp/admin/configure.html#list-mapping"),
    NextStep.DEFAULTS: StepFacts("erp/admin/configure.html#defaults"),
    NextStep.RANK: StepFacts("erp/admin/configure.html#rank"),
    NextStep.PRIORITY: StepFacts("erp/admin/configure.html#priority"),
    NextStep.IMPORT: StepFacts("admin/import/from-erp.html"),
    NextStep.ACTIVATE: StepFacts("erp/admin/update-connection.html", is_needed=True),
    NextStep.AUTOMATIC_SYNC: StepFacts("erp/admin/index.html", is_needed=True),
}
OVERVIEW_PAGE = "erp/admin/index.html"
EDIT_PAGE = "erp/admin/update-connection.html"
_FOLDERS = {"nb": "no"}


def help_url(page: str, language: str) -> str:
    """The address of a page of SuperOffice's help, which is written in each language of the wizard."""
    return f"https://docs.superoffice.com/{_FOLDERS.get(language, language)}/{page}"


class Progress(StrEnum):
    """How far a connection has come in SuperOffice, as far as it was said."""

    NOT_ENTERED = "not_entered"
    ENTERED = "entered"
    ACTIVE = "active"


def progress_of(done: Collection[NextStep]) -> Progress:
    if NextStep.ACTIVATE in done:
        return Progress.ACTIVE
    return Progress.ENTERED if NextStep.ENTER in done else Progress.NOT_ENTERED


def steps_that_follow(step: NextStep, *, done: bool) -> tuple[NextStep, ...]:
    """The step, and what cannot be otherwise then: what is active was entered, what is not entered is not active."""
    both = (NextStep.ENTER, NextStep.ACTIVATE)
    return both if step == (NextStep.ACTIVATE if done else NextStep.ENTER) else (step,)
