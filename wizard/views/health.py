"""For whoever watches the process."""

from __future__ import annotations

from flask import Blueprint

from wizard.services.health import ask_database

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def show() -> dict[str, str]:
    """Answers 200 while the database does, else 503."""
    ask_database()
    return {"status": "ok"}
