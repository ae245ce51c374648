"""Each way to a reason, made by a real server, is recognised at its stage."""

from __future__ import annotations

import pytest

from tests.wire import certificates, hosts
from tests.wire.hosts import connector
from tests.wire.ways import SECRET, WAYS, Way
from wizard.domain.check import ACTIVATE_STAGES, REASONS, SIGNS, Outcome, Stage
from wizard.outside.connector import Endpoint, check_connector
from wizard.outside.http import Policy, Trust


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.reason}: {way.name}")
def test_a_way_is_recognised_by_its_stage_and_reason(way: Way) -> None:
    with way.place() as url:
        report = way.go(url)

    result = next((result for result in report.results if result.reason == way.reason), None)
    assert result is not None, [(each.stage, each.reason, each.evidence) for each in report.results if each.reason]
    assert result.stage == way.expected_stage
    assert way.sign in (None, result.sign)
    assert result.outcome == REASONS[way.reason].outcome
    if result.outcome == Outcome.FAILED:
        later = report.results[report.results.index(result) + 1 :]
        assert {each.outcome for each in later} <= {Outcome.SKIPPED}
    rendered = str([(each.facts, each.evidence) for each in report.results])
    assert way.goes == "check" or SECRET not in rendered


def test_no_reason_of_a_connector_is_without_a_way() -> None:
    of_others = {Stage.SUPEROFFICE, *ACTIVATE_STAGES}
    of_connectors = {code for code, reason in REASONS.items() if reason.stage not in of_others}
    assert {way.reason for way in WAYS} == of_connectors


def test_no_sign_is_without_a_server_that_says_it() -> None:
    assert {way.sign for way in WAYS} - {None} == set(SIGNS)


def test_a_healthy_connector_passes_over_tls_with_an_own_authority() -> None:
    with hosts.server(connector(), certificates.tls()) as port:
        endpoint = Endpoint(f"https://localhost:{port}/", Trust(certificates.authority_pem()))
        report = check_connector(endpoint, policy=Policy(loopback=True))

    assert report.verdict == "passed", [(each.stage, each.reason, each.evidence) for each in report.results]
