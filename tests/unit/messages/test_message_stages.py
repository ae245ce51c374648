from __future__ import annotations

import pytest

from wizard.domain.check import Outcome, Owner, Stage, StageResult
from wizard.messages import describe, heading, running, stage_code, stage_title, summary, titles, verdict_line, who_can


def passed(stage, **facts):
    return summary(StageResult(stage, Outcome.PASSED, None, facts))


def failed(stage, reason):
    return [StageResult(Stage.ADDRESS, Outcome.PASSED), StageResult(stage, Outcome.FAILED, reason)]


@pytest.mark.parametrize(
    ("stage", "title", "code"),
    [
        (Stage.ADDRESS, "Address", ""),
        (Stage.DNS, "Name lookup", "DNS"),
        (Stage.CONNECT, "Connection", "TCP"),
        (Stage.TLS, "Encryption", "TLS"),
        (Stage.HTTP, "Web server", "HTTP"),
        (Stage.CONTRACT, "Connector", "SOAP"),
        (Stage.FIELDS, "Configuration fields", ""),
        (Stage.CONFIG, "Configuration", "your ERP"),
        (Stage.SAVE, "Saving", "the connector"),
        (Stage.CONNECTION, "Saved connection", "your ERP"),
        (Stage.CATALOG, "ERP fields", ""),
    ],
)
def test_a_stage_has_a_title_and_a_code(stage, title, code):
    assert (stage_title(stage), stage_code(stage)) == titles()[stage] == (title, code)


@pytest.mark.parametrize(
    ("stage", "facts", "says"),
    [
        (Stage.ADDRESS, {"scheme": "https"}, "It uses https and may be called from this server."),
        (Stage.DNS, {"host": "x.example", "address": "10.0.0.7"}, "x.example is 10.0.0.7."),
        (Stage.DNS, {"host": "x.example", "addresses": "10.0.0.7, 10.0.0.8"}, "x.example is 10.0.0.7, 10.0.0.8."),
        (Stage.DNS, {"literal": "yes"}, "It is an IP address already, so no name has to be looked up."),
        (Stage.CONNECT, {"port": "443"}, "The server accepts connections on port 443."),
        (
            Stage.TLS,
            {"version": "TLSv1.3", "until": "2027-02-18T12:00:00+00:00"},
            "TLS 1.3. The certificate is valid until 18 February 2027.",
        ),
        (Stage.HTTP, {}, "It answers requests."),
        (Stage.CONTRACT, {}, "It is an ERP Sync connector."),
        (Stage.FIELDS, {"count": "8", "needed": "3"}, "It asks for 8 fields, 3 of them needed."),
        (Stage.FIELDS, {"count": "8", "needed": "0"}, "It asks for 8 fields, none of them needed."),
        (Stage.FIELDS, {"count": "1", "needed": "1"}, "It asks for 1 field, which is needed."),
        (Stage.FIELDS, {"count": "1", "needed": "0"}, "It asks for 1 field, which may stay empty."),
        (Stage.FIELDS, {"count": "0", "needed": "0"}, "It asks for no fields."),
        (Stage.CONFIG, {"answer": 'NL:"Welkom";US:"Welcome"'}, "Your ERP let the connector in: Welcome"),
        (Stage.CATALOG, {"types": "Customer, Project", "fields": "34"}, "It offers Customer, Project, with 34 fields."),
    ],
)
def test_a_passed_stage_says_what_it_has_found(stage, facts, says):
    assert passed(stage, **facts) == says


@pytest.mark.parametrize("stage", Stage)
def test_a_passed_stage_says_something_even_where_nothing_is_known(stage):
    assert passed(stage).endswith(".")
    assert "%(" not in passed(stage)


@pytest.mark.parametrize("stage", Stage)
def test_a_running_stage_says_what_it_does(stage):
    assert running(stage, 12.5).endswith(".")
    assert "%(" not in running(stage, 12.5)


def test_a_running_stage_says_how_long_it_may_take():
    assert running(Stage.TLS, 30.0).endswith("A slow server may take up to 30 s.")


@pytest.mark.parametrize(
    ("owner", "words"),
    [
        (Owner.ADMIN, "You"),
        (Owner.IT, "Your IT department"),
        (Owner.PROVIDER, "The app's provider: Nordic Bridge"),
        (Owner.ERP, "You, or your ERP administrator"),
    ],
)
def test_an_owner_is_somebody(owner, words):
    assert who_can(owner, "Nordic Bridge") == words


def test_a_provider_that_is_not_known_is_the_provider():
    assert who_can(Owner.PROVIDER) == "The app's provider"


@pytest.mark.parametrize(
    ("kind", "state", "title"),
    [
        ("connector", "waiting", "Checking the connector"),
        ("connection", "running", "Testing the connection"),
        ("save", "running", "Saving the connection"),
        ("connector", "cancelled", "The check was cancelled"),
        ("connection", "interrupted", "The test was interrupted"),
        ("save", "interrupted", "Saving was interrupted"),
        ("connector", "finished", "The connector works"),
        ("connection", "finished", "The connection works"),
        ("save", "finished", "The connection is saved"),
    ],
)
def test_a_heading_says_where_the_check_stands(kind, state, title):
    assert heading(kind, state, [StageResult(Stage.ADDRESS, Outcome.WARNING, "address.plain_http")]) == title


@pytest.mark.parametrize(
    ("kind", "stage", "reason", "title"),
    [
        ("connector", Stage.TLS, "tls.expired", "The check stopped at encryption"),
        ("connection", Stage.DNS, "dns.not_found", "The test stopped at the name lookup"),
        ("connection", Stage.CONFIG, "config.rejected", "The test stopped at the ERP"),
        ("connection", Stage.CONFIG, "contract.html", "The test stopped at the configuration"),
        ("connection", Stage.CONFIG, "http.closed", "The test stopped at the configuration"),
        ("save", Stage.SAVE, "save.rejected", "The connection could not be saved"),
    ],
)
def test_a_heading_says_where_the_check_stopped(kind, stage, reason, title):
    assert heading(kind, "finished", failed(stage, reason)) == title


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("connector", "This connector cannot be used yet"),
        ("connection", "This connection cannot be used yet"),
        ("save", "The connection could not be saved"),
    ],
)
def test_the_summary_says_what_a_failure_means(kind, line):
    assert verdict_line(kind) == line


def test_a_passed_stage_leaves_nothing_to_do():
    words = describe(StageResult(Stage.TLS, Outcome.PASSED))
    assert (words.what_to_do, words.who) == (None, None)


def test_an_answer_is_shown_in_the_reader_s_language(in_locale):
    answer = 'US:"Login failed";GE:"Anmeldung abgelehnt"'
    with in_locale("de"):
        assert describe(StageResult(Stage.CONFIG, Outcome.FAILED, "config.rejected", {"answer": answer})).says.endswith(
            "Anmeldung abgelehnt"
        )
