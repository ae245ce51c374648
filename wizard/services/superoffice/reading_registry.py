"""Reads what is registered in SuperOffice: the licence, connectors and connections; by archives, which any app may."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import select

from wizard.domain.superoffice import Here, Registered, SeenConnection, SeenConnector, not_here
from wizard.errors import InvalidState
from wizard.extensions import db
from wizard.models import Connection, Connector, Source, SuperOfficeReading, SuperOfficeWrite
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.outside import superoffice as api
from wizard.outside.http import Cancelled
from wizard.outside.superoffice import SuperOffice, SuperOfficeError
from wizard.services.superoffice.client import open_superoffice
from wizard.services.superoffice.find import linked
from wizard.services.superoffice.readings import last_reading, remember_failure, remember_reading

PAGE_SECONDS = 10.0
"""How long a page waits for it."""
FRESH_TIME = timedelta(minutes=5)
"""How old a reading may be for a page to show it without asking again, and how long a failure is not tried again.

After a save or deletion there it is old at once."""


def read_registered(*, seconds: float = PAGE_SECONDS) -> Registered:
    """Asks SuperOffice. Commits.

    Raises SuperOfficeError, which is remembered; what was read before stays. Raises InvalidState without a link.
    """
    link = linked()
    if link is None:
        raise InvalidState("link")
    try:
        with open_superoffice(link, seconds=seconds) as superoffice:
            db.session.commit()  # no transaction may be open while SuperOffice is called
            found = _fetch(superoffice)
    except SuperOfficeError as error:
        db.session.rollback()
        remember_failure(Source.REGISTRY, now(), error.result)
        raise
    with writing():
        remember_reading(Source.REGISTRY, now(), found.to_json())
        db.session.commit()
    return found


def read_registered_if_old() -> None:
    """Asks SuperOffice if it is linked and was not asked a moment ago. A failure is remembered, not raised."""
    reading = last_reading(Source.REGISTRY)
    if linked() is None or (reading is not None and _is_fresh(reading)):
        return
    db.session.rollback()
    with suppress(SuperOfficeError, InvalidState, Cancelled):
        read_registered()


def last_registered() -> Registered | None:
    """What was read last; None before the first reading."""
    reading = last_reading(Source.REGISTRY)
    return Registered.from_json(reading.seen) if reading is not None and reading.seen else None


def registered_elsewhere() -> Registered:
    """What SuperOffice has and the wizard does not, as it was read last."""
    there = last_registered()
    return not_here(there, _here()) if there is not None else Registered()


def _is_fresh(reading: SuperOfficeReading) -> bool:
    at = max(filter(None, (reading.read_at, reading.failed_at)), default=datetime.min.replace(tzinfo=now().tzinfo))
    return now() - at < FRESH_TIME and not _has_written_since(at)


def _has_written_since(at: datetime) -> bool:
    is_newer = (SuperOfficeWrite.created_at >= at) | (SuperOfficeWrite.ended_at >= at)
    return db.session.scalar(select(SuperOfficeWrite.id).where(is_newer).limit(1)) is not None


def _fetch(superoffice: SuperOffice) -> Registered:
    """Raises SuperOfficeError."""
    licences = api.users.who_am_i(superoffice).licenses
    return Registered(
        licences=tuple(each.name for each in licences),
        connectors=tuple(
            SeenConnector(row.erp_connector_id, row.name, row.url, row.updated_by, row.updated_date)
            for row in api.archives.archive_connectors(superoffice)
        ),
        connections=tuple(
            SeenConnection(
                id=row.erp_connection_id,
                name=row.name,
                description=row.description,
                guid=row.erp_id,
                active=row.active,
                everyone=row.all_access,
                connector_name=row.connector_name,
                connector_url=row.connector_url,
                changed_by=row.updated_by,
                changed_at=row.updated_date,
            )
            for row in api.archives.archive_connections(superoffice)
            if not row.deleted
        ),
    )


def _here() -> Here:
    connectors = db.session.scalars(select(Connector).where(Connector.deleted_at.is_(None))).all()
    columns = (Connection.superoffice_id, Connection.guid, Connection.name, Connector.url)
    connections = db.session.execute(
        select(*columns).join(Connector, Connector.id == Connection.connector_id).where(Connection.deleted_at.is_(None))
    ).all()
    return Here(
        connector_ids={each.superoffice_id for each in connectors if each.superoffice_id is not None},
        urls={each.url for each in connectors},
        connection_ids={each.superoffice_id for each in connections if each.superoffice_id is not None},
        guids={each.guid for each in connections},
        named=[(each.url, each.name) for each in connections if each.superoffice_id is None],
    )
