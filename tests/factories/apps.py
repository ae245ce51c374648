"""Apps on databases of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import text

from tests.factories.queues import InlineQueue
from wizard import create_app
from wizard.config import LOOPBACK_NETWORKS, Settings
from wizard.extensions import db, limiter
from wizard.models.database import writing
from wizard.security.keyring import KeyRing
from wizard.server.upgrade import upgrade

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


def make_template(folder: Path) -> Path:
    """An instance folder whose database is at the newest schema."""
    app = create_app(Settings(instance=folder, keys=(KEY,)))
    upgrade(app)
    close(app)
    return folder


class Compiled(BytecodeCache):
    """Templates, compiled once for all apps of a test run."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_compiled = Compiled()


databases: list[Callable[[], str]] = []
"""With `--postgresql`: makes an empty, migrated database on the server of this test run, and tells its URL."""
renew: list[Callable[[str], None]] = []
"""With `--postgresql`: empties the database with this URL."""


def make_app(template: Path, instance: Path, *, throttled: bool = False, **settings: Any) -> Flask:
    """An app on a copy of the template's database; nothing is tried too often there unless it is `throttled`."""
    shutil.copytree(template, instance)
    for make_database in databases:
        settings.setdefault("database_url", make_database())
        settings = {"database_connect_seconds": 60, "database_statement_seconds": 60.0} | settings
    settings.setdefault("superoffice_networks", LOOPBACK_NETWORKS)
    limiter.enabled = True  # else it would not hear of the answers of this app
    app = create_app(Settings(instance=instance, keys=(KEY,), **settings))
    app.testing = True
    app.jinja_env.bytecode_cache = _compiled
    app.extensions["job_queue"] = InlineQueue(app)
    limiter.enabled = throttled
    return app


class LentApp:
    """One app for many tests, each on an empty database: most of a short test's time would go into making its app.

    What a test has changed in its configuration, extensions, views or the globals of templates is put back.
    """

    def __init__(self, template: Path, folder: Path) -> None:
        self._template, self._instance = template, folder / "instance"
        self._app = make_app(template, self._instance)
        self._url = self._app.config["SQLALCHEMY_DATABASE_URI"]
        self._kept = [dict(each) for each in self._parts()]
        self._served_by = self._app.wsgi_app

    def _parts(self) -> tuple[dict[str, Any], ...]:
        return self._app.config, self._app.extensions, self._app.view_functions, self._app.jinja_env.globals

    @contextmanager
    def lend(self) -> Iterator[Flask]:
        limiter.enabled = False
        yield self._app
        close(self._app)
        for part, kept in zip(self._parts(), self._kept, strict=True):
            part.clear()
            part.update(kept)
        self._app.wsgi_app = self._served_by  # type: ignore[method-assign]
        shutil.rmtree(self._instance)
        shutil.copytree(self._template, self._instance)
        for empty in renew:
            empty(self._url)


def close(app: Flask) -> None:
    """Lets go of the database's files."""
    with app.app_context():
        db.engine.dispose()


def in_app(app: Flask, ask: Callable[[], Any]) -> Any:
    """What a function says inside the app."""
    with app.app_context():
        return ask()


def lose(app: Flask, *columns: str) -> None:
    """Puts what these columns have, like `setup.draft`, under a key that is nowhere."""
    token = KeyRing([Fernet.generate_key().decode()]).encrypt(b"{}", "elsewhere")
    with app.app_context(), writing():
        for table, _, column in (each.partition(".") for each in columns):
            db.session.execute(text(f"UPDATE {table} SET {column} = :token"), {"token": token})
        db.session.commit()
