"""The steps of the guide."""

from __future__ import annotations

from wizard.domain.steps import Step


def test_the_steps_are_in_the_order_of_superoffices_help_page() -> None:
    assert tuple(Step) == (Step.APP, Step.CONNECTOR, Step.CONNECTION)
    assert [step.number for step in Step] == [1, 2, 3]


def test_each_step_leads_to_the_one_after_it() -> None:
    assert [step.next for step in Step] == [Step.CONNECTOR, Step.CONNECTION, None]
