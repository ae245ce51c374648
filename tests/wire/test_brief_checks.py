"""A check that is repeated very often finds what the ordinary one finds, and keeps no more than that."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wire import certificates, hosts
from tests.wire.hosts import connector
from tests.wire.ways import SECRET, WAYS, Way
from wizard.domain.check import REASONS, Outcome, Stage
from wizard.outside.connector import CheckLimits, CheckReport, Endpoint, KnownAnswers, certificate_end, check_briefly
from wizard.outside.http import Policy, Trust

FAILURES = {
    way.reason: way for way in reversed(WAYS) if way.goes != "save" and REASONS[way.reason].outcome == Outcome.FAILED
}


def go_briefly(way: Way, url: str) -> CheckReport:
    given = way.given() if way.given else certificates.authority_pem()
    options: dict[str, Any] = {"resolve": way.resolve} if way.resolve else {}
    return check_briefly(
        Endpoint(url, Trust(given if way.trusted else None)),
        {"Password": SECRET} if way.goes == "test" else None,
        lambda: [SECRET],
        KnownAnswers(),
        policy=Policy(loopback=way.allow_loopback, superoffice=way.superoffice),
        limits=CheckLimits(way.seconds),
        **options,
    )


@pytest.mark.parametrize("way", FAILURES.values(), ids=FAILURES)
def test_each_reason_is_found_and_no_secret_is_kept(way: Way) -> None:
    with way.place() as url:
        report = go_briefly(way, url)

    [failure] = [result for result in report.results if result.outcome == Outcome.FAILED]
    assert (failure.stage, failure.reason) == (way.expected_stage, way.reason)
    assert way.goes == "check" or SECRET not in str(report.results)


def test_of_what_passes_only_the_end_of_the_certificate_is_known_and_no_secret_is_asked_for() -> None:
    def load() -> list[str]:
        raise AssertionError("nothing is kept that has to be masked")

    known = KnownAnswers()
    with hosts.server(connector(), certificates.tls()) as port:
        endpoint = Endpoint(f"https://localhost:{port}/", Trust(certificates.authority_pem()))
        reports = [
            check_briefly(endpoint, {"Password": "x"}, load, known, policy=Policy(loopback=True)) for _ in range(2)
        ]

    for report in reports:
        assert [(each.stage, each.outcome) for each in report.results if each.outcome != Outcome.PASSED] == []
        assert not any(each.evidence for each in report.results)
        assert certificate_end(report) is not None


def test_an_answer_that_has_changed_is_read_again() -> None:
    known = KnownAnswers()
    with hosts.server(connector()) as port:
        healthy = Endpoint(f"http://127.0.0.1:{port}/")
        assert check_briefly(healthy, None, list, known, policy=Policy(loopback=True)).verdict == "passed"
    with FAILURES["fields.duplicate_key"].place() as url:
        report = check_briefly(Endpoint(url), None, list, known, policy=Policy(loopback=True))

    assert [each.stage for each in report.results if each.reason] == [Stage.FIELDS]


@pytest.mark.parametrize("reason", ["dns.not_found", "connect.refused"])
def test_no_secret_is_asked_for_where_nobody_has_answered(reason: str) -> None:
    def load() -> list[str]:
        raise AssertionError("nobody has said anything")

    way = FAILURES[reason]
    with way.place() as url:
        report = check_briefly(Endpoint(url), {}, load, KnownAnswers(), policy=Policy(loopback=True))

    assert reason in {each.reason for each in report.results}
