"""Notices that a row has changed since its form was rendered: the one way for every row that is edited in a form."""

from __future__ import annotations

from wizard.errors import StaleVersion
from wizard.models import Account, Connection, Connector, Recipient, User, UserGroup
from wizard.models.database import reload_for_update


def require_version(row: Account | Connection | Connector | Recipient | User | UserGroup, version: int | None) -> None:
    """Re-reads the row FOR UPDATE. Raises StaleVersion unless it still is at this version.

    Whoever then changes what the form shows increments the version.
    """
    if reload_for_update(type(row), row.id) is None or row.version != version:
        raise StaleVersion
