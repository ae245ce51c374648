"""`erp-wizard check --full`: the conformance run, on the practice connector and on hosts that break the contract."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from flask import Flask, Response, request

from tests.factories import serve_app
from tests.processes import ENVIRONMENT, PROGRAM
from tests.wire import hosts
from wizard.cli import cli, conformance
from wizard.outside import soap as codec
from wizard.outside.soap.contract import OPERATIONS, Namespaces, Operation, State, StringsResult
from wizard.outside.soap.contract import Result as Answer
from wizard.practice import create_blueprint
from wizard.practice.connector.server import PATH
from wizard.practice.connector.store import Store


@pytest.fixture
def values(tmp_path: Path) -> str:
    """A configuration file that the practice connector accepts."""
    path = tmp_path / "values.yaml"
    path.write_text("ApiPassword: practice\nCompany: ACME\n")
    return str(path)


def full(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", "--full", *arguments])


def test_all_17_operations_of_the_practice_connector_conform(practice_url: str, values: str) -> None:
    result = full(practice_url, "--config", values)

    assert result.exit_code == 0, result.output
    assert "17 operations called" in result.output
    assert "0 failed" in result.output


@contextmanager
def serve_bare() -> Iterator[tuple[str, set[str]]]:
    """The URL of a connector that has customers and no field of them, and the operations that are called there."""
    called: set[str] = set()

    def reply(operation: Operation | None, body: bytes, line: str) -> bytes:
        assert operation is not None
        called.add(operation.name)
        result = operation.result(is_ok=True)
        if operation.name == "WSGetConfigData":
            result = hosts.fields_result()
        if operation.name == "WSGetSupportedActorTypes":
            result = StringsResult(is_ok=True, items=("Customer",))
        return hosts.http(hosts.soap(operation.name, result))

    with hosts.server(hosts.replying(reply)) as port:
        yield f"http://127.0.0.1:{port}/", called


def test_what_is_skipped_does_not_count_as_called() -> None:
    with serve_bare() as (url, called):
        result = full(url)

    assert "WSGetActors: Customer by its key" in result.output
    assert f"{len(called)} operations called" in result.output
    assert "WSGetActors" not in called


def test_junit_xml_tells_what_has_a_remark_and_what_was_left_out() -> None:
    with serve_bare() as (url, _called):
        suite = ElementTree.fromstring(full(url, "--junit").output).find("testsuite")

    assert suite is not None
    assert "no fields: nothing could be mapped" in [each.text for each in suite.findall("testcase/system-out")]
    assert len(suite.findall("testcase/skipped[@message]")) == int(suite.get("skipped", "0")) > 0


def test_the_throw_away_connection_is_deleted_at_the_end(tmp_path: Path, values: str) -> None:
    app = Flask("host")
    app.register_blueprint(create_blueprint(tmp_path / "practice.sqlite3"))
    saved: list[str] = []

    @app.before_request
    def watch() -> None:
        if "WSSaveConnection" in request.headers.get("SOAPAction", ""):
            saved.append(codec.read_request(request.get_data())[1].message.connection_guid)

    with serve_app(app) as address:
        full(address + PATH, "--config", values)

    assert saved
    assert Store(tmp_path / "practice.sqlite3").connection(saved[0]) is None


def test_junit_xml_has_a_case_for_each_finding(practice_url: str, values: str) -> None:
    result = full(practice_url, "--config", values, "--junit")

    suite = ElementTree.fromstring(result.output).find("testsuite")
    assert suite is not None
    assert suite.get("failures") == "0"
    assert len(suite.findall("testcase")) == int(suite.get("tests", "0")) > 40


def test_json_has_the_check_and_the_findings(practice_url: str, values: str) -> None:
    found = json.loads(full(practice_url, "--config", values, "--json").output)

    assert found["verdict"] == "passed"
    assert {case["outcome"] for case in found["conformance"]} == {"passed"}
    assert {case["operation"] for case in found["conformance"]} == set(OPERATIONS)


def test_a_configuration_that_is_refused_fails_and_what_needs_a_connection_is_not_tried(practice_url: str) -> None:
    result = full(practice_url)

    assert result.exit_code == 1
    assert "The given configuration is accepted" in result.output
    assert "Actor types" not in result.output


def test_a_connector_whose_check_fails_is_not_tried_further_and_the_cause_is_named(practice_url: str) -> None:
    gone = practice_url.replace(".svc", ".gone")

    text, junit = full(gone), full(gone, "--junit")

    assert (text.exit_code, junit.exit_code) == (1, 1)
    failure = ElementTree.fromstring(junit.output).find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.get("type") == "http.not_found"
    assert failure.get("message", "?") in text.output
    for rendered in (text.output, failure.text or ""):
        assert "What to do     " in rendered
        assert "Who can do it  You" in rendered
        assert "| reason: http.not_found" in rendered
    assert text.output.endswith("  The check stopped at the web server\n\n")


@pytest.mark.parametrize("shape", [(), ("--junit",)], ids=["text", "junit"])
def test_an_output_that_cannot_write_every_character_ends_no_run(
    values: str, tmp_path: Path, shape: Sequence[str]
) -> None:
    app = Flask("host")
    app.register_blueprint(create_blueprint(tmp_path / "practice.sqlite3"))

    @app.before_request
    def answer() -> Response | None:
        if "WSSaveActors" not in request.headers.get("SOAPAction", ""):
            return None
        result = Answer(is_ok=False, state=State.ERROR, user_explanation="Łódź")
        body = codec.write_result(OPERATIONS["WSSaveActors"], result, Namespaces())
        return Response(body, 200, content_type="text/xml")

    with serve_app(app) as address:
        command = [*PROGRAM, "check", "--full", address + PATH, "--config", values, *shape]
        ended = subprocess.run(command, env=ENVIRONMENT | {"PYTHONIOENCODING": "cp1252"}, capture_output=True)

    assert (ended.returncode, ended.stderr) == (1, b"")
    if shape:
        assert ElementTree.fromstring(ended.stdout).find(".//failure[@message='nothing to save: Łódź']") is not None
    else:
        assert "?ód?".encode("cp1252") in ended.stdout


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)], ids=["SIGTERM", "Ctrl-C"])
def test_a_run_that_is_ended_takes_its_throw_away_connection_along(values: str, number: int, code: int) -> None:
    called: list[str] = []
    process: subprocess.Popen[bytes]

    def reply(operation: Operation | None, body: bytes, line: str) -> bytes:
        assert operation is not None
        called.append(operation.name)
        if operation.name == "WSGetSupportedActorTypes" and "WSSaveConnection" in called:
            process.send_signal(number)
            return b""
        if operation.name == "WSGetConfigData":
            fields = hosts.fields_result(hosts.text_field(), hosts.text_field("ApiPassword"))
            return hosts.http(hosts.soap(operation.name, fields))
        return hosts.http(hosts.soap(operation.name, operation.result(is_ok=True)))

    with hosts.server(hosts.replying(reply)) as port:
        command = [*PROGRAM, "check", "--full", f"http://127.0.0.1:{port}/", "--config", values]
        process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        with process:
            rendered, error = process.communicate()

    assert (process.returncode, error) == (code, b"")
    assert called[-2:] == ["WSGetSupportedActorTypes", "WSDeleteConnection"]
    assert b"The throw-away connection is deleted in the end" in rendered


def test_each_call_has_the_time_limit_and_all_of_it_ten_times(
    practice_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(conformance, "run_conformance", lambda *_, **options: given.update(options) or ())

    full(practice_url, "--timeout", "20")

    a_call = given["limits"].seconds
    check, last_call, cleaning_up = a_call, a_call, a_call
    assert (a_call, check + given["seconds"] + last_call + cleaning_up) == (20, 200)


def test_an_answer_against_the_contract_is_a_failed_case_with_its_place(tmp_path: Path, values: str) -> None:
    app = Flask("host")
    app.register_blueprint(create_blueprint(tmp_path / "practice.sqlite3"))

    @app.after_request
    def forge(response: Response) -> Response:
        if request.headers.get("SOAPAction", "").strip('"').endswith("/WSGetSupportedActorTypes"):
            answer = StringsResult(is_ok=True, state=State.OK, items=("Customer", "Spaceship"))
            response.set_data(codec.write_result(OPERATIONS["WSGetSupportedActorTypes"], answer, Namespaces()))
        return response

    with serve_app(app) as address:
        result = full(address + PATH, "--config", values)

    assert result.exit_code == 1
    assert "types that SuperOffice does not know: Spaceship" in result.output


@pytest.mark.parametrize(
    "arguments", [["--junit"], ["--full", "--junit", "--json"]], ids=["junit alone", "two shapes at once"]
)
def test_shapes_that_do_not_go_together_are_refused(practice_url: str, arguments: list[str]) -> None:
    result = CliRunner().invoke(cli, ["check", practice_url, *arguments])

    assert result.exit_code == 2


def test_values_that_do_not_fit_are_reported_and_nothing_is_tried(practice_url: str, tmp_path: Path) -> None:
    path = tmp_path / "values.yaml"
    path.write_text("Nonsense: 1\n")

    result = full(practice_url, "--config", str(path))

    assert result.exit_code == 2
    assert "Nonsense" in result.output


def test_what_a_connector_says_can_neither_steer_the_terminal_nor_forge_a_line(values: str, tmp_path: Path) -> None:
    evil = "Cust\x9b31mRED\u202egnp.exe\nFAKE   passed"
    app = Flask("host")
    app.register_blueprint(create_blueprint(tmp_path / "practice.sqlite3"))

    @app.before_request
    def answer() -> Response | None:
        if "WSTestConfigData" not in request.headers.get("SOAPAction", ""):
            return None
        result = Answer(is_ok=False, state=State.ERROR, user_explanation=evil)
        return Response(
            codec.write_result(OPERATIONS["WSTestConfigData"], result, Namespaces()), 200, content_type="text/xml"
        )

    with serve_app(app) as address:
        rendered = [full(address + PATH, "--config", values, *more).output for more in ([], ["--junit"])]

    for text in rendered:
        assert "RED" in text
        assert not set("\x9b\u202e") & set(text)
        assert not any(line.lstrip().startswith("FAKE") for line in text.splitlines())
