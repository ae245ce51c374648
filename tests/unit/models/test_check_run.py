"""What a run says of itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.check_runs import make_run
from tests.factories import in_app, make_account
from wizard.domain.check import Outcome, Stage, StageResult, Verdict
from wizard.extensions import db
from wizard.models import CheckRun

PASSED = StageResult(Stage.ADDRESS, Outcome.PASSED, elapsed_ms=1)
WARNED = StageResult(Stage.DNS, Outcome.WARNING, "address.plain_http", {"host": "h"}, (("a", "b"),), 20)
FAILED = StageResult(Stage.CONNECT, Outcome.FAILED, "connect.refused", elapsed_ms=300)
SKIPPED = StageResult(Stage.TLS, Outcome.SKIPPED)


@pytest.mark.parametrize(
    ("verdict", "stages", "decisive", "elapsed_ms"),
    [
        (Verdict.FAILED, (PASSED, WARNED, FAILED, SKIPPED), FAILED, 321),
        (Verdict.WARNING, (PASSED, WARNED), WARNED, 21),
        (Verdict.PASSED, (PASSED,), None, 1),
    ],
)
def test_its_health_has_the_stage_that_decided(
    app: Flask, verdict: Verdict, stages: tuple[StageResult, ...], decisive: StageResult | None, elapsed_ms: int
) -> None:
    with app.app_context():
        run = CheckRun(id="a", verdict=verdict, stages=stages, finished_at=datetime(2026, 1, 2, tzinfo=UTC))

        assert (run.health.verdict, run.health.stage, run.health.elapsed_ms) == (verdict, decisive, elapsed_ms)
        assert (run.health.run_id, run.health.at) == ("a", run.finished_at)


def test_its_stages_are_stored_and_loaded_as_they_are(app: Flask) -> None:
    make_account(app, "Ola")
    make_run(app, None, "a", stages=(PASSED, WARNED, FAILED))

    assert in_app(app, lambda: db.session.get_one(CheckRun, "a").stages) == (PASSED, WARNED, FAILED)
