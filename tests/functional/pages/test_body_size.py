"""A form that will be refused costs little, and whoever sends many of them is refused before they are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import Visitor, close, make_account, make_app
from tests.functional.accounts.signing_in import login

LARGE = {f"field {number}": "x" * 100 for number in range(1000)}


@pytest.fixture
def throttled(template_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(template_instance, tmp_path / "throttled", throttled=True)
    yield app
    close(app)


@pytest.mark.parametrize("path", ["/login", "/language", "/users/import", "/setup/1/connection", "/nowhere"])
def test_without_a_session_a_large_form_is_not_read(app: Flask, path: str) -> None:
    assert app.test_client().post(path, data=LARGE).status_code == 413


def test_a_browser_that_signed_in_before_may_bring_a_large_form_after_its_session_has_ended(app: Flask) -> None:
    make_account(app, "Ola")
    ola = Visitor(app, app.test_client())
    login(ola, "Ola")
    ola.client.delete_cookie("session")

    assert ola.client.post("/setup/1/connection", data=LARGE).status_code == 401


@pytest.mark.parametrize("path", ["/account", "/accounts/new", "/language"])
def test_with_a_session_small_forms_stay_small(admin: Visitor, path: str) -> None:
    assert admin.post(path, LARGE | {"name": "x" * 300_000}).status_code == 413


def test_a_form_that_carries_a_list_may_be_large(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)
    assert admin.post(page + "/draft", LARGE | {"erp": "x" * 300_000}, htmx=True).status_code != 413


@pytest.mark.parametrize("form", [{"username": "Ola"}, LARGE])
def test_forms_without_a_token_are_counted_by_address(throttled: Flask, form: dict[str, str]) -> None:
    sent = [throttled.test_client().post("/login", data=form).status_code for _ in range(61)]
    elsewhere = throttled.test_client().post("/login", data=form, environ_base={"REMOTE_ADDR": "192.0.2.7"})

    assert set(sent[:20]) <= {400, 413}
    assert sent[60] == 429
    assert elsewhere.status_code in (400, 413)
