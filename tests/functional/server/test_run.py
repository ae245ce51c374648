"""The commands that start the wizard and maintain its database."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import requests

from tests import postgres
from tests.factories import KEY, PASSWORD, close, sign_in
from tests.over_http import Browser, comes_to_say, patient_host, reach_step_3
from tests.processes import PROGRAM, Wizard, wizard
from tests.steps import RIGHT
from wizard import create_app
from wizard.cli import group as cli
from wizard.config import Settings
from wizard.models import database
from wizard.server.upgrade import upgrade


def start(instance: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    environment = {**os.environ, "ERP_WIZARD_INSTANCE": str(instance), **settings}
    return subprocess.run(
        [*PROGRAM, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


class Command:
    """A command in this process."""

    def __init__(self, instance: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setenv("ERP_WIZARD_INSTANCE", str(instance))
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, output, errors."""
        self._monkeypatch.setattr(sys, "argv", ["erp-wizard", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        code = end.value.code
        return (code if isinstance(code, int) else 0, *self._capsys.readouterr())


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(tmp_path / "instance", monkeypatch, capsys)


def modes(folder: Path) -> dict[str, str]:
    return {path.name: stat.filemode(path.stat().st_mode) for path in folder.iterdir()}


def test_it_prints_a_link_by_which_the_first_administrator_comes_in(tmp_path: Path) -> None:
    with wizard(tmp_path / "instance") as running:
        assert running.link is not None
        assert running.link.startswith(running.address + "/welcome/")
        browser = Browser(running.address)
        assert "Sign in" in browser.get("/").text
        browser.enter(running.link)
        assert "Ingrid" in browser.get("/account").text


def test_its_files_are_for_its_own_user_only(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    with wizard(instance) as running:
        requests.get(running.address + "/login", timeout=60)
        assert stat.filemode(instance.stat().st_mode) == "drwx------"
        files = modes(instance)
        assert {"keys", "wizard.sqlite3", "wizard.sqlite3-wal"} <= set(files)
        assert set(files.values()) == {"-rw-------"}


def test_in_a_folder_that_others_can_read_the_database_is_private_all_the_same(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with wizard(tmp_path):
        assert {name: mode for name, mode in modes(tmp_path).items() if mode != "-rw-------"} == {}


def test_a_second_start_prints_no_link(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    with wizard(instance) as running:
        Browser(running.address).enter(running.link or "")

    with wizard(instance, has_accounts=True) as again:
        browser = Browser(again.address)
        browser.sign_in()
        assert "Ingrid" in browser.get("/").text
        again.process.terminate()
        rest = again.process.stdout.read() if again.process.stdout else ""

    assert "welcome" not in rest


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_at_a_signal(tmp_path: Path, end: signal.Signals) -> None:
    with wizard(tmp_path / "instance") as running:
        running.process.send_signal(end)
        assert running.process.wait(timeout=60) == 0
    assert not (tmp_path / "instance" / "wizard.sqlite3-wal").exists()


def test_ended_in_the_middle_of_a_check_the_check_is_interrupted(tmp_path: Path) -> None:
    with patient_host(tmp_path) as (url, hold, _):
        with wizard(tmp_path / "instance") as running:
            browser = Browser(running.address)
            browser.enter(running.link or "")
            page = reach_step_3(browser, url)
            arrived = hold("WSTestConfigData")
            browser.send(page, RIGHT | {"action": "test"})
            assert arrived.wait(60)
            running.process.terminate()
            assert running.process.wait(timeout=60) == 0

        with wizard(tmp_path / "instance", has_accounts=True) as again:
            browser = Browser(again.address)
            browser.sign_in()
            assert "Interrupted" in comes_to_say(browser, page, "Interrupted")


def test_two_at_once_on_one_folder_both_work(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(Wizard, [tmp_path / "instance"] * 2))
    try:
        assert [requests.get(each.link or "", timeout=60).status_code for each in both] == [200, 200]
    finally:
        for each in both:
            each.stop()


def test_a_port_that_is_taken_is_reported_in_a_sentence(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = str(other.getsockname()[1])
        ended = start(tmp_path / "instance", "run", ERP_WIZARD_PORT=port)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"Error: Port {port} on 127.0.0.1 cannot be used: Address already in use.")
    assert "ERP_WIZARD_PORT" in ended.stderr
    assert not (tmp_path / "instance").exists()


def test_an_address_that_others_reach_needs_a_proxy_that_speaks_tls(tmp_path: Path) -> None:
    ended = start(tmp_path / "instance", "run", ERP_WIZARD_HOST="0.0.0.0", ERP_WIZARD_PORT="0")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "passwords would travel unencrypted" in ended.stderr
    assert "ERP_WIZARD_BEHIND_TLS=yes" in ended.stderr


def test_behind_a_proxy_it_listens_for_others_and_believes_the_proxy(tmp_path: Path) -> None:
    tls = {"ERP_WIZARD_HOST": "0.0.0.0", "ERP_WIZARD_BEHIND_TLS": "yes"}
    with wizard(tmp_path / "instance", **tls) as running:
        assert running.address.startswith("http://localhost:")
        forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "wizard.example"}
        answer = requests.get(running.address + "/login", headers=forwarded, timeout=60)
        assert "; Secure" in answer.headers["Set-Cookie"]
        plain = requests.get(running.address + "/users", headers=forwarded, allow_redirects=False, timeout=60)
        assert plain.headers["Location"] == "https://wizard.example/users/"


def has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def test_many_who_send_half_a_request_do_not_keep_others_out(tmp_path: Path) -> None:
    with wizard(tmp_path / "instance") as running, ExitStack() as open_ones:
        port = int(running.address.rpartition(":")[2])
        for _ in range(150):
            half = open_ones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
            half.sendall(b"GET /login HTTP/1.1\r\nHost: x\r\n")

        assert requests.get(f"{running.address}/healthz", timeout=60).status_code == 200


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_it_listens_on_ipv6_too(tmp_path: Path) -> None:
    with wizard(tmp_path / "instance", ERP_WIZARD_HOST="::1") as running:
        assert running.address.startswith("http://[::1]:")
        assert requests.get(running.address + "/login", timeout=60).status_code == 200


@pytest.mark.parametrize("arguments", [("run",), ("db", "upgrade"), ("login-link",)])
def test_every_wrong_setting_is_reported_at_once(
    command: Command, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ERP_WIZARD_PORT", "http")
    monkeypatch.setenv("ERP_WIZARD_HOTS", "127.0.0.1")
    code, output, errors = command(*arguments)
    assert (code, output) == (2, "")
    assert "ERP_WIZARD_PORT has to be" in errors
    assert "Is it ERP_WIZARD_HOST?" in errors


def test_db_upgrade_makes_the_database_and_changes_nothing_the_second_time(command: Command, tmp_path: Path) -> None:
    assert command("db", "upgrade") == (0, "The database is up to date.\n", "")
    database = tmp_path / "instance" / "wizard.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        before = connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    assert command("db", "upgrade")[0] == 0
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall() == before


def encrypted(instance: Path) -> None:
    app = create_app(Settings(instance=instance))
    upgrade(app)
    sign_in(app, "Ingrid Berg").post("/setup/new")
    close(app)


def test_a_key_file_that_is_gone_is_reported_and_no_other_is_made(command: Command, tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    encrypted(instance)
    (instance / "keys").rename(instance / "elsewhere")

    code, _, errors = command("db", "upgrade")

    assert code == 2
    assert f"encrypted with other keys than those in {instance / 'keys'}. Put back the keys that it had" in errors
    assert not (instance / "keys").exists()
    (instance / "elsewhere").rename(instance / "keys")
    assert command("db", "upgrade")[0] == 0


def test_keys_that_do_not_fit_the_database_are_reported(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encrypted(tmp_path / "instance")
    monkeypatch.setenv("ERP_WIZARD_KEYS", KEY)

    code, _, errors = command("db", "upgrade")

    assert code == 2
    assert "encrypted with other keys than those in ERP_WIZARD_KEYS" in errors


def test_a_database_whose_keys_are_lost_can_be_replaced(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encrypted(tmp_path / "instance")
    command("backup", str(tmp_path / "all.zip"))
    encrypted(tmp_path / "other")
    (tmp_path / "other" / "keys").write_bytes((tmp_path / "instance" / "keys").read_bytes())
    monkeypatch.setenv("ERP_WIZARD_INSTANCE", str(tmp_path / "other"))

    assert command("db", "upgrade")[0] == 2
    assert command("restore", str(tmp_path / "all.zip"), "--replace")[0] == 0
    assert command("db", "upgrade")[0] == 0


def test_a_database_of_a_newer_version_is_left_alone(command: Command, tmp_path: Path) -> None:
    command("db", "upgrade")
    with closing(sqlite3.connect(tmp_path / "instance" / "wizard.sqlite3")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    code, _, errors = command("db", "upgrade")
    assert (code, errors) == (2, "Error: The database is of a newer version of this program. Install that one again.\n")


def test_a_file_that_is_no_database_is_reported(command: Command, tmp_path: Path) -> None:
    command("db", "upgrade")
    for file in (tmp_path / "instance").glob("wizard.sqlite3*"):
        file.write_bytes(b"this is a letter to my aunt" * 99)
    code, _, errors = command("db", "upgrade")
    assert (code, errors) == (2, "Error: The database cannot be used: file is not a database\n")


def test_a_database_server_that_does_not_answer_is_reported_without_its_password(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ERP_WIZARD_DATABASE_URL", "postgresql://wizard:hunter2@127.0.0.1:1/wizard")
    code, _, errors = command("db", "upgrade")
    assert code == 2
    assert errors.startswith("Error: The database cannot be used: ")
    assert "Connection refused" in errors
    assert "hunter2" not in errors


CARE = (
    ("login-link",),
    ("backup", "all.zip"),
    ("export",),
    ("rotate-keys",),
    ("import", os.devnull),
    ("import", os.devnull, "--dry-run"),
)


@pytest.mark.parametrize("arguments", CARE, ids=" ".join)
def test_where_there_is_no_wizard_a_command_makes_none_and_says_where_it_has_looked(
    command: Command, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    code, output, errors = command(*arguments)

    assert (code, output) == (2, "")
    assert errors.startswith(f"Error: There is no wizard in {tmp_path / 'instance'}. Set ERP_WIZARD_INSTANCE")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [("login-link",), ("restore", "--replace", "all.zip")], ids=" ".join)
def test_a_database_that_another_process_has_locked_is_reported_in_a_sentence(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    command("db", "upgrade")
    command("backup", "all.zip")
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 1)
    with closing(sqlite3.connect(tmp_path / "instance" / "wizard.sqlite3")) as other:
        other.execute("BEGIN IMMEDIATE")

        result = command(*arguments)

    assert result == (2, "", "Error: The database cannot be used: database is locked\n")


def test_a_command_takes_an_empty_database_of_a_server_for_none(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres.server() as url:
        monkeypatch.setenv("ERP_WIZARD_DATABASE_URL", url.replace("+psycopg", ""))
        assert "There is no wizard" in command("login-link")[2]
        monkeypatch.setenv("ERP_WIZARD_KEYS", KEY)
        assert "There is no wizard" in command("login-link")[2]
        assert command("db", "upgrade")[0] == 0
        assert command("login-link")[0] == 0


def test_hosts_that_start_at_once_on_a_new_server_make_one_schema(tmp_path: Path) -> None:
    with postgres.server() as url:
        settings = {"ERP_WIZARD_DATABASE_URL": url.replace("+psycopg", ""), "ERP_WIZARD_KEYS": KEY}

        def host(number: int) -> subprocess.CompletedProcess[str]:
            return start(tmp_path / f"host {number}", "db", "upgrade", **settings)

        with ThreadPoolExecutor(4) as hosts:
            ended = list(hosts.map(host, range(4)))

    assert [(each.returncode, each.stderr) for each in ended] == [(0, "")] * 4


def test_a_folder_where_the_database_should_be_is_reported(command: Command, tmp_path: Path) -> None:
    (tmp_path / "instance" / "wizard.sqlite3").mkdir(parents=True)
    code, _, errors = command("db", "upgrade")
    assert code == 2
    assert re.fullmatch(r"Error: .*(Is a directory|unable to open database file)\.?\n", errors)


def test_a_folder_that_cannot_be_made_is_reported(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ERP_WIZARD_INSTANCE", str(tmp_path / "file" / "instance"))
    monkeypatch.setenv("ERP_WIZARD_KEYS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
    code, _, errors = command("db", "upgrade")
    assert code == 2
    assert errors == f"Error: {tmp_path / 'file' / 'instance'} cannot be used: Not a directory.\n"


def test_login_link_is_for_the_first_administrator_and_then_for_whom_it_names(command: Command) -> None:
    command("db", "upgrade")
    code, output, _ = command("login-link")
    assert code == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/welcome/[\w-]{43}\n", output)

    code, _, errors = command("login-link", "nobody")
    assert (code, errors) == (2, "Error: There is no account nobody.\n")


def test_login_link_asks_for_a_name_once_there_is_an_account(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    with wizard(instance) as running:
        browser = Browser(running.address)
        browser.enter(running.link or "")
        port = running.address.rpartition(":")[2]

        without = start(instance, "login-link")
        named = start(instance, "login-link", "INGRID", ERP_WIZARD_PORT=port)

        assert (without.returncode, without.stdout) == (1, "")
        assert "erp-wizard login-link USERNAME" in without.stderr
        ingrid = Browser(running.address)
        path = named.stdout.strip().removeprefix(running.address)
        assert ingrid.send(path, {"password": PASSWORD, "again": PASSWORD}).status_code == 200
        assert "Ingrid" in ingrid.get("/account").text
        assert browser.get("/account").url.startswith(running.address + "/login")


def test_commands_speak_the_language_of_the_terminal(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    file = str(tmp_path / "all.zip")
    assert command("db", "upgrade")[1] == "De database is bijgewerkt.\n"
    assert command("login-link", "nobody")[2] == "Error: Er is geen account nobody.\n"
    assert f"rijen staan in {file}." in command("backup", file)[1]
    assert command("backup", file)[2] == f"Error: {file} bestaat al. Kies een andere naam.\n"
    assert f"rijen zijn hersteld uit {file}." in command("restore", file)[1]


def test_pages_do_not_speak_the_language_of_the_terminal_that_serves_them(tmp_path: Path) -> None:
    with wizard(tmp_path / "instance", LC_ALL="nl_NL.UTF-8") as running:
        assert '<html lang="en"' in requests.get(running.address + "/login", timeout=60).text


@pytest.mark.parametrize(
    ("arguments", "texts"),
    [
        (("--help",), ("run", "check", "db", "login-link", "three guided steps")),
        (("run", "--help"), ("print its address", "ERP_WIZARD_")),
        (("db", "--help"), ("upgrade",)),
        (("login-link", "-h"), ("USERNAME", "first administrator")),
    ],
)
def test_help_helps(command: Command, arguments: tuple[str, ...], texts: tuple[str, ...]) -> None:
    code, output, _ = command(*arguments)
    assert code == 0
    assert all(text in output for text in texts)


def test_an_unknown_command_is_reported(command: Command) -> None:
    code, _, errors = command("rnu")
    assert code == 2
    assert "rnu" in errors
