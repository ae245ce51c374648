"""Makes what tests need: an app, somebody signed in, a real connector, rows."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import waitress
from cryptography.fernet import Fernet
from flask import Flask, Response
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from lxml import html
from sqlalchemy import text
from waitress import wasyncore
from werkzeug.test import TestResponse

from wizard import create_app
from wizard.app import execute_run
from wizard.config import Settings
from wizard.extensions import db, limiter
from wizard.models import Account, Connection, ConnectionState, Connector, Role, User, UserGroup
from wizard.models.database import writing
from wizard.practice import create_blueprint
from wizard.practice.connector.server import PATH
from wizard.security.keyring import KeyRing
from wizard.security.passwords import hash_password
from wizard.server.first_link import welcome_link
from wizard.server.upgrade import upgrade
from wizard.services.accounts.login_links import find_login_link, make_login_link
from wizard.services.accounts.manage import create_first_account

PASSWORD = "correct horse battery"
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


class InlineQueue:
    """Executes a run while it is submitted."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def submit(self, run_id: str) -> None:
        with self._app.app_context(), writing():
            execute_run(run_id, cancelled=lambda: False, interrupted=lambda: False)

    def start(self) -> None: ...

    def cancel(self, run_id: str) -> None: ...

    def run_ids(self) -> tuple[str, ...]:
        return ()

    def after_fork(self) -> None: ...

    def close(self) -> None: ...


class ForgetfulQueue(InlineQueue):
    """Never executes anything, as a process that was killed."""

    def submit(self, run_id: str) -> None: ...


databases: list[Callable[[], str]] = []
"""With `--postgresql`: makes an empty, migrated database on the server of this test run, and tells its URL."""


def make_app(template: Path, instance: Path, *, throttled: bool = False, **settings: Any) -> Flask:
    """An app on a copy of the template's database; nothing is tried too often there unless it is `throttled`."""
    shutil.copytree(template, instance)
    for make_database in databases:
        settings.setdefault("database_url", make_database())
    limiter.enabled = True  # else it would not hear of the answers of this app
    app = create_app(Settings(instance=instance, keys=(KEY,), **settings))
    app.testing = True
    app.jinja_env.bytecode_cache = _compiled
    app.extensions["job_queue"] = InlineQueue(app)
    limiter.enabled = throttled
    return app


def close(app: Flask) -> None:
    """Lets go of the database's files."""
    with app.app_context():
        db.engine.dispose()


class Person:
    """Somebody at a browser: forms are sent with the token that their page has."""

    def __init__(self, app: Flask, client: FlaskClient, language: str = "en") -> None:
        self.app = app
        self.client = client
        self.language = language

    def get(self, url: str, **options: Any) -> TestResponse:
        return self.client.get(url, headers=self._headers(), **options)

    def htmx(self, url: str) -> TestResponse:
        return self.client.get(url, headers=self._headers() | {"HX-Request": "true"})

    def post(self, url: str, form: dict[str, Any] | None = None, *, htmx: bool = False, **options: Any) -> TestResponse:
        headers = self._headers() | ({"HX-Request": "true"} if htmx else {})
        token = {"csrf_token": self.token}
        return self.client.post(url, data={**(form or {}), **token}, headers=headers, **options)

    def send(self, page: str, form: dict[str, Any], *, to: str | None = None) -> TestResponse:
        """Opens a page, fills in some of its fields and sends all of them, as a browser does; follows a redirect."""
        fields = form_fields(self.get(page).text) | form
        return self.post(to or page, fields, follow_redirects=True)

    @property
    def token(self) -> str:
        page = self.get("/language").text
        return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]  # type: ignore[index]

    def _headers(self) -> dict[str, str]:
        return {"Accept-Language": self.language}


def sign_in(app: Flask, name: str, language: str = "en", role: Role = Role.ADMINISTRATOR) -> Person:
    """Somebody new with a session, as the login makes it."""
    account_id = make_account(app, name, role)
    person = Person(app, app.test_client(), language)
    with person.client.session_transaction() as session:
        session.permanent = True
        session["_user_id"], session["_fresh"], session["since"] = f"{account_id}.{name}", True, time.time()
    return person


def make_account(app: Flask, name: str, role: Role = Role.ADMINISTRATOR) -> int:
    """Somebody whose user name and session key are the name."""
    with app.app_context(), writing():
        account = Account(name=name, username=name, password_hash=_hashed(PASSWORD), session_key=name, role=role)
        db.session.add(account)
        db.session.commit()
        return account.id


_hashed = cache(hash_password)  # hashing takes its time, on purpose


def make_first_account(app: Flask) -> int:
    """As the one-time link makes it."""
    with app.app_context(), writing():
        link = find_login_link(make_login_link(None))
        assert link is not None
        return create_first_account(link, "Ingrid Berg", "ingrid", PASSWORD).id


def make_connector(
    app: Flask, name: str = "Visma.net Sync", url: str = "https://erp.example/x.svc", **more: Any
) -> int:
    with app.app_context(), writing():
        connector = Connector(name=name, url=url, **more)
        db.session.add(connector)
        db.session.commit()
        return connector.id


def make_connection(app: Flask, connector_id: int, name: str = "Acme Norway", **more: Any) -> int:
    with app.app_context(), writing():
        connection = Connection(
            guid=f"00000000-0000-0000-0000-{abs(hash(name)) % 10**12:012}",
            connector_id=connector_id,
            name=name,
            state=ConnectionState.SAVED,
            **more,
        )
        db.session.add(connection)
        db.session.commit()
        return connection.id


def make_users(app: Flask, *names: str, groups: tuple[str, ...] = ()) -> list[int]:
    """Users with their names in small letters as user names, all of them in all of the groups."""
    with app.app_context(), writing():
        rows = [UserGroup(name=name) for name in groups]
        people = [User(name=name, username=name.lower(), groups=rows) for name in names]
        db.session.add_all([*rows, *people])
        db.session.commit()
        return [person.id for person in people]


def declared_field(key: str, label: str, **more: Any) -> dict[str, Any]:
    """A text field as a connector declares it."""
    base = {"key": key, "type": "Text", "access": "Normal", "label": label, "description": "", "default": ""}
    return base | {"list_name": "", "max_length": 0, "rank": 1, "items": None} | more


def lose(app: Flask, *columns: str) -> None:
    """Puts what these columns have, like `setup.draft`, under a key that is nowhere."""
    token = KeyRing([Fernet.generate_key().decode()]).encrypt(b"{}")
    with app.app_context(), writing():
        for table, _, column in (each.partition(".") for each in columns):
            db.session.execute(text(f"UPDATE {table} SET {column} = :token"), {"token": token})
        db.session.commit()


def make_welcome_path(app: Flask, username: str | None = None) -> str:
    """The path of a new one-time link."""
    link = welcome_link(app, "http://localhost", username)
    assert link is not None
    return link.removeprefix("http://localhost")


def in_app(app: Flask, ask: Callable[[], Any]) -> Any:
    """What a function says inside the app."""
    with app.app_context():
        return ask()


@contextmanager
def serve_app(app: Flask, threads: int = 8) -> Iterator[str]:
    """A WSGI app on a real socket; its address."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=threads)
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            wasyncore.loop(map=server._map, count=1)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:  # closed last: whoever still works wakes the loop through what is closed
        over.set()
        server.pull_trigger()
        thread.join(timeout=5)
        server.task_dispatcher.shutdown()
        wasyncore.close_all(server._map)


@contextmanager
def serve_practice(folder: Path, rewrite: Callable[[str], str] | None = None) -> Iterator[str]:
    """The practice connector alone; the URL to register. `rewrite` changes what it answers."""
    app = Flask("practice-host")
    app.register_blueprint(create_blueprint(folder / "practice.sqlite3"))

    @app.after_request
    def _rewrite(response: Response) -> Response:
        if rewrite is not None:
            response.set_data(rewrite(response.get_data(as_text=True)))
        return response

    with serve_app(app) as address:
        yield address + PATH


def form_fields(page: str) -> dict[str, Any]:
    """What a browser would send of a page's inputs, untouched."""
    found: dict[str, Any] = {}
    for element in html.fromstring(page).iter("input", "select", "textarea"):
        name, kind = element.get("name"), element.get("type")
        unticked = kind in ("checkbox", "radio") and element.get("checked") is None
        if not name or name == "csrf_token" or unticked or kind in ("search", "file"):
            continue
        if element.tag == "select":
            chosen = element.xpath("option[@selected]") or element.xpath("option")
            found[name] = chosen[0].get("value") if chosen else ""
        elif element.tag == "textarea":
            found[name] = (element.text or "").removeprefix("\n")
        else:
            found[name] = element.get("value", "on" if kind == "checkbox" else "")
    return found


def row_of(page: str, name: str) -> str:
    """The table row in which a name stands, its tags taken out."""
    row = next(part for part in page.split("<tr>") if f"<b>{name}</b>" in part)
    return " ".join(re.sub(r"<[^>]+>", " ", row).split())
