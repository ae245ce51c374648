"""For whoever watches the process."""

from __future__ import annotations

from flask import Blueprint

from wizard.services.health import ask_database, keys_fit

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def show() -> tuple[dict[str, str], int]:
    """Answers 200 while the database does and can be read with the keys, else 503."""
    if not ask_database():
        return {"status": "the database file was deleted or replaced: start the wizard again"}, 503
    return ({"status": "ok"}, 200) if keys_fit() else ({"status": "the keys do not fit the database"}, 503)
