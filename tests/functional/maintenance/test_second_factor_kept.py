"""A second factor survives backups and rotations, and what is lost of it opens nothing."""

from __future__ import annotations

from pathlib import Path

from cryptography.fernet import Fernet
from flask import Flask

from tests.factories import PASSWORD, Visitor, lose, make_account
from tests.factories.second_factor import code_of, set_up_app
from tests.functional.maintenance.backups import backed_up
from wizard.models.database import writing
from wizard.security import KeyRing
from wizard.services.maintenance import reencrypt
from wizard.services.maintenance.restore import restore_backup

STEP = "/login/second-step"


def half_in(app: Flask) -> Visitor:
    """Ola, whose password was right."""
    ola = Visitor(app, app.test_client())
    assert ola.post("/login", {"username": "Ola", "password": PASSWORD}).location == STEP
    return ola


def restored(app: Flask, empty: Flask, path: Path) -> None:
    backed_up(app, path)
    with empty.app_context(), writing():
        restore_backup(path, without_unreadable=True)


def test_a_restored_app_and_recovery_codes_sign_in(app: Flask, empty: Flask, tmp_path: Path) -> None:
    secret, codes = set_up_app(app, make_account(app, "Ola"))

    restored(app, empty, tmp_path / "all.zip")

    assert half_in(empty).post(STEP, {"code": code_of(secret)}).status_code == 303
    assert half_in(empty).post(STEP, {"code": codes[0]}).status_code == 303


def test_a_secret_that_no_key_decrypts_lets_nobody_in_and_a_recovery_code_still_does(
    app: Flask, empty: Flask, tmp_path: Path
) -> None:
    secret, codes = set_up_app(app, make_account(app, "Ola"))
    lose(app, "account_factor.app_secret")
    assert half_in(app).post(STEP, {"code": code_of(secret)}).status_code == 500

    restored(app, empty, tmp_path / "all.zip")

    for code in (code_of(secret), "", "000000"):
        assert half_in(empty).post(STEP, {"code": code}).status_code == 422
    for wizard in (app, empty):
        assert half_in(wizard).post(STEP, {"code": codes[0]}).status_code == 303


def test_after_a_rotation_the_app_signs_in(app: Flask) -> None:
    secret, _ = set_up_app(app, make_account(app, "Ola"))
    app.extensions["keyring"] = KeyRing([Fernet.generate_key().decode(), *app.config["SETTINGS"].keys])
    with app.app_context():
        assert reencrypt() == 1
    assert half_in(app).post(STEP, {"code": code_of(secret)}).status_code == 303
