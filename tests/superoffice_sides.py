"""What the wizard, SuperOffice and the connector have, read at all three, and time that passes between them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from tests.factories.superoffice import PracticeSuperOffice
from wizard.extensions import db
from wizard.models import Connection, ConnectionState, SuperOfficeWrite
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.connections import resume_orphaned_saves, start_removals


@dataclass(frozen=True)
class Sides:
    """The connections of the wizard and of SuperOffice, by GUID with SuperOffice's number, and the connector's."""

    here: dict[str, int | None]
    there: dict[str, int]
    at_connector: frozenset[str]

    @property
    def agree(self) -> bool:
        """Whether all have the same connection, or none has any."""
        return dict(self.here) == dict(self.there) and self.at_connector == frozenset(self.there)


def read_sides(app: Flask, served: PracticeSuperOffice) -> Sides:
    with app.app_context():
        rows = db.session.scalars(db.select(Connection).where(Connection.deleted_at.is_(None))).all()
        here = {row.guid: row.superoffice_id for row in rows}
    undeleted = [each for each in served.twin.store.all("connection") if not each["Deleted"]]
    there = {each["ConnectionId"]: each["ErpConnectionId"] for each in undeleted}
    return Sides(here, there, frozenset(_kept(served)))


def let_time_pass(app: Flask) -> None:
    """Long enough that SuperOffice works at nothing any more, and that every retry is due. Then all are begun."""
    past = now() - timedelta(minutes=1)
    with app.app_context(), writing():
        db.session.execute(db.update(SuperOfficeWrite).values(settles_at=past))
        for row in db.session.scalars(db.select(Connection).where(Connection.state == ConnectionState.SAVING)):
            if row.pending and row.pending.get("retry_at"):
                row.pending = {**row.pending, "retry_at": past.isoformat()}
        db.session.commit()
    with app.app_context():
        resume_orphaned_saves()
    with app.app_context():
        start_removals(due_only=False)


def stored(served: PracticeSuperOffice, kind: str) -> list[dict[str, Any]]:
    """The documents of the twin."""
    return list(served.twin.store.all(kind))


def change_there(served: PracticeSuperOffice, **values: Any) -> None:
    """Somebody works in SuperOffice."""
    (document,) = stored(served, "connection")
    served.twin.store.put("connection", document["ErpConnectionId"], document | values)


def activate_there(served: PracticeSuperOffice) -> None:
    """As the administrator does who has chosen what is synchronised."""
    (document,) = stored(served, "connection")
    for mapping in document["Mappings"].values():
        mapping["IsActive"] = True
        for each in mapping["Fields"]:
            each["SyncToCrm"] = True
    change_there(served, Active=True, Mappings=document["Mappings"])


def _kept(served: PracticeSuperOffice) -> list[str]:
    path = Path(served.twin.store._path).with_name("connector-host.sqlite3")
    with closing(sqlite3.connect(path)) as database:
        return [guid for (guid,) in database.execute("SELECT guid FROM connection")]
