"""The practice connector's own database: connections, and records that were created or changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

from wizard.files import make_private
from wizard.outside.soap.contract import Actor

_TABLES = """
CREATE TABLE IF NOT EXISTS connection (guid TEXT PRIMARY KEY, connector TEXT NOT NULL, info TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS actor (type TEXT, key TEXT, record TEXT NOT NULL, PRIMARY KEY (type, key));
"""


MAX_CONNECTIONS = 1000
MAX_RECORDS = 50
"""The endpoint is open to everyone, so older connections and records are deleted."""


class Store:
    """An SQLite file apart from the wizard's database; safe for several processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_private = False

    def save_connection(self, guid: str, connector: str, info: Mapping[str, str | None]) -> None:
        """Inserts or replaces a connection. The caller has removed the secrets."""
        with self._open() as database:
            row = (guid, connector, json.dumps(dict(info)))
            database.execute("INSERT OR REPLACE INTO connection VALUES (?, ?, ?)", row)
            database.execute(
                "DELETE FROM connection WHERE rowid <= (SELECT max(rowid) FROM connection) - ?", (MAX_CONNECTIONS,)
            )

    def connection(self, guid: str) -> dict[str, str | None] | None:
        with self._open() as database:
            row = database.execute("SELECT info FROM connection WHERE guid = ?", (guid,)).fetchone()
        return json.loads(row[0]) if row else None

    def delete_connection(self, guid: str) -> bool:
        """Returns whether the connection existed."""
        with self._open() as database:
            return database.execute("DELETE FROM connection WHERE guid = ?", (guid,)).rowcount > 0

    def save_actor(self, actor: Actor) -> None:
        with self._open() as database:
            row = (actor.actor_type, actor.erp_key, json.dumps(asdict(actor)))
            database.execute("INSERT OR REPLACE INTO actor VALUES (?, ?, ?)", row)
            database.execute("DELETE FROM actor WHERE rowid <= (SELECT max(rowid) FROM actor) - ?", (MAX_RECORDS,))

    def actors(self) -> list[Actor]:
        """All records that were created or changed."""
        with self._open() as database:
            return [Actor(**json.loads(record)) for (record,) in database.execute("SELECT record FROM actor")]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        if not (self._is_private and self._path.exists()):
            make_private(self._path)
            self._is_private = True
        with closing(sqlite3.connect(self._path, timeout=10)) as database, database:
            database.executescript(_TABLES)
            yield database
