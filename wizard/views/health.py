"""What monitoring asks: whether the process answers, whether it can work, and what it has counted."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Blueprint, current_app, request
from werkzeug.wrappers import Response

from wizard.config import Settings
from wizard.errors import KeysUnavailable
from wizard.jobs.queue import job_queue
from wizard.metrics import exposition
from wizard.models.database import DatabaseUnavailable, NoConnectionFree
from wizard.models.timeouts import statement_timeout
from wizard.security import KeyRing
from wizard.services.gauges import gauges
from wizard.services.maintenance import (
    can_decrypt_all,
    has_newest_schema,
    has_space,
    is_read_only,
    is_same_database,
    takes_changes,
)

blueprint = Blueprint("health", __name__)
PROBE_SECONDS = 2.0
"""How long the health page waits for the database: monitoring itself waits for some seconds only."""


@blueprint.get("/livez")
def live() -> dict[str, str]:
    """Responds as long as the process does, whatever its database says: only a new start would help otherwise."""
    return {"status": "ok"}


@blueprint.get("/healthz")
def show() -> tuple[dict[str, str], int]:
    """Responds 200 while the process takes work, the database changes, and the keys can decrypt all of it, else 503."""
    try:
        with statement_timeout(PROBE_SECONDS):
            problem = _queue_problem() or _database_problem() or _keys_problem()
    except (DatabaseUnavailable, NoConnectionFree) as error:
        current_app.logger.error("database: %s", error.orig if isinstance(error, DatabaseUnavailable) else error)
        problem = "the database does not answer"
    return ({"status": problem}, 503) if problem else ({"status": "ok"}, 200)


@blueprint.get("/metrics")
def metrics() -> Response | tuple[dict[str, str], int]:
    """Responds with what Prometheus reads, to those that the setting names."""
    settings: Settings = current_app.config["SETTINGS"]
    if not any(_client() in network for network in settings.metrics_networks):
        return {"status": "ERP_WIZARD_METRICS_NETWORKS does not name this address"}, 403
    with statement_timeout(PROBE_SECONDS):
        read = gauges()
    return Response.from_app(exposition(read), request.environ)


def _client() -> object:
    """The address of whoever asks, behind a proxy too; one that has come by a Unix socket is this machine."""
    address = ip_address((request.remote_addr or "127.0.0.1").partition("%")[0])
    return getattr(address, "ipv4_mapped", None) or address


def _queue_problem() -> str | None:
    return "the process is about to end" if job_queue().is_closing() else None


def _database_problem() -> str | None:
    if not is_same_database():
        return "the database file was deleted or replaced: start the wizard again"
    if not has_newest_schema():
        return "the database has the schema of another version"
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
