"""What the practice SuperOffice keeps: JSON documents in an SQLite file, safe for several processes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from wizard.files import make_private

_TABLES = """
CREATE TABLE IF NOT EXISTS document (kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS counter (kind TEXT PRIMARY KEY, last INTEGER NOT NULL);
"""
MAX_DOCUMENTS = 2000
"""Of a kind; the oldest are deleted, so that practising for years fills no disk."""


class Store:
    """Documents by kind and key."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._has_tables = False

    def get(self, kind: str, key: object) -> Any:
        """The document, or None."""
        with self._open() as database:
            return _get(database, kind, key)

    def all(self, kind: str) -> list[Any]:
        """All documents of a kind, oldest first."""
        with self._open() as database:
            rows = database.execute("SELECT body FROM document WHERE kind = ? ORDER BY rowid", (kind,))
            return [json.loads(body) for (body,) in rows]

    def put(self, kind: str, key: object, document: Any) -> None:
        """Inserts or replaces a document."""
        with self._open() as database:
            _put(database, kind, key, document)

    def change(self, kind: str, key: object, change: Callable[[Any], Any]) -> Any:
        """Replaces a document (None: there is none) by what `change` makes of it, alone; None deletes it."""
        with self._open() as database:
            document = change(_get(database, kind, key))
            if document is None:
                database.execute("DELETE FROM document WHERE kind = ? AND key = ?", (kind, str(key)))
            else:
                _put(database, kind, key, document)
            return document

    def take(self, kind: str, key: object) -> Any:
        """Returns the document and deletes it, so that only one caller gets it."""
        with self._open() as database:
            document = _get(database, kind, key)
            database.execute("DELETE FROM document WHERE kind = ? AND key = ?", (kind, str(key)))
            return document

    def clear(self, kind: str) -> None:
        """Deletes all documents of a kind."""
        with self._open() as database:
            database.execute("DELETE FROM document WHERE kind = ?", (kind,))

    def next_id(self, kind: str) -> int:
        """A number that no document of the kind has had."""
        return self.next_ids(kind, 1)[0]

    def next_ids(self, kind: str, count: int) -> range:
        """As many of them."""
        upsert = "INSERT INTO counter VALUES (?1, ?2) ON CONFLICT (kind) DO UPDATE SET last = last + ?2 RETURNING last"
        with self._open() as database:
            last = int(database.execute(upsert, (kind, count)).fetchone()[0])
        return range(last - count + 1, last + 1)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._has_tables = self._has_tables and self._path.exists()  # deleting the file begins anew
        if not self._has_tables:
            make_private(self._path)  # it has what somebody types to practise, passwords too
        with closing(sqlite3.connect(self._path, timeout=10, isolation_level=None)) as database:
            if not self._has_tables:
                database.executescript(_TABLES)
                self._has_tables = True
            database.execute("BEGIN IMMEDIATE")
            with database:
                yield database


def _get(database: sqlite3.Connection, kind: str, key: object) -> Any:
    row = database.execute("SELECT body FROM document WHERE kind = ? AND key = ?", (kind, str(key))).fetchone()
    return json.loads(row[0]) if row else None


def _put(database: sqlite3.Connection, kind: str, key: object, document: Any) -> None:
    upsert = "INSERT INTO document VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body"
    database.execute(upsert, (kind, str(key), json.dumps(document)))
    oldest = (
        "DELETE FROM document WHERE kind = ?1 AND rowid IN"
        " (SELECT rowid FROM document WHERE kind = ?1 ORDER BY rowid DESC LIMIT -1 OFFSET ?2)"
    )
    database.execute(oldest, (kind, MAX_DOCUMENTS))
