"""Whether the wizard can work."""

from __future__ import annotations

from sqlalchemy import select

from wizard.extensions import db
from wizard.models import Account


def ask_database() -> None:
    """Raises sqlalchemy.exc.OperationalError when the database does not answer."""
    db.session.execute(select(Account.id).limit(1))
