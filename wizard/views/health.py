"""What monitoring asks: whether the process answers, and whether it can work."""

from __future__ import annotations

from flask import Blueprint, current_app

from wizard.errors import KeysUnavailable
from wizard.models.timeouts import statement_timeout
from wizard.security import KeyRing
from wizard.services.maintenance import can_decrypt_all, has_space, is_read_only, is_same_database, takes_changes

blueprint = Blueprint("health", __name__)
PROBE_SECONDS = 2.0
"""How long the health page waits for the database: monitoring itself waits for some seconds only."""


@blueprint.get("/livez")
def live() -> dict[str, str]:
    """Responds as long as the process does, whatever its database says: only a new start would help otherwise."""
    return {"status": "ok"}


@blueprint.get("/healthz")
def show() -> tuple[dict[str, str], int]:
    """Responds 200 while the database takes changes and the keys can decrypt all of it, else 503."""
    with statement_timeout(PROBE_SECONDS):
        problem = _database_problem() or _keys_problem()
    return ({"status": problem}, 503) if problem else ({"status": "ok"}, 200)


def _database_problem() -> str | None:
    if not is_same_database():
        return "the database file was deleted or replaced: start the wizard again"
    if is_read_only():
        return "the database is read-only"
    if not has_space():
        return "the disk is full"
    return None if takes_changes() else "the database takes no changes"


def _keys_problem() -> str | None:
    try:
        return None if can_decrypt_all() else "the keys do not fit the database"
    except KeysUnavailable as error:
        keyring: KeyRing = current_app.extensions["keyring"]
        return str(error).replace(f" {keyring.source}", "")  # no path, because anybody may ask
