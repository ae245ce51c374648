"""The way through a sign-in at the practice SuperOffice, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import requests
from sqlalchemy import select

from tests.factories import PracticeSuperOffice, Visitor, in_app
from wizard.extensions import db
from wizard.models import AuditEvent
from wizard.models.database import writing
from wizard.services.superoffice import linked


def allow(served: PracticeSuperOffice, admin: Visitor, **choice: str) -> str:
    """Signs in at SuperOffice; the address that the browser comes back to."""
    page = str(admin.post("/superoffice/sign-in").location)
    assert page.startswith("/practice/superoffice/login/common/oauth/authorize?")
    choice = {"action": "allow", **choice}
    answer = requests.post(served.origin + page, choice, allow_redirects=False, timeout=60)
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def come_back(admin: Visitor, back: str) -> str:
    """The page that the browser shows after the sign-in."""
    page = admin.get(back, follow_redirects=True)
    assert page.request.path == "/superoffice/"
    return page.text


def the_link(admin: Visitor) -> Any:
    """The link, if there is one."""
    return in_app(admin.app, linked)


def events(admin: Visitor) -> list[str]:
    """What was noted, the oldest first."""
    return in_app(admin.app, lambda: list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id))))


def change_rows(admin: Visitor, model: Any, change: Callable[[Any], None]) -> None:
    """Changes every row of a table."""
    with admin.app.app_context(), writing():
        for row in db.session.scalars(select(model)):
            change(row)
        db.session.commit()
