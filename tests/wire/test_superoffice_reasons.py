"""Each way to a reason that SuperOffice gives is recognised at its stage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.factories.superoffice import PracticeSuperOffice, serve_superoffice
from tests.wire import certificates, hosts
from tests.wire.superoffice import POLICY, Host, reply, superoffice_host
from tests.wire.ways import superoffice as ways
from wizard.domain.check import LINK_STAGES, REASONS, Outcome, Owner, Stage, StageResult, Verdict
from wizard.domain.superoffice import LinkKind
from wizard.outside.superoffice import BearerTokens, Site, check_link
from wizard.practice.superoffice import Behaviour


@pytest.fixture(scope="module")
def served() -> Iterator[PracticeSuperOffice]:
    with serve_superoffice() as superoffice:
        yield superoffice


@pytest.fixture
def twin(served: PracticeSuperOffice) -> PracticeSuperOffice:
    served.twin.behaviour = Behaviour()
    return served


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with superoffice_host() as host:
        yield host


@pytest.mark.parametrize("way", ways.WAYS, ids=lambda way: f"{way.reason}: {way.name}")
def test_a_way_is_recognised_by_its_stage_and_reason(way: ways.Way, twin: PracticeSuperOffice, host: Host) -> None:
    results, credentials = way.go(twin, host)

    result = next((each for each in results if each.reason == way.reason), None)
    assert result is not None, [(each.stage, each.reason, each.evidence) for each in results if each.reason]
    assert (result.stage, result.outcome) == (way.stage, REASONS[way.reason].outcome) or result.stage == "superoffice"
    if result.outcome == Outcome.FAILED:
        later = results[results.index(result) + 1 :]
        assert {each.outcome for each in later} <= {Outcome.SKIPPED}
    rendered = str([(each.facts, each.evidence) for each in results])
    assert not [secret for secret in credentials.secrets if secret in rendered]


def test_no_reason_of_superoffice_is_without_a_way() -> None:
    own = {code for code, reason in REASONS.items() if reason.stage == Stage.SUPEROFFICE}
    assert {way.reason for way in ways.WAYS} == own - ways.OF_SAVING


class Recorder:
    def __init__(self) -> None:
        self.events: list[str] = []

    def started(self, stage: Stage) -> None:
        self.events.append(f"started {stage.value}")

    def ended(self, result: StageResult) -> None:
        self.events.append(f"ended {result.stage.value}")


def test_a_link_that_is_well_passes_every_stage_in_order(twin: PracticeSuperOffice) -> None:
    recorder = Recorder()
    report = check_link(ways.site(twin), ways.tokens(twin), policy=POLICY, company="Acme Group", observer=recorder)

    assert report.verdict == Verdict.PASSED, [(each.stage, each.reason, each.evidence) for each in report.results]
    assert tuple(each.stage for each in report.results) == LINK_STAGES
    assert [event for event in recorder.events if event.startswith("ended")] == [
        f"ended {stage.value}" for stage in LINK_STAGES
    ]
    facts = {name: text for each in report.results for name, text in each.facts.items()}
    assert facts["tenant"] == "Cust00001"
    assert facts["product"] == "12.4"
    assert facts["company"] == "Acme Group"
    assert facts["associate_id"] == "5"
    inside = [user for user in twin.behaviour.directory.users.values() if user.type == "InternalAssociate"]
    assert facts["users"] == str(sum(not user.has_left for user in inside))
    assert facts["groups"] == "12"
    assert facts["engine"] == "off"


def test_a_token_that_is_renewed_meanwhile_is_stored_and_blacked_out(twin: PracticeSuperOffice) -> None:
    kept: list[tuple[Site, BearerTokens]] = []
    report = check_link(
        ways.site(twin), ways.expired(twin), policy=POLICY, on_change=lambda site, tokens: kept.append((site, tokens))
    )

    assert report.verdict == Verdict.PASSED
    assert kept[-1][1].access_token.startswith("8A:")
    assert kept[-1][0].api == twin.api
    assert kept[-1][1].access_token not in str(report.results)


@pytest.mark.parametrize(("ca_pem", "reason"), [(certificates.authority_pem(), None), ("", "tls.unknown_ca")])
def test_a_server_of_ones_own_is_trusted_by_its_own_authority(ca_pem: str, reason: str | None) -> None:
    host = Host()
    host.put("/so/api", reply({"NetServerVersion": "11.8.0.0"}))
    with hosts.server(host.speak, certificates.tls()) as port:
        place = Site(LinkKind.ONSITE, api=f"https://localhost:{port}/so/api", ca_pem=ca_pem)
        report = check_link(place, ways.LOGIN, policy=POLICY)

    tls = report.results[LINK_STAGES.index(Stage.TLS)]
    assert tls.reason == reason
    assert tls.owner == (Owner.IT if reason else None)
    assert [request.headers.get("authorization") for request in host.requests][:1] == ([None] if not reason else [])


def test_a_check_that_is_cancelled_ends_where_it_is(twin: PracticeSuperOffice) -> None:
    recorder = Recorder()
    report = check_link(
        ways.site(twin),
        ways.tokens(twin),
        policy=POLICY,
        observer=recorder,
        cancelled=lambda: "ended http" in recorder.events,
    )

    assert report.verdict == Verdict.CANCELLED
    assert report.results[-1].stage == Stage.HTTP


def test_a_failure_says_what_was_asked(twin: PracticeSuperOffice) -> None:
    twin.behaviour.refresh_revoked = True
    report = check_link(ways.site(twin), ways.expired(twin), policy=POLICY)

    result = next(each for each in report.results if each.outcome == Outcome.FAILED)
    assert result.evidence == (
        ("asked", f"{twin.login}/login/common/oauth/tokens"),
        ("error", "invalid_grant"),
        ("reason", "superoffice.consent_revoked"),
    )
