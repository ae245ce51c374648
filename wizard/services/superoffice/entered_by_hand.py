"""Compares a connection that was entered by hand in SuperOffice with what was last read there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wizard.domain.next_steps import Progress
from wizard.domain.superoffice import Compared, EnteredValues, SeenConnection, compare_entered, find_entered, is_named
from wizard.extensions import db
from wizard.models import Connection
from wizard.services.superoffice.find import linked
from wizard.services.superoffice.reading_registry import last_registered


@dataclass(frozen=True)
class Verification:
    """Which connections of SuperOffice it may be; where it is one, what was compared, in the order of the sheet."""

    candidates: tuple[SeenConnection, ...]
    compared: tuple[Compared, ...] = ()


def verify_entered(connection: Connection) -> Verification | None:
    """None without a link that reads only, before anything was read, and for what was not entered yet."""
    link, there = linked(), last_registered()
    if link is None or link.may_save or there is None or connection.deleted_at is not None:
        return None
    found = find_entered(_values_of(connection), _free(connection, there.connections))
    if not found and connection.progress == Progress.NOT_ENTERED:
        return None
    return Verification(found, compare_entered(_values_of(connection), found[0]) if len(found) == 1 else ())


def _values_of(connection: Connection) -> EnteredValues:
    return EnteredValues(
        name=connection.name,
        connector=connection.connector.name,
        url=connection.connector.url,
        guid=connection.guid,
        active=connection.is_active,
        everyone=connection.all_access,
    )


def _free(connection: Connection, there: tuple[SeenConnection, ...]) -> list[SeenConnection]:
    """Those of SuperOffice that are no other connection of the wizard."""
    current = select(Connection).where(Connection.deleted_at.is_(None), Connection.id != connection.id)
    others = db.session.scalars(current.options(joinedload(Connection.connector))).all()
    return [each for each in there if not any(_is(other, each) for other in others)]


def _is(connection: Connection, seen: SeenConnection) -> bool:
    if connection.guid.casefold() == seen.guid.casefold():
        return True
    return connection.connector.url == seen.connector_url and is_named(seen.name, connection.name)
