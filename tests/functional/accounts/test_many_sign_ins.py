"""Many who sign in at once cost no more memory than a few; those who would wait too long are told to come back."""

from __future__ import annotations

from threading import Barrier, Lock, Thread
from typing import Any, Literal

import pytest
from argon2 import PasswordHasher
from flask import Flask

from tests.factories import PASSWORD, make_account, serve_app
from tests.over_http import Browser
from wizard.extensions import db
from wizard.models import Account
from wizard.models.database import writing
from wizard.security import passwords

CLIENTS = 32


class CountingHasher(PasswordHasher):
    """Hashes, and counts how many do so at once."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self.present = self.peak = 0

    def verify(self, *arguments: Any) -> Literal[True]:
        with self._lock:
            self.present += 1
            self.peak = max(self.peak, self.present)
        try:
            return super().verify(*arguments)
        finally:
            with self._lock:
                self.present -= 1


def test_of_32_sign_ins_at_once_a_few_are_computed_and_the_others_wait_or_come_back(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id, hasher = make_account(app, "Ola"), CountingHasher()
    with app.app_context(), writing():
        db.session.get_one(Account, account_id).password_hash = hasher.hash(PASSWORD)
        db.session.commit()
    monkeypatch.setattr(passwords, "_hasher", hasher)
    together, answers = Barrier(CLIENTS, timeout=60), []

    with serve_app(app, threads=CLIENTS) as address:
        browsers = [Browser(address) for _ in range(CLIENTS)]
        token = browsers[0].get("/language").text.partition('name="csrf_token" value="')[2].partition('"')[0]
        form = {"csrf_token": token, "username": "Ola", "password": "a wrong password"}

        def sign_in(browser: Browser) -> None:
            browser.session.cookies.update(browsers[0].session.cookies)
            together.wait()
            answers.append(browser.session.post(f"{address}/login", data=form, timeout=60))

        threads = [Thread(target=sign_in, args=(browser,)) for browser in browsers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert 1 <= hasher.peak <= passwords.MAX_HASHES
    assert {answer.status_code for answer in answers} <= {422, 503}
    for answer in answers:
        if answer.status_code == 503:
            assert answer.headers["Retry-After"] == "5"
            assert "Too many sign in just now" in answer.text
