"""What is said of SuperOffice itself, of the way there and of the link."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wizard.domain.check import REASONS, Outcome, Owner, RunKind, RunState, Stage, StageResult
from wizard.messages import describe, heading, note, running, summary, who_can
from wizard.messages.stages import asks

ONLINE = {"target": "superoffice", "tenant": "Cust12345", "host": "online3.superoffice.com", "port": "443"}
ON_THE_WAY = [
    code
    for code, reason in REASONS.items()
    if reason.stage in (Stage.ADDRESS, Stage.DNS, Stage.CONNECT, Stage.TLS) and code != "connect.private"
] + [
    *("http.auth_required", "http.redirect", "http.server_error", "http.unavailable", "http.unexpected_status"),
    *("http.closed", "http.too_large", "http.not_http"),
]
"""What a call of SuperOffice may break at before SuperOffice itself."""


def failed(reason, stage=None, **facts):
    return StageResult(stage or REASONS[reason].stage, Outcome.FAILED, reason, {**ONLINE, **facts})


@pytest.mark.parametrize("kind", ["", "own", "port", "certificate", "alone"])
@pytest.mark.parametrize("reason", ON_THE_WAY)
def test_what_breaks_on_the_way_to_superoffice_speaks_of_no_connector(reason, kind):
    result = failed(reason, kind=kind)
    words = describe(result, "Nordic Bridge")
    for text in (words.says, words.what_to_do, words.who, asks(result) if result.owner != Owner.ADMIN else ""):
        assert "connector" not in (text or "").lower()
        assert "provider" not in (text or "")
        assert "SuperOffice will refuse" not in (text or "")


@pytest.mark.parametrize(
    ("reason", "facts", "owner"),
    [
        ("address.malformed", {}, Owner.ADMIN),
        ("dns.not_found", {}, Owner.IT),
        ("tls.expired", {}, Owner.IT),
        ("http.unavailable", {}, Owner.SUPEROFFICE),
        ("http.unavailable", {"tenant": ""}, Owner.IT),
        ("superoffice.url_not_answering", {}, Owner.PROVIDER),
        ("superoffice.agent_forbidden", {}, Owner.APP_OWNER),
    ],
)
def test_who_repairs_the_way_to_superoffice_is_who_runs_it(reason, facts, owner):
    given = {name: text for name, text in {**ONLINE, **facts}.items() if text}
    assert StageResult(REASONS[reason].stage, Outcome.FAILED, reason, given).owner == owner


@pytest.mark.parametrize(
    ("stage", "facts", "says"),
    [
        (Stage.ADDRESS, ONLINE, "SuperOffice says that Cust12345 is at online3.superoffice.com."),
        (Stage.HTTP, {"product": "12.4"}, "SuperOffice 12.4 answers."),
        (Stage.SIGN_IN, {"user": "Ingrid Berg", "company": "Acme Group"}, "As Ingrid Berg, of Acme Group."),
        (Stage.SIGN_IN, {"user": "Ingrid Berg", "company": ""}, "As Ingrid Berg."),
        (Stage.LICENCE, {"module": "Development Tools"}, "Development Tools is there."),
        (Stage.RIGHTS, {"user": "Ingrid Berg"}, "Ingrid Berg is an administrator."),
        (Stage.AGENT, {}, "The agent ErpSync can be used."),
        (Stage.USERS, {"users": "240", "groups": "1"}, "240 users and 1 group can be read."),
        (Stage.SUPEROFFICE, {}, "SuperOffice calls it from its own servers, and it answers."),
    ],
)
def test_a_stage_of_the_link_says_what_it_has_found(stage, facts, says):
    assert summary(StageResult(stage, Outcome.PASSED, None, facts)) == says


@pytest.mark.parametrize(
    ("facts", "code"), [(ONLINE, "SuperOffice ID"), ({"target": "superoffice", "host": "crm.acme.example"}, "Basic")]
)
def test_a_sign_in_says_by_what_it_is_made(facts, code):
    assert describe(StageResult(Stage.SIGN_IN, Outcome.PASSED, None, facts)).code == code


def test_a_page_where_the_api_should_be_is_an_address_to_correct():
    says = describe(failed("superoffice.too_old", Stage.HTTP, kind="address", operation="version")).says
    assert says == "online3.superoffice.com answers, but there is no web API of SuperOffice at this address."


def test_the_first_layers_of_a_link_ask_superoffice_itself():
    assert running(Stage.HTTP, 30, RunKind.LINK).startswith("Asking SuperOffice for its version.")
    assert running(Stage.DNS, 30, RunKind.LINK) == running(Stage.DNS, 30)


@pytest.mark.parametrize(
    ("state", "results", "title"),
    [
        ("running", [], "Checking the link"),
        ("finished", [StageResult(Stage.AGENT, Outcome.PASSED)], "The link works"),
        (
            "finished",
            [StageResult(Stage.AGENT, Outcome.WARNING, "superoffice.agent_forbidden")],
            "The link works, for reading only",
        ),
        (
            "finished",
            [StageResult(Stage.SIGN_IN, Outcome.FAILED, "superoffice.consent_revoked")],
            "The check stopped at the sign-in",
        ),
    ],
)
def test_the_heading_of_the_link_says_how_it_stands(state, results, title):
    assert heading(RunKind.LINK, RunState(state), iter(results)) == title


def test_the_new_owners_are_somebody():
    assert who_can(Owner.APP_OWNER, "Nordic Bridge") == "The app's owner, who registered it at SuperOffice"
    assert who_can(Owner.SUPEROFFICE) == "SuperOffice's support"


def test_a_note_about_superoffice_names_the_tenant_and_what_would_help():
    result = StageResult(
        Stage.AGENT,
        Outcome.WARNING,
        "superoffice.agent_forbidden",
        {**ONLINE, "client_id": "4f1c2a9e"},
        (("operation", "GetAllConnectors"), ("status", "403"), ("body", "<html>")),
    )
    written = note(result, connector="Cust12345", url="https://x.example", person="Ingrid Berg", checked_at=NOW)
    assert written.subject == "SuperOffice Cust12345: Agent ErpSync"
    assert "linked with our tenant Cust12345" in written.body
    assert "open the agent ErpSync for the client ID 4f1c2a9e." in written.body
    assert written.body.endswith(
        "operation: GetAllConnectors\nstatus: 403\nreason: superoffice.agent_forbidden (agent)"
    )


def test_values_that_differ_are_named_as_on_the_pages():
    says = describe(failed("superoffice.differs", member="description, config.Company, scope")).says
    assert says == "It is not the same in SuperOffice as here: Description, Company, Scope"


NOW = datetime(2026, 11, 27, 9, 10, tzinfo=UTC)
