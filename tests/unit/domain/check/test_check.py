"""Stages, reasons and the verdict over them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.check import (
    CONNECTION_STAGES,
    CONNECTOR_STAGES,
    REASONS,
    SAVE_STAGES,
    Outcome,
    Owner,
    Stage,
    StageResult,
    Verdict,
    verdict_of,
)

a_result = st.builds(
    StageResult,
    stage=st.sampled_from(Stage),
    outcome=st.sampled_from(Outcome),
    reason=st.none() | st.sampled_from(list(REASONS)),
    facts=st.dictionaries(st.text(), st.text(), max_size=3),
    evidence=st.lists(st.tuples(st.text(), st.text()), max_size=3).map(tuple),
    elapsed_ms=st.integers(0, 30_000),
)


@given(a_result)
def test_a_result_survives_as_json(result: StageResult) -> None:
    assert StageResult.from_json(json.loads(json.dumps(result.to_json()))) == result


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ([], Verdict.PASSED),
        ([Outcome.PASSED], Verdict.PASSED),
        ([Outcome.PASSED, Outcome.SKIPPED], Verdict.PASSED),
        ([Outcome.WARNING, Outcome.PASSED], Verdict.WARNING),
        ([Outcome.WARNING, Outcome.FAILED, Outcome.SKIPPED], Verdict.FAILED),
    ],
)
def test_the_verdict_is_the_worst_outcome(outcomes: list[Outcome], verdict: Verdict) -> None:
    assert verdict_of(StageResult(Stage.HTTP, outcome) for outcome in outcomes) == verdict


@pytest.mark.parametrize(("code", "reason"), REASONS.items())
def test_a_reason_is_named_after_the_stage_where_it_belongs(code: str, reason: object) -> None:
    assert reason.code == code  # type: ignore[attr-defined]
    assert code.partition(".")[0] in set(Stage)


def test_who_can_repair_it_is_whom_the_reason_names() -> None:
    assert StageResult(Stage.CONFIG, Outcome.FAILED, "http.timeout").owner == Owner.PROVIDER
    assert StageResult(Stage.HTTP, Outcome.PASSED).owner is None


def test_each_kind_of_check_goes_on_where_the_one_before_it_ends() -> None:
    assert CONNECTION_STAGES[: len(CONNECTOR_STAGES)] == CONNECTOR_STAGES
    assert tuple(Stage)[: len(CONNECTION_STAGES + SAVE_STAGES)] == (*CONNECTION_STAGES, *SAVE_STAGES)
