"""`erp-wizard check --full`: the conformance run, on the practice connector and on hosts that break the contract."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from flask import Flask, Response, request

from tests.factories import serve_app
from wizard.cli import cli
from wizard.connectors import codec
from wizard.connectors.contract import OPERATIONS, Namespaces, State, StringsResult
from wizard.connectors.contract import Result as Answer
from wizard.practice import create_blueprint
from wizard.practice.endpoint import PATH
from wizard.practice.store import Store


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


def test_a_connector_whose_check_fails_is_not_tried_further(practice_url: str) -> None:
    gone = practice_url.replace(".svc", ".gone")

    text, junit = full(gone), full(gone, "--junit")

    assert (text.exit_code, junit.exit_code) == (1, 1)
    assert "run it without --full" in text.output
    assert 'message="http.not_found"' in junit.output


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


def test_values_that_do_not_fit_are_told_and_nothing_is_tried(practice_url: str, tmp_path: Path) -> None:
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
        shown = [full(address + PATH, "--config", values, *more).output for more in ([], ["--junit"])]

    for text in shown:
        assert "RED" in text
        assert not set("\x9b\u202e") & set(text)
        assert not any(line.lstrip().startswith("FAKE") for line in text.splitlines())
