"""A browser session with a wizard in another process, and a connector that delays its response."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import requests
from flask import Flask, request

from tests.factories import PASSWORD, form_fields, serve_app
from tests.steps import RIGHT
from wizard.practice import create_blueprint
from wizard.practice.connector.server import PATH


class Browser:
    """A browser session over real HTTP."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.session = requests.Session()
        self.session.trust_env = False

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.address + path, timeout=60)

    def send(self, path: str, form: dict[str, Any]) -> requests.Response:
        page = self.get(path).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]  # type: ignore[index]
        fields = form_fields(page) | form | {"csrf_token": token}
        return self.session.post(self.address + path, data=fields, timeout=60)

    def press(self, path: str) -> requests.Response:
        """A button that sends nothing but itself."""
        return self.session.post(self.address + path, data={"csrf_token": _token(self)}, timeout=60)

    def enter(self, link: str) -> None:
        path = link.removeprefix(self.address)
        answers = {"name": "Ingrid", "username": "ingrid", "password": PASSWORD, "again": PASSWORD}
        assert self.send(path, answers).status_code == 200

    def sign_in(self) -> None:
        assert self.send("/login", {"username": "ingrid", "password": PASSWORD}).status_code == 200


@contextmanager
def patient_host(folder: Path) -> Iterator[tuple[str, Callable[[str], threading.Event], threading.Event]]:
    """The practice connector on a host that delays the responses to one operation.

    Yields its URL, a function that names the operation and returns an event that is set when it arrives, and the event
    that releases the response.
    """
    app = Flask("patient-host")
    app.register_blueprint(create_blueprint(folder / "practice.sqlite3"))
    held: dict[str, threading.Event] = {}
    go_on = threading.Event()

    def hold(operation: str) -> threading.Event:
        held[operation] = threading.Event()
        return held[operation]

    @app.before_request
    def wait() -> None:
        operation = request.headers.get("SOAPAction", "").strip('"').rpartition("/")[2]
        if operation in held:
            held[operation].set()
            go_on.wait(60)

    with serve_app(app) as address:
        try:
            yield address + PATH, hold, go_on
        finally:
            go_on.set()


def comes_to_say(browser: Browser, path: str, *texts: str) -> str:
    """Polls a page until it has one of the texts, as a browser does while a check runs; returns the page."""
    pause = threading.Event()
    deadline = monotonic() + 60
    while monotonic() < deadline:
        page = browser.get(path).text
        if any(text in page for text in texts):
            return page
        pause.wait(0.05)
    raise AssertionError(f"{path} never says {texts}:\n{page}")


def reach_step_3(browser: Browser, url: str) -> str:
    form = {"csrf_token": _token(browser)}
    started = browser.session.post(browser.address + "/setup/new", data=form, timeout=60)
    setup = started.url.removeprefix(browser.address).removesuffix("/app")
    browser.send(f"{setup}/app", {"action": "skip"})
    browser.send(f"{setup}/connector", {"name": "Patient", "url": url, "action": "check"})
    comes_to_say(browser, f"{setup}/connector", "The connector works")
    browser.send(f"{setup}/connector", {"action": "continue"})
    return f"{setup}/connection"


def press_ok_and_hold(browser: Browser, url: str, hold: Callable[[str], threading.Event]) -> str:
    """Opens step 3, tests the connection and presses OK; returns when the save has arrived at a patient host."""
    page = reach_step_3(browser, url)
    browser.send(page, RIGHT | {"action": "test"})
    comes_to_say(browser, page, "The connection works")
    arrived = hold("WSSaveConnection")
    browser.send(page, {"action": "ok"})
    assert arrived.wait(60)
    return page


def _token(browser: Browser) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/language").text)
    assert found is not None
    return found[1]
