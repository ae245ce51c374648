"""`erp-wizard check --config`: the test of a configuration, and its secrets."""

from __future__ import annotations

import json
import os
import signal

import pytest
from flask import Flask, Response, request

from tests.factories import serve_app
from tests.wire import hosts
from wizard.domain.fields import FieldType
from wizard.outside import soap as codec
from wizard.outside.soap.contract import FieldMetadata, FieldsResult, ListResult, Namespaces, Result, State
from wizard.practice.connector.fields import PASSWORD

GOOD = {"Company": "Acme", "ApiPassword": PASSWORD}


def test_a_configuration_is_tested_with_the_connector_s_own_types(check, practice_url, config):
    result = check(practice_url, "--config", config(**GOOD, BatchSize=100, VatRate=25.5, Sandbox=False))
    assert result.exit_code == 0, result.output
    assert "✓ Configuration (your ERP)" in result.stdout
    assert result.stdout.endswith("  The connection works\n\n")


def test_a_refused_configuration_is_the_erp_s_with_exit_code_1(check, practice_url, config):
    result = check("--json", practice_url, "--config", config(Company="Acme", ApiPassword="wrong-secret"))
    assert result.exit_code == 1
    stage = json.loads(result.stdout)["stages"][-1]
    assert (stage["id"], stage["reason"], stage["owner"]) == ("config", "config.rejected", "erp")


def test_a_password_of_the_file_is_never_shown(check, practice_url, config):
    result = check(
        "--json", practice_url, "--config", config(**GOOD | {"ApiPassword": "s3cr3t-value"}, Outcome="trace")
    )
    assert "s3cr3t-value" not in result.output
    assert json.loads(result.stdout)["stages"][-1]["reason"] == "contract.fault"


def test_a_connector_that_fails_does_not_get_the_configuration(check, html_url, config):
    found = json.loads(check("--json", html_url, "--config", config(**GOOD)).stdout)
    assert (found["stages"][-1]["id"], found["stages"][-1]["outcome"]) == ("config", "skipped")


def test_a_value_that_no_field_takes_is_a_usage_error(check, practice_url, config):
    result = check(practice_url, "--config", config(Companie="Acme", BatchSize="many"))
    assert result.exit_code == 2
    assert "The connector does not ask for Companie." in result.stdout
    assert "BatchSize: write a whole number" in result.stdout


def test_a_value_that_no_field_takes_leaves_json_clean(check, practice_url, config):
    result = check("--json", practice_url, "--config", config(Companie="Acme"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Companie" in result.stderr


def test_ctrl_c_in_the_test_of_a_configuration_keeps_what_the_connector_showed(check, config):
    def press_ctrl_c_at_the_test(operation, body, line):
        if operation.name == "WSGetConfigData":
            return hosts.http(hosts.HEALTHY)
        os.kill(os.getpid(), signal.SIGINT)
        return b""

    with hosts.server(hosts.replying(press_ctrl_c_at_the_test)) as port:
        result = check("--json", f"http://127.0.0.1:{port}/x.svc", "--config", config(Company="Acme"))
    found = json.loads(result.stdout)
    assert (result.exit_code, found["verdict"], found["stages"][-1]["id"]) == (130, "cancelled", "fields")


def test_fields_are_asked_for_once_and_the_test_follows_on_the_same_connection(check, config):
    called = []

    def speak(connection):
        called.append("connected")
        hosts.replying(answer)(connection)

    def answer(operation, body, line):
        called.append(operation.name)
        return hosts.http(
            hosts.HEALTHY
            if operation.name == "WSGetConfigData"
            else hosts.soap(operation.name, operation.result(is_ok=True))
        )

    with hosts.server(speak) as port:
        result = check(f"http://127.0.0.1:{port}/x.svc", "--config", config(Company="Acme"))
    assert result.exit_code == 0, result.output
    assert called == ["connected", "WSGetConfigData", "WSTestConfigData"]


@pytest.mark.parametrize(
    ("answer", "reason"), [(hosts.http(b"", "503 Busy"), "http.unavailable"), (b"", "http.timeout")]
)
def test_a_configuration_that_finds_no_answer_is_reported_with_reason_owner_and_the_limit(
    check, config, answer, reason
):
    def reply(operation, body, line):
        return hosts.http(hosts.HEALTHY) if operation.name == "WSGetConfigData" else answer

    with hosts.server(hosts.replying(reply)) as port:
        result = check(f"http://127.0.0.1:{port}/x.svc", "--timeout", 3, "--config", config(Company="Acme"))
    assert result.exit_code == 1
    assert "✗ Configuration (your ERP)" in result.stdout
    assert "Who can do it  The app's provider" in result.stdout
    assert f"| reason: {reason}" in result.stdout
    assert ("within 3 s" in result.stdout) is (reason == "http.timeout")


def test_only_passwords_are_blacked_out_of_what_the_erp_says(check, config):
    declared = FieldMetadata(field_key="Password", field_type=FieldType.PASSWORD)
    refused = Result(is_ok=False, state=State.ERROR, user_explanation="Acme Norway refuses pw")
    answers = {
        "WSGetConfigData": hosts.http(hosts.soap("WSGetConfigData", hosts.fields_result(declared, hosts.text_field()))),
        "WSTestConfigData": hosts.http(hosts.soap("WSTestConfigData", refused)),
    }
    with hosts.server(hosts.connector(answers)) as port:
        result = check(f"http://127.0.0.1:{port}/x.svc", "--config", config(Company="Acme Norway", Password="pw"))
    body = next(line for line in result.stdout.splitlines() if line.startswith("    | body"))
    for rendered in (result.stdout, body):
        assert "Acme Norway refuses ••••" in rendered


@pytest.mark.parametrize("full", [(), ("--full",)])
def test_a_password_is_in_no_key_and_no_name_that_json_shows(check, config, full):
    declared = FieldMetadata(field_key="Password", field_type=FieldType.PASSWORD)
    leaking = FieldMetadata(field_key="s3cr3t-value", field_type=FieldType.LIST, list_name="s3cr3t-value")
    listed = ListResult(is_ok=True, list_items={"s3cr3t-value": "A"})
    answers = {
        "WSGetConfigData": hosts.http(hosts.soap("WSGetConfigData", hosts.fields_result(declared, leaking))),
        "WSGetList": hosts.http(hosts.soap("WSGetList", listed)),
    }
    with hosts.server(hosts.connector(answers)) as port:
        result = check(f"http://127.0.0.1:{port}/x.svc", "--json", *full, "--config", config(Password="s3cr3t-value"))
    assert [field["key"] for field in json.loads(result.stdout)["fields"]] == ["Password", "••••"]
    assert "s3cr3t" not in result.output


def test_a_password_that_the_connector_remembers_is_shown_by_no_later_run(check, config):
    """In a label and in a header, which come before the fields tell that it is one."""
    app = Flask("host")
    stored = {"password": "none yet"}

    @app.post("/x.svc")
    def answer():
        operation, request_ = codec.read_request(request.get_data())
        if operation.name == "WSTestConfigData":
            stored["password"] = request_.message.connection_info["Password"]
            result = operation.result(is_ok=True)
        else:
            declared = FieldMetadata(
                field_key="Password", field_type=FieldType.PASSWORD, display_description=f"was {stored['password']}"
            )
            result = FieldsResult(is_ok=True, field_meta_data_objects=(declared,))
        body = codec.write_result(operation, result, Namespaces())
        return Response(body, content_type="text/xml", headers={"X-Last": stored["password"]})

    with serve_app(app) as address:
        file = config(Password="s3cr3t-value")
        rendered = [
            check(address + "/x.svc", "--config", file, *more).output for more in ([], [], ["--json"], ["--full"])
        ]

    assert stored["password"] == "s3cr3t-value"
    assert "s3cr3t" not in "".join(rendered)
