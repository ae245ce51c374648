"""Finds the link to SuperOffice."""

from __future__ import annotations

from sqlalchemy import select

from wizard.extensions import db
from wizard.models import SuperOfficeLink


def linked() -> SuperOfficeLink | None:
    """The link, once its first check has passed; None while SuperOffice is not linked."""
    return db.session.scalar(select(SuperOfficeLink).where(SuperOfficeLink.linked_at.is_not(None)))


def find_link() -> SuperOfficeLink | None:
    """The link, also one that was typed and has not passed its check yet."""
    return db.session.scalar(select(SuperOfficeLink))
