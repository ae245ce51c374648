"""Rows of SuperOffice's users and groups."""

from __future__ import annotations

from flask import Flask

from wizard.extensions import db
from wizard.models import User, UserGroup
from wizard.models.database import writing


def make_users(app: Flask, *names: str, groups: tuple[str, ...] = ()) -> list[int]:
    """Users with their names in small letters as user names, all of them in all of the groups."""
    with app.app_context(), writing():
        rows = [UserGroup(name=name) for name in groups]
        people = [User(name=name, username=name.lower(), groups=rows) for name in names]
        db.session.add_all([*rows, *people])
        db.session.commit()
        return [person.id for person in people]
