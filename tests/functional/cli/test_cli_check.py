"""`erp-wizard check` against real servers on this machine."""

from __future__ import annotations

import json
import os
import pty
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme
from click.testing import CliRunner
from flask import Flask, Response, request

from tests.factories import serve_app
from tests.processes import ENVIRONMENT, PROGRAM
from tests.wire import hosts
from wizard.cli import group as cli
from wizard.domain.fields import FieldType
from wizard.outside import soap as codec
from wizard.outside.soap.contract import FieldMetadata, FieldsResult, ListResult, Namespaces, Result, State
from wizard.practice.connector.fields import PASSWORD

ROOT = Path(__file__).parents[3]
GOOD = {"Company": "Acme", "ApiPassword": PASSWORD}


class HtmlPage(BaseHTTPRequestHandler):
    def do_POST(self):
        page = b"<!doctype html><html><body>Welcome</body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_):
        pass


@contextmanager
def serving(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def html_url():
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), HtmlPage)) as port:
        yield f"http://127.0.0.1:{port}/ErpConnectorWS.svc"


@pytest.fixture
def silent_url():
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x.svc"


@pytest.fixture
def check():
    return lambda *arguments: CliRunner().invoke(cli.cli, ["check", *map(str, arguments)])


@pytest.fixture
def config(tmp_path):
    def write(**values):
        path = tmp_path / "config.json"
        path.write_text(json.dumps(values))
        return path

    return write


def test_a_working_connector_passes_with_exit_code_0(check, practice_url):
    result = check(practice_url)
    assert result.exit_code == 0, result.output
    assert "✓ Connector (SOAP)      passed" in result.stdout
    assert result.stdout.endswith("  The connector works\n\n")


def test_a_web_page_is_named_as_one_with_exit_code_1(check, html_url):
    result = check(html_url)
    assert result.exit_code == 1
    assert "✗ Connector (SOAP)      failed" in result.stdout
    assert "with a web page" in result.stdout
    assert "| reason: contract.html" in result.stdout


def test_a_stage_is_one_line_where_there_is_no_terminal(check, practice_url):
    lines = check(practice_url).stdout.splitlines()
    assert lines[0] == practice_url
    assert [line[4:26].strip() for line in lines[1:8]] == [
        "Address",
        "Name lookup (DNS)",
        "Connection (TCP)",
        "Encryption (TLS)",
        "Web server (HTTP)",
        "Connector (SOAP)",
        "Configuration fields",
    ]


def test_json_is_all_that_is_printed(check, practice_url):
    result = check("--json", practice_url)
    found = json.loads(result.stdout)
    assert (found["url"], found["verdict"], result.stderr) == (practice_url, "passed", "")
    assert [stage["id"] for stage in found["stages"]] == [
        "address",
        "dns",
        "connect",
        "tls",
        "http",
        "contract",
        "fields",
    ]
    assert {field["key"] for field in found["fields"]} >= {"Company", "ApiPassword", "Outcome"}


def test_the_detail_says_from_which_address_the_call_went(check, practice_url):
    connect = json.loads(check("--json", practice_url).stdout)["stages"][2]
    assert connect["detail"]["from"] == "127.0.0.1"


def test_several_urls_are_shown_in_the_order_in_which_they_were_given(check, html_url, practice_url):
    result = check(html_url, practice_url, "https://")
    assert result.exit_code == 1
    urls = [line for line in result.stdout.splitlines() if line.startswith("http")]
    assert urls == [html_url, practice_url, "https://"]
    assert result.stdout.endswith("1 of 3 connectors can be used.\n")


def test_several_urls_are_a_list_in_json(check, html_url, practice_url):
    found = json.loads(check("--json", html_url, practice_url).stdout)
    assert [(each["url"], each["verdict"]) for each in found] == [(html_url, "failed"), (practice_url, "passed")]


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


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--timeout", "0", "https://x.example"],
        ["--timeout", "soon", "https://x.example"],
        ["--ca-file", "no-such-file.pem", "https://x.example"],
        ["--config", "no-such-file.yaml", "https://x.example"],
        ["--config", __file__, "https://x.example"],
        ["--ca-file", __file__, "https://x.example"],
        ["--nonsense", "https://x.example"],
    ],
    ids=str,
)
def test_a_command_line_that_cannot_be_used_ends_with_exit_code_2(check, arguments):
    result = check(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert "Traceback" not in result.output


def test_a_private_authority_can_be_trusted_from_a_file(check, tmp_path):
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    pem = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(pem)
    server = ThreadingHTTPServer(("127.0.0.1", 0), HtmlPage)
    context = server_context(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with serving(server) as port:
        url = f"https://127.0.0.1:{port}/x.svc"
        without, with_it = (json.loads(check("--json", url, *more).stdout) for more in ([], ["--ca-file", pem]))
    assert [stage["reason"] for stage in without["stages"] if stage["outcome"] == "failed"] == ["tls.unknown_ca"]
    assert [stage["reason"] for stage in with_it["stages"] if stage["outcome"] == "failed"] == ["contract.html"]


def server_context(certificate):
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def test_the_time_limit_holds(check, silent_url):
    result = check("--json", "--timeout", "1", silent_url)
    assert result.exit_code == 1
    assert [s["reason"] for s in json.loads(result.stdout)["stages"] if s["reason"]] == ["http.timeout"]


def test_ctrl_c_ends_all_checks_and_shows_what_was_found(check, practice_url):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def press_ctrl_c_when_called():
            connection, _ = server.accept()
            with connection:
                connection.recv(1)
                os.kill(os.getpid(), signal.SIGINT)
                while connection.recv(1 << 20):
                    """Head and body may come apart; it answers to neither."""

        thread = threading.Thread(target=press_ctrl_c_when_called, daemon=True)
        thread.start()
        before = signal.getsignal(signal.SIGINT)
        result = check(f"http://127.0.0.1:{server.getsockname()[1]}/x.svc")
        thread.join()
    assert result.exit_code == 130
    assert "✓ Connection (TCP)" in result.stdout
    assert result.stdout.endswith("  The check was cancelled\n\n")
    assert signal.getsignal(signal.SIGINT) is before


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
def test_a_configuration_that_finds_no_answer_is_told_with_reason_owner_and_the_limit(check, config, answer, reason):
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
    for shown in (result.stdout, body):
        assert "Acme Norway refuses ••••" in shown


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


def test_a_program_that_breaks_ends_the_checks_of_the_others(check, practice_url, monkeypatch):
    monkeypatch.setattr("wizard.cli.text_report.TextReport.begin", lambda *_: 1 / 0)
    assert isinstance(check(practice_url).exception, ZeroDivisionError)


def test_a_reader_that_has_had_enough_is_no_error(practice_url):
    command = [*PROGRAM, "check", *[practice_url] * 3]
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with process:
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_closed_output_still_leaves_the_exit_code(html_url, practice_url):
    closed = ["sh", "-c", 'exec "$@" >&-', "sh", *PROGRAM, "check"]
    ended = [subprocess.run([*closed, url], env=ENVIRONMENT, capture_output=True) for url in (html_url, practice_url)]
    assert [(each.returncode, each.stderr) for each in ended] == [(1, b""), (0, b"")]


def test_the_database_and_the_pages_are_not_loaded(practice_url):
    heavy = "{'sqlalchemy', 'alembic', 'flask_login', 'wtforms', 'waitress'}"
    code = (
        "import sys\nfrom wizard.cli.check import request_from, run\n"
        f"code = run([{practice_url!r}], request_from(30, None, None), as_json=True)\n"
        f"sys.exit(str({heavy} & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.stderr == "set()\n"


@pytest.mark.parametrize(("extra", "colored"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_a_terminal_shows_the_stage_that_runs_and_color_unless_told_not_to(silent_url, extra, colored):
    written = on_a_terminal(["--timeout", "1", silent_url], extra)
    assert ("\x1b[31m" in written) is colored
    assert ("◌ Web server" in written) is ("TERM" not in extra)
    assert "did not finish its answer within 1 s" in " ".join(written.split())


def on_a_terminal(arguments, extra):
    leader, follower = pty.openpty()
    environment = {key: value for key, value in ENVIRONMENT.items() if key != "NO_COLOR"}
    environment |= {"TERM": "xterm", "COLUMNS": "200"} | extra
    process = subprocess.Popen([*PROGRAM, "check", *arguments], env=environment, stdout=follower, stderr=follower)
    os.close(follower)
    written = b""
    try:
        while chunk := os.read(leader, 65536):
            written += chunk
    except OSError:  # how Linux says that the last writer has gone
        pass
    finally:
        os.close(leader)
    process.wait()
    return written.decode()


def test_the_terminal_s_language_is_spoken_in_the_threads_too(check, monkeypatch, practice_url, html_url, tmp_path):
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    wrong = tmp_path / "values.yaml"
    wrong.write_text("Nonsense: 1\n")

    assert "Dit adres antwoordt met een webpagina voor mensen" in check(html_url).output
    assert "De connector vraagt niet om Nonsense." in check(practice_url, "--config", wrong).output
    assert '"message": "De server neemt verbindingen aan op poort' in check(practice_url, "--json").output


@pytest.mark.parametrize("shape", [(), ("--json",)])
def test_an_output_that_is_full_is_told_in_a_sentence(practice_url, shape):
    with open("/dev/full", "w") as full:
        ended = subprocess.run(
            [*PROGRAM, "check", practice_url, *shape], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert ended.returncode == 2
    assert ended.stderr == "Error: What was found could not be written: No space left on device.\n"


def test_a_password_that_the_connector_remembers_is_shown_by_no_later_run(check, config):
    """In a label and in a header, which come before the fields tell that it is one."""
    app = Flask("host")
    kept = {"password": "none yet"}

    @app.post("/x.svc")
    def answer():
        operation, request_ = codec.read_request(request.get_data())
        if operation.name == "WSTestConfigData":
            kept["password"] = request_.message.connection_info["Password"]
            result = operation.result(is_ok=True)
        else:
            declared = FieldMetadata(
                field_key="Password", field_type=FieldType.PASSWORD, display_description=f"was {kept['password']}"
            )
            result = FieldsResult(is_ok=True, field_meta_data_objects=(declared,))
        body = codec.write_result(operation, result, Namespaces())
        return Response(body, content_type="text/xml", headers={"X-Last": kept["password"]})

    with serve_app(app) as address:
        file = config(Password="s3cr3t-value")
        shown = [check(address + "/x.svc", "--config", file, *more).output for more in ([], [], ["--json"], ["--full"])]

    assert kept["password"] == "s3cr3t-value"
    assert "s3cr3t" not in "".join(shown)
