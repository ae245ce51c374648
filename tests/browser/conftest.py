"""A real Chromium against a real process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.last_pages import PAGES, LastPage
from tests.factories import serve_app
from tests.processes import Wizard, wizard
from tests.tls_hosts import expired_host

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
]
PATIENCE = 60_000
"""Milliseconds until what is waited for has failed to come; a busy machine is no reason to fail."""
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Nothing counts the lines that run while a page waits for them: the other tests reach what these do."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.no_cover)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure is reported with what the pages showed then: on another machine nobody can look."""
    report = yield
    if report.failed and report.when == "call":
        report.sections.extend(("page", page.describe()) for page in item.stash.get(PAGES, []))
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Wizard]:
    """The wizard on an empty instance."""
    with wizard(tmp_path / "instance") as running:
        yield running


@pytest.fixture(scope="session")
def expired() -> Iterator[tuple[str, str]]:
    """The URL of a host whose certificate has ended, and the PEM of its authority."""
    with expired_host() as host:
        yield host


OpenPage = Callable[..., Page]


@contextmanager
def serving(app: Flask, page: Page) -> Iterator[str]:
    """The app's address; the page has left it before it ends, with whatever it was still loading."""
    with serve_app(app) as address:
        yield address
        page.goto("about:blank")


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Opens a page in a context of its own; whatever its console complains of fails the test."""
    complaints: list[str] = []
    opened = request.node.stash.setdefault(PAGES, [])
    with ExitStack() as contexts:

        def open_page(**options: Any) -> Page:
            context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900}, **options)
            contexts.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            opened.append(LastPage(page))
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            return page

        yield open_page
    unexpected = [text for text in complaints if "status of 4" not in text]
    assert unexpected == []
