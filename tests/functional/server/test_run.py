"""`erp-wizard run`: how the wizard starts, serves and ends."""

from __future__ import annotations

import signal
import socket
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import requests

from tests.factories.receivers import serve_hook
from tests.over_http import Browser, comes_to_say, patient_host, reach_step_3
from tests.processes import Wizard, start, wizard
from tests.steps import RIGHT
from wizard.server.connections import MAX_CONNECTIONS

pytestmark = pytest.mark.no_cover


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wizard]:
    """A wizard on a new instance, in a terminal that speaks Dutch, for the tests that leave it so."""
    with wizard(tmp_path_factory.mktemp("running") / "instance", LC_ALL="nl_NL.UTF-8") as running:
        yield running


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


def test_on_a_free_port_notifications_link_to_the_port_that_it_took(tmp_path: Path) -> None:
    recipient = {"name": "Duty", "channel": "webhook", "told_of": "everything"}
    with serve_hook() as hook, wizard(tmp_path / "instance") as running:
        browser = Browser(running.address)
        browser.enter(running.link or "")
        browser.send("/notices/new", recipient | {"address": hook.url})
        browser.press("/notices/1/test")

        (sent,) = hook.posted
        assert running.address.replace("127.0.0.1", "localhost") + "/" in sent["message"]


def test_its_files_are_for_its_own_user_only(running: Wizard) -> None:
    requests.get(running.address + "/login", timeout=60)
    assert stat.filemode(running.instance.stat().st_mode) == "drwx------"
    files = modes(running.instance)
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
    assert "ERP_WIZARD_PUBLIC_URL" in ended.stderr


def test_behind_a_proxy_it_listens_for_others_and_believes_the_proxy(tmp_path: Path) -> None:
    tls = {"ERP_WIZARD_HOST": "0.0.0.0", "ERP_WIZARD_PUBLIC_URL": "https://wizard.example"}
    with wizard(tmp_path / "instance", **tls) as running:
        assert running.address.startswith("http://localhost:")
        assert (running.link or "").startswith("https://wizard.example/welcome/")
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


def test_many_who_send_half_a_request_do_not_keep_others_out(running: Wizard) -> None:
    with ExitStack() as open_ones:
        port = int(running.address.rpartition(":")[2])
        for _ in range(MAX_CONNECTIONS + 50):
            half = open_ones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
            half.sendall(b"GET /login HTTP/1.1\r\nHost: x\r\n")

        assert requests.get(f"{running.address}/login", timeout=60).status_code == 200


def test_those_who_send_bodies_slowly_do_not_keep_others_out(running: Wizard) -> None:
    with ExitStack() as open_ones:
        port = int(running.address.rpartition(":")[2])
        for _ in range(60):
            slow = open_ones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
            slow.sendall(b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nusername=")

        assert {requests.get(f"{running.address}/login", timeout=60).status_code for _ in range(10)} == {200}


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_it_listens_on_ipv6_too(tmp_path: Path) -> None:
    with wizard(tmp_path / "instance", ERP_WIZARD_HOST="::1") as running:
        assert running.address.startswith("http://[::1]:")
        assert requests.get(running.address + "/login", timeout=60).status_code == 200


def test_pages_do_not_speak_the_language_of_the_terminal_that_serves_them(running: Wizard) -> None:
    assert '<html lang="en"' in requests.get(running.address + "/login", timeout=60).text
