"""Several workers of another WSGI server, on one database: whichever answers, it is the same wizard."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.cookiejar import Cookie
from pathlib import Path
from typing import Any

import pytest
from requests.cookies import RequestsCookieJar

from tests import postgres
from tests.over_http import Browser, comes_to_say, patient_host, press_ok_and_hold, reach_step_3
from tests.processes import PROGRAM
from tests.readings import OPEN_METRICS, key, readings
from tests.steps import RIGHT
from wizard.config import Settings
from wizard.errors import ConfigError

pytestmark = pytest.mark.no_cover

WORKERS = 3
PUBLIC = "https://erp-setup.example"


class PlainJar(RequestsCookieJar):
    """Gives secure cookies back over the plain connection behind the proxy."""

    def set_cookie(self, cookie: Cookie, *arguments: Any, **options: Any) -> None:
        cookie.secure = False
        super().set_cookie(cookie, *arguments, **options)


class Gunicorn:
    """Workers behind a proxy that speaks TLS, as it says of itself; `workers` are their process ids."""

    def __init__(self, instance: Path, *options: str, **settings: str) -> None:
        self.environment = {
            **os.environ,
            **settings,
            "ERP_WIZARD_INSTANCE": str(instance),
            "ERP_WIZARD_PUBLIC_URL": PUBLIC,
            "ERP_WIZARD_LOOPBACK": "yes",
        }
        program = [sys.executable, "-m", "gunicorn", "--config", "python:wizard.server.gunicorn_config"]
        program += ["--bind", "127.0.0.1:0", "--workers", str(WORKERS), "--threads", "4", *options]
        self.process = subprocess.Popen(program, env=self.environment, stderr=subprocess.PIPE, text=True)
        self.address, self.workers = "", []
        for line in self.process.stderr or ():
            if found := re.search(r"Listening at: (http://\S+)", line):
                self.address = found[1]
            if found := re.search(r"Booting worker with pid: (\d+)", line):
                self.workers.append(int(found[1]))
            if len(self.workers) == WORKERS:
                return
        raise AssertionError(f"it ended with {self.process.wait()}")

    def link(self) -> str:
        assert self.browser().get("/healthz").status_code == 200  # a worker has made the database
        program = [*PROGRAM, "login-link"]
        return subprocess.run(program, env=self.environment, capture_output=True, text=True, check=True).stdout.strip()

    def browser(self) -> Browser:
        """Somebody behind the proxy; their browser takes it for https."""
        browser = Browser(self.address)
        browser.session.headers["X-Forwarded-Proto"] = "https"
        browser.session.headers["X-Forwarded-Host"] = PUBLIC.removeprefix("https://")
        browser.session.headers["Referer"] = f"{PUBLIC}/"
        browser.session.cookies = PlainJar()
        return browser

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=60)


@contextmanager
def gunicorn(instance: Path, *options: str, **settings: str) -> Iterator[Gunicorn]:
    running = Gunicorn(instance, *options, **settings)
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gunicorn]:
    """Workers and an account, for the tests that leave them so; each start takes seconds."""
    with gunicorn(tmp_path_factory.mktemp("gunicorn") / "instance") as running:
        running.browser().enter(running.link().replace(PUBLIC, running.address))
        yield running


def walk_the_whole_way(browser: Browser, url: str) -> None:
    page = reach_step_3(browser, url)

    browser.send(page, RIGHT | {"action": "test"})
    comes_to_say(browser, page, "The connection works")
    browser.send(page, {"action": "ok"})

    comes_to_say(browser, page, "Acme Norway is saved")
    assert browser.get("/").text.count("<b>Acme Norway</b>") == 1


def test_the_whole_way_works_whichever_worker_answers(running: Gunicorn, tmp_path: Path) -> None:
    browser = running.browser()
    browser.sign_in()
    with patient_host(tmp_path) as (url, _hold, _go_on):
        walk_the_whole_way(browser, url)


def test_workers_that_a_fork_has_made_share_a_postgresql_database(tmp_path: Path) -> None:
    with (
        patient_host(tmp_path) as (url, _hold, _go_on),
        postgres.server() as database,
        gunicorn(tmp_path / "instance", "--preload", ERP_WIZARD_DATABASE_URL=database) as running,
    ):
        browser = running.browser()
        browser.enter(running.link().replace(PUBLIC, running.address))
        walk_the_whole_way(browser, url)


def test_what_a_killed_worker_was_saving_is_saved_by_another(tmp_path: Path) -> None:
    soon = {"ERP_WIZARD_SILENCE_SECONDS": "2"}
    with patient_host(tmp_path) as (url, hold, go_on), gunicorn(tmp_path / "instance", **soon) as running:
        browser = running.browser()
        browser.enter(running.link().replace(PUBLIC, running.address))
        page = press_ok_and_hold(browser, url, hold)

        for worker in running.workers:
            os.kill(worker, signal.SIGKILL)
        browser.session.close()  # its connections ended with them
        go_on.set()

        comes_to_say(browser, page, "Acme Norway is saved")
        assert browser.get("/").text.count("<b>Acme Norway</b>") == 1


def test_guessing_is_slowed_down_by_all_workers_together(running: Gunicorn) -> None:
    guesser, form = running.browser(), {"username": "ola", "password": "a wrong password"}

    tried = [guesser.send("/login", form).status_code for _ in range(12)]

    assert tried == [422] * 10 + [429] * 2


def test_every_worker_tells_what_all_have_counted_also_one_that_was_killed(running: Gunicorn) -> None:
    login = key("erp_wizard_http_request_duration_seconds_count", endpoint="sign_in.login", method="GET", status="2xx")

    def counted() -> float:
        answer = running.browser().session.get(running.address + "/metrics", headers=OPEN_METRICS, timeout=60)
        return readings(answer.text).get(login, 0)

    before = counted()
    for _ in range(20):
        assert running.browser().get("/login").status_code == 200
    os.kill(running.workers[0], signal.SIGKILL)

    assert {counted() - before for _ in range(10)} == {20}


def test_without_a_proxy_that_speaks_tls_another_server_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wizard.server import wsgi

    monkeypatch.setenv("ERP_WIZARD_INSTANCE", str(tmp_path))
    with pytest.raises(ConfigError, match="ERP_WIZARD_PUBLIC_URL"):
        wsgi.application()
    assert not Settings(host=wsgi.ALL_INTERFACES, behind_tls=True).loopback


def test_it_ends_soon_though_a_check_hangs_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    patient = {"ERP_WIZARD_CHECK_SECONDS": "600", "TMPDIR": str(temporary)}
    options = ("--graceful-timeout", "600")
    with patient_host(tmp_path) as (url, hold, _go_on), gunicorn(tmp_path / "i", *options, **patient) as running:
        browser = running.browser()
        browser.enter(running.link().replace(PUBLIC, running.address))
        page = reach_step_3(browser, url)
        arrived = hold("WSTestConfigData")
        browser.send(page, RIGHT | {"action": "test"})
        assert arrived.wait(60)

        running.process.terminate()

        assert running.process.wait(timeout=60) == 0
    assert list(temporary.iterdir()) == []


def test_those_who_send_bodies_slowly_do_not_keep_others_out(running: Gunicorn) -> None:
    with ExitStack() as open_ones:
        host, port = running.address.removeprefix("http://").split(":")
        for _ in range(60):
            slow = open_ones.enter_context(socket.create_connection((host, int(port)), timeout=60))
            slow.sendall(b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nusername=")

        browser = running.browser()
        assert {browser.get("/login").status_code for _ in range(10)} == {200}
