from __future__ import annotations

import io
import json

import pytest

from wizard.cli.text_report import TextReport, render_json
from wizard.domain.check import CONNECTOR_STAGES, Outcome, RunKind, Stage, StageResult, Verdict, verdict_of
from wizard.domain.fields import Access, ConfigField, FieldType
from wizard.outside.connector import CheckReport

URL = "https://sync.nordicbridge.example/ErpConnectorWS.svc"
PASSED = StageResult(Stage.DNS, Outcome.PASSED, None, {"host": "x.example", "address": "10.0.0.7"}, (), 12)
EXPIRED = StageResult(
    Stage.TLS,
    Outcome.FAILED,
    "tls.expired",
    {"host": "x.example", "until": "2026-11-20T12:00:00+00:00"},
    (("subject", "CN=x.example"), ("reason", "tls.expired")),
    1900,
)


def a_report(*results, fields=None, verdict=None):
    return CheckReport(results, verdict or verdict_of(results), fields)


class Screen(io.StringIO):
    encoding = "utf-8"


class AsciiScreen(io.StringIO):
    encoding = "ascii"


@pytest.fixture
def drawn(monkeypatch):
    """What a function of a TextReport writes."""
    monkeypatch.setenv("COLUMNS", "100")

    def draw(*calls, terminal=False, color=False, screen=None, kind=RunKind.CONNECTOR):
        screen = screen or Screen()
        report = TextReport(screen, CONNECTOR_STAGES, kind, terminal=terminal, color=color)
        for name, *arguments in calls:
            options = arguments.pop() if arguments and isinstance(arguments[-1], dict) else {}
            getattr(report, name)(*arguments, **options)
        return screen.getvalue()

    return draw


def test_json_has_the_documented_keys():
    found = render_json(URL, a_report(PASSED, EXPIRED))
    assert list(found) == ["url", "verdict", "stages", "fields"]
    assert list(found["stages"][0]) == ["id", "outcome", "reason", "owner", "message", "detail", "elapsed_ms"]


def test_json_tells_a_failure_with_its_owner():
    stage = render_json(URL, a_report(EXPIRED))["stages"][0]
    assert (stage["id"], stage["outcome"], stage["reason"], stage["owner"]) == (
        "tls",
        "failed",
        "tls.expired",
        "provider",
    )
    assert stage["message"].startswith("The server shows a certificate that ended on 20 November 2026.")
    assert stage["detail"] == {"subject": "CN=x.example", "reason": "tls.expired"}


def test_json_keeps_rows_of_the_detail_that_share_a_label():
    result = StageResult(Stage.DNS, Outcome.PASSED, evidence=(("A", "10.0.0.7"), ("A", "10.0.0.8")))
    assert render_json(URL, a_report(result))["stages"][0]["detail"] == {"A": "10.0.0.7\n10.0.0.8"}


def test_json_says_of_a_stage_that_was_not_reached_that_it_was_not():
    stage = render_json(URL, a_report(StageResult(Stage.HTTP, Outcome.SKIPPED)))["stages"][0]
    assert (stage["message"], stage["reason"], stage["owner"]) == ("Not reached.", None, None)


def test_json_has_the_fields_as_the_connector_declares_them():
    field = ConfigField("Key", FieldType.TEXT, Access.MANDATORY, "Label", "", "", "", 20, 1, None)
    assert render_json(URL, a_report(PASSED, fields=(field,)))["fields"] == [field.to_json()]


def test_json_has_no_fields_where_the_connector_reported_none():
    assert render_json(URL, a_report(EXPIRED))["fields"] == []


@pytest.mark.parametrize("verdict", Verdict)
def test_json_tells_the_verdict(verdict):
    assert render_json(URL, a_report(PASSED, verdict=verdict))["verdict"] == verdict.value


def test_json_shows_no_password_of_the_url():
    assert "geheim" not in json.dumps(render_json("https://u:geheim@x.example", a_report(EXPIRED)))


def test_a_stage_is_one_line_with_glyph_word_and_time(drawn):
    assert drawn(("ended", PASSED)) == "  ✓ Name lookup (DNS)     passed      12 ms  x.example is 10.0.0.7.\n"


def test_a_failed_stage_says_what_to_do_who_can_and_the_detail(drawn):
    lines = drawn(("ended", EXPIRED)).splitlines()
    assert lines[0].startswith("  ✗ Encryption (TLS)      failed      1.9 s  The server shows a certificate")
    assert lines[1:] == [
        "    What to do     Have the certificate of x.example renewed. Then check again; you need not enter anything "
        "anew.",
        "    Who can do it  The app's provider",
        "    | subject: CN=x.example",
        "    | reason: tls.expired",
    ]


def test_a_remark_says_what_to_do_without_the_detail(drawn):
    remark = StageResult(Stage.ADDRESS, Outcome.WARNING, "address.plain_http", {}, (("scheme", "http"),))
    lines = drawn(("ended", remark)).splitlines()
    assert lines[0].startswith("  ! Address               remark       0 ms  It uses http")
    assert not any("|" in line for line in lines)


def test_a_stage_that_was_not_reached_has_no_time(drawn):
    assert drawn(("ended", StageResult(Stage.HTTP, Outcome.SKIPPED))) == "  – Web server (HTTP)     skipped\n"


def test_nothing_is_drawn_anew_where_there_is_no_terminal(drawn):
    assert drawn(("running", Stage.TLS, 1100, 30.0)) == ""


def test_a_terminal_shows_the_running_stage_in_one_line(drawn):
    line = drawn(("running", Stage.TLS, 1100, 30.0), terminal=True)
    assert line.startswith("\r\x1b[2K  ◌ Encryption (TLS)      running     1.1 s  Agreeing on encryption")
    assert len(line.removeprefix("\r\x1b[2K")) < 100


def test_the_running_line_makes_room_for_what_comes(drawn):
    written = drawn(("running", Stage.DNS, 0, 30.0), ("ended", PASSED), ("ended", PASSED), terminal=True)
    assert written.count("\r\x1b[2K") == 2
    assert written.endswith("x.example is 10.0.0.7.\n")


def test_long_sentences_are_wrapped_under_themselves_on_a_terminal(drawn):
    lines = drawn(("ended", EXPIRED), terminal=True).splitlines()
    assert all(len(line) <= 100 for line in lines)
    assert lines[1].startswith(" " * 45)


def test_a_narrow_terminal_wraps_by_itself(drawn, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    assert len(drawn(("ended", EXPIRED), terminal=True).splitlines()[0]) > 100


def test_color_comes_beside_the_word_and_only_when_asked_for(drawn):
    assert "\x1b[32m" in drawn(("ended", PASSED), color=True)
    assert "passed" in drawn(("ended", PASSED), color=True)
    assert "\x1b" not in drawn(("ended", PASSED), ("begin", URL), ("problem", "No."))


def test_a_stream_without_these_characters_gets_plain_ones(drawn):
    result = StageResult(Stage.CONFIG, Outcome.WARNING, "config.info", {"answer": "Grüße"})
    assert drawn(("ended", PASSED), ("ended", result), screen=AsciiScreen()).startswith("  + Name lookup")


def test_a_stranger_s_text_cannot_steer_the_terminal(drawn):
    nasty = "a\x1b[2J\x07\r\nb\x9b31m"
    result = StageResult(Stage.CONFIG, Outcome.FAILED, "config.rejected", {"answer": nasty}, ((nasty, nasty),))
    written = drawn(("begin", f"https://x{nasty}"), ("ended", result), ("problem", nasty))
    assert not {"\x1b", "\x07", "\r", "\x9b"} & set(written)


@pytest.mark.parametrize(
    ("report", "kind", "line"),
    [
        (a_report(PASSED), RunKind.CONNECTOR, "  The connector works\n\n"),
        (a_report(PASSED), RunKind.CONNECTION, "  The connection works\n\n"),
        (a_report(PASSED), RunKind.LINK, "  The link works\n\n"),
        (a_report(EXPIRED), RunKind.CONNECTOR, "  The check stopped at encryption\n\n"),
        (a_report(PASSED, verdict=Verdict.CANCELLED), RunKind.CONNECTOR, "  The check was cancelled\n\n"),
    ],
)
def test_the_last_line_of_a_check_says_how_it_stands(drawn, report, kind, line):
    assert drawn(("end", report), kind=kind) == line


def test_several_urls_are_counted(drawn):
    verdicts = [Verdict.PASSED, Verdict.FAILED, Verdict.WARNING, Verdict.CANCELLED]
    assert drawn(("count", verdicts)) == "2 of 4 connectors can be used.\n"
