from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.check import REASONS, Outcome, Stage, StageResult
from wizard.messages import Note, mailto, note
from wizard.messages.notes import MAX_LINK_LENGTH

EXPIRED = StageResult(
    Stage.TLS,
    Outcome.FAILED,
    "tls.expired",
    {"host": "sync.nordicbridge.example", "until": "2026-11-20T12:14:00+00:00"},
    (("subject", "CN=sync.nordicbridge.example"), ("body", "<html>internal</html>"), ("set-cookie", "session=abc")),
)


def a_note(result=EXPIRED, **given):
    return note(
        result,
        **{
            "connector": "Visma.net Sync",
            "url": "https://sync.nordicbridge.example/ErpConnectorWS.svc",
            "person": "Ingrid Berg",
            "checked_at": datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
            "provider": "Nordic Bridge",
            "from_address": "198.51.100.7",
        }
        | given,
    )


def decoded(link):
    return parse_qs(urlsplit(link).query, strict_parsing=True)


def test_a_note_says_all_that_its_reader_needs():
    lines = a_note().body.split("\n")
    assert lines[0] == "Hello Nordic Bridge,"
    assert "https://sync.nordicbridge.example/ErpConnectorWS.svc" in lines[2]
    assert lines[4].startswith("The server shows a certificate that ended on 20 November 2026.")
    assert lines[6] == "What would help: Renew the certificate of sync.nordicbridge.example."
    assert lines[8].startswith("Checked on 23 November 2026 at ")
    assert lines[8].endswith(" from 198.51.100.7.")
    assert "Ingrid Berg" in lines
    assert lines[-2:] == ["subject: CN=sync.nordicbridge.example", "reason: tls.expired (tls)"]


def test_a_note_has_a_subject_that_names_the_connector_and_the_layer():
    assert a_note().subject == "Visma.net Sync and SuperOffice: Encryption"


def test_a_note_carries_no_body_and_no_cookie():
    body = a_note().body
    assert "internal" not in body
    assert "session" not in body


def test_a_note_shows_no_password_of_the_address():
    assert "geheim" not in a_note(url="https://user:geheim@x.example/a").body


def test_a_connector_without_a_name_yet_is_called_by_what_it_does():
    message = a_note(connector=" ")
    assert message.subject == "ERP Sync and SuperOffice: Encryption"
    assert "the connector ERP Sync at https://" in message.body


def test_a_note_greets_whom_it_does_not_know_without_a_name():
    assert a_note(provider="").body.startswith("Hello,\n")


def test_a_note_for_the_it_department_does_not_greet_the_provider():
    assert a_note(StageResult(Stage.CONNECT, Outcome.FAILED, "connect.timeout")).body.startswith("Hello,\n")


def test_a_note_about_the_configuration_is_about_the_erp():
    body = a_note(StageResult(Stage.CONFIG, Outcome.FAILED, "config.rejected", {"answer": "Login failed"})).body
    assert "I am connecting SuperOffice to our ERP" in body
    assert "Login failed" in body


def test_a_note_does_not_say_from_where_when_nobody_knows():
    assert "(UTC) from" not in a_note(from_address="").body
    assert " from ." not in a_note(from_address="").body


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_has_a_note_without_holes(reason):
    message = a_note(StageResult(Stage(reason.partition(".")[0]), Outcome.FAILED, reason), provider="", from_address="")
    assert "%(" not in message.subject + message.body
    assert "None" not in message.body


def test_a_link_keeps_line_breaks_and_umlauts():
    link = mailto("it@nordicbridge.example", Note("Über & more?", "Grüße\n100 % = viel\n"))
    assert link.startswith("mailto:it@nordicbridge.example?subject=")
    assert "%0D%0A" in link
    assert decoded(link) == {"subject": ["Über & more?"], "body": ["Grüße\r\n100 % = viel\r\n"]}


def test_a_link_without_an_address_leaves_it_to_the_mail_program():
    assert mailto("", Note("S", "B")) == "mailto:?subject=S&body=B"


def test_an_address_cannot_add_other_readers_or_headers():
    link = mailto("a@x.example?bcc=spy@y.example,b@z.example", Note("S", "B"))
    assert set(decoded(link)) == {"subject", "body"}
    assert "," not in link


def test_a_long_note_loses_the_end_of_its_detail_in_a_link():
    rows = tuple(("error", "x" * 290) for _ in range(20))
    message = a_note(StageResult(Stage.TLS, Outcome.FAILED, "tls.expired", EXPIRED.facts, rows))
    link = mailto("it@nordicbridge.example", message)
    assert len(link) <= MAX_LINK_LENGTH
    assert "Ingrid Berg" in unquote(link)


@given(answer=st.text(), connector=st.text(), url=st.text(), person=st.text())
def test_hostile_texts_make_a_note_that_can_be_sent(answer, connector, url, person):
    result = StageResult(
        Stage.CONFIG, Outcome.FAILED, "config.rejected", {"answer": answer}, (("explanation", answer),)
    )
    message = a_note(result, connector=connector, url=url, person=person)
    assert "\n" not in message.subject
    link = mailto("x@y.example", message)
    assert set(decoded(link)) == {"subject", "body"}
    assert link.isascii()
