"""A connection is activated after a check of all that could stop it; each failure says why, and is recovered from."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tests.factories.queues import InlineQueue
from tests.functional.superoffice.configuration.activating import Activating, ready_to_activate
from tests.functional.superoffice.configuration.configuring import TO_SUPEROFFICE, Configuring
from wizard.domain.check import ACTIVATE_STAGES, Outcome, RunKind, Stage
from wizard.domain.mapping import Direction
from wizard.extensions import db
from wizard.models import SuperOfficeWrite, WriteOperation, WriteState
from wizard.models.database import writing
from wizard.services.checks import Work, execute_run
from wizard.services.configuration import activate_in_superoffice

ACCEPTED = Stage.ACCEPTED


@pytest.fixture
def ready(sides: Configuring) -> Activating:
    return ready_to_activate(sides)


def test_a_complete_connection_is_active_afterwards_on_both_sides(ready: Activating) -> None:
    results = ready.run()

    assert tuple(results) == ACTIVATE_STAGES
    assert {each.outcome for each in results.values()} <= {Outcome.PASSED, Outcome.WARNING}, results
    assert ready.is_active_there
    assert ready.sides.state(lambda state: state.is_active)
    assert ready.sides.both.read(lambda row: row.superoffice_seen["Active"])


def test_a_check_alone_activates_nothing(ready: Activating) -> None:
    results = ready.run(activate=False)

    assert tuple(results) == ACTIVATE_STAGES[:-1]
    assert not ready.is_active_there


def test_an_engine_that_is_off_is_a_remark_and_no_failure(ready: Activating) -> None:
    assert ready.reasons() == {ACCEPTED: "accepted.engine_off"}


def test_what_is_active_already_is_not_turned_over(ready: Activating) -> None:
    ready.run()
    begun = len(ready.sides.host.traffic)

    assert ready.reasons() == {ACCEPTED: "accepted.engine_off"}

    assert ready.is_active_there
    assert "ToggleErpConnectionActive" not in ready.sides.calls(begun)


def test_a_mandatory_field_without_a_direction_is_named_before_anybody_is_called(ready: Activating) -> None:
    ready.configure(Name={"direction": Direction.NONE})
    begun = len(ready.sides.host.traffic)

    results = ready.run()

    result = results[Stage.MANDATORY_FIELDS]
    assert (result.reason, result.facts["fields"]) == ("mandatory_fields.incomplete", "Name")
    assert ready.sides.calls(begun) == []
    ready.configure()
    ready.run()
    assert ready.is_active_there


def test_superoffices_own_words_are_kept_at_the_field_that_they_name(ready: Activating) -> None:
    words = "Field 'Town' is mandatory and must be synchronized."
    ready.sides.host.behaviour.toggle_reasons = (words, "The licence has ended.")

    result = ready.run()[ACCEPTED]

    assert (result.outcome, result.reason) == (Outcome.FAILED, "superoffice.activation_refused")
    assert result.facts["answer"] == f"{words}\nThe licence has ended."
    assert ready.sides.state(lambda state: state.refused) == {"Customer": {"Town": words}}
    assert not ready.is_active_there
    ready.sides.host.behaviour.toggle_reasons = ()
    ready.run()
    assert ready.is_active_there
    assert ready.sides.state(lambda state: state.refused) is None


def test_a_test_that_superoffice_fails_leaves_it_inactive(ready: Activating) -> None:
    ready.sides.host.behaviour.tests_pass = False

    assert ready.reasons() == {Stage.REACHED: "superoffice.test_failed"}

    assert not ready.is_active_there
    ready.sides.host.behaviour.tests_pass = True
    ready.run()
    assert ready.is_active_there


def test_a_row_that_superoffice_does_not_take_stops_it(ready: Activating) -> None:
    ready.configure(Town={"crm_key": "contact/nowhere", "direction": Direction.NONE})

    reasons = ready.reasons()

    assert reasons[Stage.SAME_THERE] == "same_there.refused", reasons
    assert not ready.is_active_there


def test_what_somebody_has_changed_on_both_sides_stops_it(ready: Activating) -> None:
    ready.sides.write()
    ready.configure(Phone={"direction": TO_SUPEROFFICE})
    ready.sides.change_there("Phone", SyncToCrm=False, SyncToErp=True)

    assert ready.reasons() == {Stage.SAME_THERE: "same_there.differs"}

    assert not ready.is_active_there


@pytest.mark.parametrize(
    ("fault", "operation", "stage"),
    [
        ("unauthorised", "TestConnectionById", Stage.REACHED),
        ("forbidden", "ToggleErpConnectionActive", ACCEPTED),
        ("exception", "GetEngineStatus", Stage.REACHED),
        ("unavailable", "GetActorTypeMapping", Stage.SAME_THERE),
        ("null", "ToggleErpConnectionActive", ACCEPTED),
    ],
)
def test_a_fault_of_superoffice_stops_it_at_its_stage_and_the_next_try_activates_it(
    ready: Activating, fault: str, operation: str, stage: Stage
) -> None:
    ready.sides.host.plan(fault, operation, None)

    results = ready.run()

    failed = [each.stage for each in results.values() if each.outcome == Outcome.FAILED]
    assert failed == [stage], results
    ready.sides.host.behaviour.planned.clear()
    ready.sides.let_time_pass()
    ready.run()
    assert ready.is_active_there


@pytest.mark.parametrize("fault", ["cut_before", "cut_after"])
def test_a_line_that_is_cut_while_it_is_activated_never_turns_it_over_twice(ready: Activating, fault: str) -> None:
    ready.sides.host.plan(fault, "ToggleErpConnectionActive")

    ready.run()

    assert ready.is_active_there == (fault == "cut_after")
    ready.sides.let_time_pass()
    ready.run()
    assert ready.is_active_there
    assert {each.state for each in toggles(ready)} <= {WriteState.DONE, WriteState.NOT_DONE}


def test_a_call_whose_answer_is_not_settled_is_waited_for(ready: Activating) -> None:
    ready.sides.host.plan("cut_before", "ToggleErpConnectionActive")
    ready.run()

    assert ready.reasons() == {Stage.SAME_THERE: "same_there.waiting"}


def test_a_run_that_is_killed_after_superoffice_has_activated_it_is_looked_at_and_not_repeated(
    ready: Activating,
) -> None:
    usual = ready.sides.app.extensions["job_queue"]
    ready.sides.app.extensions["job_queue"] = KilledQueue(ready.sides.app)
    ready.run()
    ready.sides.app.extensions["job_queue"] = usual
    assert ready.is_active_there
    begun = len(ready.sides.host.traffic)

    ready.run()

    assert ready.is_active_there
    assert "ToggleErpConnectionActive" not in ready.sides.calls(begun)


class KilledQueue(InlineQueue):
    """Is killed after SuperOffice was called, before the end of the run is stored."""

    def submit(self, run_id: str) -> None:
        def die(*_: object) -> None:
            raise KeyboardInterrupt

        works = {RunKind.ACTIVATE: Work(activate_in_superoffice, die)}
        with self._app.app_context(), writing(), suppress(KeyboardInterrupt):
            execute_run(works, run_id, cancelled=lambda: False, interrupted=lambda: False)


def test_somebody_elses_activation_in_between_is_not_undone(ready: Activating) -> None:
    ready.sides.host.plan("toggled_meanwhile", "ToggleErpConnectionActive")

    ready.run()

    assert ready.is_active_there


def toggles(ready: Activating) -> list[SuperOfficeWrite]:
    with ready.sides.app.app_context():
        found = db.select(SuperOfficeWrite).where(SuperOfficeWrite.operation == WriteOperation.TOGGLE_ACTIVE)
        return list(db.session.scalars(found))
