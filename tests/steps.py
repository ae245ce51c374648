"""The way through the wizard with the app's client, and what is kept of it."""

from __future__ import annotations

from sqlalchemy.orm import undefer

from tests.factories import InlineQueue, Visitor, in_app
from wizard.extensions import db
from wizard.models import CheckRun, Connection, Connector, User

COMPLETE = {
    "erp": "Visma.net",
    "route": "standard",
    "installed": "y",
    "registered": "y",
    "provider": "Nordic Bridge",
    "contact": "support@nordicbridge.example",
}
"""Step 1, filled in."""

REFUSED = "http://127.0.0.1:1/x.svc"
"""Where nothing answers."""

RIGHT = {"name": "Acme Norway", "cf:Company": "ACME-NO", "cf:ApiPassword": "practice"}
"""Step 3, as the practice connector accepts it."""


def open_step_2(admin: Visitor) -> str:
    """Step 2 of a new setup, reached without step 1."""
    page = str(admin.post("/setup/new").location)
    return str(admin.post(page, {"action": "skip"}).location)


def open_step_3(admin: Visitor, practice_url: str, name: str = "Practice") -> str:
    """Step 3 of a new setup whose connector is the practice connector."""
    page = str(admin.post("/setup/new").location)
    page = str(admin.post(page, {"action": "skip"}).location)
    answer = admin.send(page, {"name": name, "url": practice_url, "action": "continue"})
    assert answer.request.path.endswith("/connection"), answer.text
    return str(answer.request.path)


def save(admin: Visitor, practice_url: str, **typed: str) -> str:
    """A saved connection on the practice connector; step 3 of its setup."""
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | typed | {"action": "test"})
    assert admin.send(page, {"action": "ok"}).request.path.endswith("/done")
    return page


def run_what_waits(admin: Visitor) -> None:
    """Executes the check that is waiting."""
    run_id = in_app(admin.app, lambda: db.session.scalar(db.select(CheckRun.id).where(CheckRun.state == "waiting")))
    InlineQueue(admin.app).submit(run_id)


def connectors(admin: Visitor) -> list[Connector]:
    return in_app(admin.app, lambda: list(db.session.scalars(db.select(Connector).order_by(Connector.id))))  # type: ignore[no-any-return]


def connections(admin: Visitor) -> list[Connection]:
    every = db.select(Connection).options(undefer("*")).order_by(Connection.id)
    return in_app(admin.app, lambda: list(db.session.scalars(every)))  # type: ignore[no-any-return]


def users(admin: Visitor) -> dict[str, list[str]]:
    """Current users by user name, with the names of their groups."""
    current = db.select(User).where(User.deleted_at.is_(None)).order_by(User.username_key)
    return in_app(
        admin.app, lambda: {u.username: sorted(g.name for g in u.groups) for u in db.session.scalars(current).unique()}
    )
