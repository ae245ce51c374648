"""Signing in by the form, and what is noted of it."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from tests.factories import PASSWORD, Visitor, in_app
from wizard.extensions import db
from wizard.models import AuditEvent

NEW = "another long password"


def login(person: Visitor, username: str, password: str = PASSWORD, query: str = "") -> int:
    return person.post("/login" + query, {"username": username, "password": password}).status_code


def is_in(person: Visitor) -> bool:
    return person.get("/account").status_code == 200


def deeds(app: Flask) -> list[tuple[str, str, str]]:
    events = in_app(app, lambda: db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all())
    return [(event.who, event.action, event.subject) for event in events]
