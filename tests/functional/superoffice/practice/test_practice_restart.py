"""The made-up SuperOffice in a process of its own: linked by clicks, and linked still after a restart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import requests

from tests.over_http import Browser, comes_to_say
from tests.processes import start, wizard

pytestmark = pytest.mark.no_cover


def _press(browser: Browser, path: str, page: str, **form: str) -> requests.Response:
    """Sends a form with the token of a page."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    return browser.session.post(browser.address + path, data=form | {"csrf_token": token[1]}, timeout=60)


def test_a_link_to_the_made_up_superoffice_survives_a_restart(tmp_path: Path) -> None:
    with wizard(tmp_path / "instance") as running:
        browser = Browser(running.address)
        browser.enter(running.link or "")
        consent = _press(browser, "/superoffice/practise", browser.get("/superoffice/").text)
        assert "Allow access?" in consent.text
        _press(browser, consent.url.removeprefix(browser.address), consent.text, action="allow", role="administrator")
        comes_to_say(browser, "/superoffice/", "Linked to Cust00001")

    port = running.address.rpartition(":")[2]
    with wizard(tmp_path / "instance", has_accounts=True, ERP_WIZARD_PORT=port):
        checked = start(tmp_path / "instance", "superoffice", "check")
        assert checked.returncode == 0, checked.stdout + checked.stderr
