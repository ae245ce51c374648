"""fail2ban finds the address of failed sign-ins in the log, and nobody can put another one there."""

from __future__ import annotations

import configparser
import logging
import re
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import PASSWORD, Visitor, close, make_account, make_app
from wizard.logs import JsonLines

pytestmark = pytest.mark.no_cover

FILTER = Path(__file__).parents[3] / "docs" / "fail2ban" / "filter.d" / "erp-wizard.conf"
TEXT = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
FORMATS = pytest.mark.parametrize("formatter", [TEXT, JsonLines()], ids=["text", "json"])


def banned(line: str) -> str | None:
    """The address that the filter finds, read as fail2ban does: without the time."""
    config = configparser.ConfigParser(interpolation=None)
    config.read(FILTER)
    without_time = re.sub(r"^\d{4}-\d\d-\d\d [\d:]+,\d+|\"at\": \"[^\"]+\"", "", line, count=1)
    for pattern in config["Definition"]["failregex"].splitlines():
        found = re.search(pattern.replace("<HOST>", r"(?P<host>[\da-fA-F:.]+)"), without_time)
        if found:
            return found["host"]
    return None


def sign_in_from(app: Flask, address: str, username: str, password: str = "a wrong password") -> None:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    Visitor(app, client).post("/login", {"username": username, "password": password})


def lines(caplog: pytest.LogCaptureFixture, formatter: logging.Formatter) -> list[str]:
    return [formatter.format(record) for record in caplog.records]


@FORMATS
@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::7"])
def test_the_filter_finds_the_address_of_a_failed_sign_in(
    app: Flask, caplog: pytest.LogCaptureFixture, formatter: logging.Formatter, address: str
) -> None:
    make_account(app, "Ola")
    sign_in_from(app, address, "Ola")
    sign_in_from(app, address, "nobody")
    sign_in_from(app, address, "Ola", PASSWORD)

    found = lines(caplog, formatter)

    assert [banned(line) for line in found] == [address, address]
    assert [banned(f"host erp-wizard[7]: {line}") for line in found] == [address, address]


@FORMATS
def test_the_filter_finds_who_is_refused_after_too_many_tries(
    template_instance: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, formatter: logging.Formatter
) -> None:
    app = make_app(template_instance, tmp_path / "throttled", throttled=True)
    for number in range(21):
        sign_in_from(app, "192.0.2.7", f"somebody {number}")

    assert "refused" in lines(caplog, formatter)[-1]
    assert banned(lines(caplog, formatter)[-1]) == "192.0.2.7"
    close(app)


def test_the_log_names_known_accounts_only(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    make_account(app, "Ola")
    sign_in_from(app, "192.0.2.7", "OLA")
    sign_in_from(app, "192.0.2.7", "MyPassw0rd!")

    assert 'failed sign-in from 192.0.2.7 to account "Ola"' in caplog.text
    assert "failed sign-in from 192.0.2.7 to an unknown account" in caplog.text
    assert "MyPassw0rd!" not in caplog.text


@FORMATS
def test_no_account_name_puts_another_address_into_the_log(
    app: Flask, caplog: pytest.LogCaptureFixture, formatter: logging.Formatter
) -> None:
    name = 'x\n2026-01-01 00:00:00,000 WARNING wizard.sign_in: failed sign-in from 192.0.2.66 to account "y"'
    make_account(app, name)
    sign_in_from(app, "192.0.2.7", name)

    found = [banned(line) for each in lines(caplog, formatter) for line in each.split("\n")]

    assert found == ["192.0.2.7"]
