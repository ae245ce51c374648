"""The steps in SuperOffice."""

from __future__ import annotations

import pytest

from wizard.domain.languages import LANGUAGES
from wizard.domain.next_steps import NEXT_STEPS, NextStep, Progress, help_url, progress_of, steps_that_follow
from wizard.messages import NEXT_STEP_WORDS


def test_each_step_has_a_help_page_and_words() -> None:
    assert [*NEXT_STEPS] == [*NEXT_STEP_WORDS] == [*NextStep]


@pytest.mark.parametrize(
    ("done", "progress"),
    [
        ([], Progress.NOT_ENTERED),
        ([NextStep.MAPPINGS], Progress.NOT_ENTERED),
        ([NextStep.ENTER, NextStep.MAPPINGS], Progress.ENTERED),
        ([NextStep.ENTER, NextStep.ACTIVATE], Progress.ACTIVE),
    ],
)
def test_the_progress_follows_the_steps_that_are_done(done: list[NextStep], progress: Progress) -> None:
    assert progress_of(done) == progress


def test_what_is_active_was_entered_and_what_is_not_entered_is_not_active() -> None:
    both = {NextStep.ENTER, NextStep.ACTIVATE}

    assert set(steps_that_follow(NextStep.ACTIVATE, done=True)) == both
    assert set(steps_that_follow(NextStep.ENTER, done=False)) == both
    assert steps_that_follow(NextStep.ENTER, done=True) == (NextStep.ENTER,)
    assert steps_that_follow(NextStep.ACTIVATE, done=False) == (NextStep.ACTIVATE,)


@pytest.mark.parametrize(("language", "folder"), [*zip(LANGUAGES, ("en", "nl", "de", "no", "sv", "da"), strict=True)])
def test_a_help_page_is_in_the_readers_language(language: str, folder: str) -> None:
    assert help_url("erp/admin/configure.html#rank", language) == (
        f"https://docs.superoffice.com/{folder}/erp/admin/configure.html#rank"
    )
