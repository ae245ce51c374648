"""A machine that reaches nothing does not blame the connectors."""

from __future__ import annotations

import errno

import pytest

from wizard.domain.check import Outcome, Stage, StageResult
from wizard.models.columns import now
from wizard.services.watch import Job, OwnNetwork, Result
from wizard.services.watch.own_network import FRESH_SECONDS, PATIENCE_SECONDS

JOB = Job(1, now(), "https://erp.example/", "", is_first=True)
PASSED = Result(JOB, now(), has_left=True)
ON_THIS_MACHINE = Result(JOB, now())


def failed(stage: Stage, reason: str, host: str = "erp.example", error: str = "") -> Result:
    return Result(JOB, now(), StageResult(stage, Outcome.FAILED, reason, {"host": host}, (("error", error),)))


def no_name(host: str) -> Result:
    return failed(Stage.DNS, "dns.temporary", host)


NO_ROUTE = failed(Stage.CONNECT, "connect.unreachable", error=f"[Errno {errno.ENETUNREACH}] connect")


@pytest.mark.parametrize("result", [no_name("erp.example"), NO_ROUTE])
def test_a_failure_is_doubted_until_another_machine_is_reached(result: Result) -> None:
    network = OwnNetwork()
    assert network.judge(result, 0).is_void
    assert not network.judge(ON_THIS_MACHINE, 1).is_void
    assert network.judge(result, 2).is_void

    assert network.judge(PASSED, 3) is PASSED

    assert network.judge(result, 4) is result
    assert network.judge(result, 4 + FRESH_SECONDS).is_void


@pytest.mark.parametrize(
    "result",
    [
        failed(Stage.CONNECT, "connect.refused"),
        failed(Stage.CONNECT, "connect.timeout"),
        failed(Stage.CONNECT, "connect.unreachable", error=f"[Errno {errno.EHOSTUNREACH}] connect"),
        failed(Stage.DNS, "dns.not_found"),
        failed(Stage.HTTP, "http.not_found"),
    ],
)
def test_what_another_machine_has_caused_counts(result: Result) -> None:
    assert OwnNetwork().judge(result, 0) is result


def test_a_lonely_connector_without_a_name_is_told_in_the_end() -> None:
    network = OwnNetwork()
    assert network.judge(no_name("erp.example"), 0).is_void
    assert network.judge(no_name("erp.example"), PATIENCE_SECONDS - 1).is_void
    assert not network.judge(no_name("erp.example"), PATIENCE_SECONDS).is_void


def test_three_without_a_name_at_once_are_never_blamed() -> None:
    network = OwnNetwork()
    for at in (0, 2 * PATIENCE_SECONDS):
        assert all(network.judge(no_name(host), at).is_void for host in ("a", "b", "c"))
