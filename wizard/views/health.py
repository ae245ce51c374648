"""The health check for monitoring."""

from __future__ import annotations

from flask import Blueprint, current_app

from wizard.errors import KeysUnavailable
from wizard.security import KeyRing
from wizard.services.maintenance import can_decrypt_all, is_read_only, is_same_database

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def show() -> tuple[dict[str, str], int]:
    """Responds 200 while the database is available and the keys can decrypt all of it, else 503."""
    if not is_same_database():
        return {"status": "the database file was deleted or replaced: start the wizard again"}, 503
    if is_read_only():
        return {"status": "the database is read-only"}, 503
    try:
        fits = can_decrypt_all()
    except KeysUnavailable as error:
        keyring: KeyRing = current_app.extensions["keyring"]
        return {"status": str(error).replace(f" {keyring.source}", "")}, 503  # no path, because anybody may ask
    return ({"status": "ok"}, 200) if fits else ({"status": "the keys do not fit the database"}, 503)
