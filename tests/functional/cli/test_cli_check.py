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
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

from tests.functional.cli.web_page import HtmlPage, serving
from tests.processes import ENVIRONMENT, PROGRAM

ROOT = Path(__file__).parents[3]
REMARK = "subject=O = Müller GmbH, CN = Müller CA\n"
"""As `openssl` prints it above a certificate."""


@pytest.fixture
def silent_url():
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x.svc"


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


@pytest.mark.parametrize(
    ("remark", "encoding"),
    [("", "utf-8"), ("", "utf-8-sig"), ("", "utf-16"), (REMARK, "utf-8"), (REMARK, "latin-1")],
)
def test_a_private_authority_can_be_trusted_from_a_file(check, tmp_path, remark, encoding):
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    pem = tmp_path / "ca.pem"
    pem.write_bytes((remark + authority.cert_pem.bytes().decode()).replace("\n", "\r\n").encode(encoding))
    server = ThreadingHTTPServer(("127.0.0.1", 0), HtmlPage)
    context = server_context(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with serving(server) as port:
        url = f"https://127.0.0.1:{port}/x.svc"
        without, with_it = (json.loads(check("--json", url, *more).stdout) for more in ([], ["--ca-file", pem]))
    assert [stage["reason"] for stage in without["stages"] if stage["outcome"] == "failed"] == ["tls.unknown_ca"]
    assert [stage["reason"] for stage in with_it["stages"] if stage["outcome"] == "failed"] == ["contract.html"]


def test_a_binary_file_is_no_authority(check, tmp_path):
    der = tmp_path / "ca.cer"
    der.write_bytes(b"\x30\x82\x00\xff\x00")

    assert "holds no certificate in PEM form" in check("--ca-file", der, "https://x.example").stderr


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
def test_a_terminal_shows_the_stage_that_runs_and_color_unless_asked_not_to(silent_url, extra, colored):
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
def test_an_output_that_is_full_is_reported_in_a_sentence(practice_url, shape):
    with open("/dev/full", "w") as full:
        ended = subprocess.run(
            [*PROGRAM, "check", practice_url, *shape], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert ended.returncode == 2
    assert ended.stderr == "Error: What was found could not be written: No space left on device.\n"
