"""Runs as their rows have them, whichever process executes them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from flask import Flask
from sqlalchemy import select, text

from tests.factories import Visitor, in_app
from wizard.domain.check import Verdict
from wizard.extensions import db
from wizard.models import CheckRun

Found = TypeVar("Found")


def comes(look: Callable[[], Found], is_it: Callable[[Found], bool], seconds: float = 60) -> Found:
    """Looks again and again, until what is found is what is waited for."""
    pause, until = threading.Event(), monotonic() + seconds
    while not is_it(found := look()):
        assert monotonic() < until, found
        pause.wait(0.02)
    return found


def newest(app: Flask) -> CheckRun:
    newest = select(CheckRun).order_by(CheckRun.created_at.desc()).limit(1)
    return in_app(app, lambda: db.session.scalars(newest).one())  # type: ignore[no-any-return]


def ended(app: Flask) -> CheckRun:
    """The newest run, once it has ended."""
    return comes(lambda: newest(app), lambda run: not run.unfinished)


def jobs(app: Flask) -> list[str]:
    """The states of the jobs that are left."""
    return list(in_app(app, lambda: db.session.scalars(text("SELECT status::text FROM procrastinate_jobs")).all()))


def registered(admin: Visitor, url: str, name: str = "Acme") -> str:
    """Step 3 of a new setup, once its connector is checked and registered."""
    page = str(admin.post("/setup/new").location)
    page = str(admin.post(page, {"action": "skip"}).location)
    admin.send(page, {"name": name, "url": url, "action": "check"})
    assert ended(admin.app).verdict == Verdict.PASSED
    return str(admin.send(page, {"action": "continue"}).request.path)
