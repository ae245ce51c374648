"""What the practice connector remembers across restarts: connections, and records that were made or changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

from wizard.outside.soap.contract import Actor

_TABLES = """
CREATE TABLE IF NOT EXISTS connection (guid TEXT PRIMARY KEY, connector TEXT NOT NULL, info TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS actor (type TEXT, key TEXT, record TEXT NOT NULL, PRIMARY KEY (type, key));
"""


MAX_CONNECTIONS = 1000
RECORDS_KEPT = 50
"""Anybody may call: of connections and of records the newest so many are kept."""


class Store:
    """A small file of its own, as another company's server would have; safe for several processes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def save_connection(self, guid: str, connector: str, info: Mapping[str, str | None]) -> None:
        """Keeps a connection; the same GUID again replaces it. The caller has taken out what is secret."""
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
        """Whether there was one."""
        with self._open() as database:
            return database.execute("DELETE FROM connection WHERE guid = ?", (guid,)).rowcount > 0

    def save_actor(self, actor: Actor) -> None:
        with self._open() as database:
            row = (actor.actor_type, actor.erp_key, json.dumps(asdict(actor)))
            database.execute("INSERT OR REPLACE INTO actor VALUES (?, ?, ?)", row)
            database.execute("DELETE FROM actor WHERE rowid <= (SELECT max(rowid) FROM actor) - ?", (RECORDS_KEPT,))

    def actors(self) -> list[Actor]:
        """Every record that was made or changed."""
        with self._open() as database:
            return [Actor(**json.loads(record)) for (record,) in database.execute("SELECT record FROM actor")]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=10)) as database, database:
            database.executescript(_TABLES)
            yield database
