"""A temporary PostgreSQL server for the tests: Debian's binaries, a Unix socket and a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, inspect

from wizard import create_app
from wizard.config import Settings
from wizard.extensions import db
from wizard.server.upgrade import upgrade


def binaries() -> Path:
    """Returns the folder of the newest installed server. Raises RuntimeError with what to install."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if not found:
        raise RuntimeError("The tests need a PostgreSQL server: apt-get install postgresql")
    return found[-1].parent


@contextmanager
def server() -> Iterator[str]:
    """Starts a server, yields its URL and stops it. As root it runs as Debian's user `postgres`."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    options: dict[str, Any] = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}}
    if os.getuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        options |= {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}

    def run(name: str, *arguments: str) -> None:
        subprocess.run([binaries() / name, *arguments], check=True, stdout=subprocess.DEVNULL, **options)

    data = str(folder / "data")
    settings = f"-k {folder} -c listen_addresses='' -c max_connections=200 -c fsync=off -c synchronous_commit=off"
    try:
        run("initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", settings, "start")
        try:
            yield f"postgresql+psycopg://test@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def process_of(url: str) -> int:
    """The id of the process of a server that was started here; it has a child for each connection."""
    folder = url.partition("?host=")[2]
    return int(Path(folder, "data", "postmaster.pid").read_text().split()[0])


@contextmanager
def migrated() -> Iterator[tuple[Callable[[], str], Callable[[str], None]]]:
    """Starts a server and yields two functions.

    One creates a database at the newest schema and returns its URL; the other empties the one with a URL.
    """
    with server() as url, tempfile.TemporaryDirectory() as folder:
        admin = create_engine(url, isolation_level="AUTOCOMMIT")
        numbers = count(1)

        def make_database(template: str = "newest") -> str:
            name = f"test{next(numbers)}"
            with admin.connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
            return url.replace("/postgres?", f"/{name}?")

        app = create_app(Settings(instance=Path(folder), database_url=make_database("template1")))
        upgrade(app)
        with app.app_context():
            db.engine.dispose()
        with admin.connect() as connection:
            connection.exec_driver_sql("ALTER DATABASE test1 RENAME TO newest")

        with ExitStack() as open_ones:
            databases: dict[str, _Database] = {}

            def empty_database(url: str) -> None:
                if url not in databases:
                    databases[url] = _Database(url)
                    open_ones.callback(databases[url].close)
                databases[url].empty()

            yield make_database, empty_database
        admin.dispose()


class _Database:
    """Makes a database as new, a good deal faster than from the template."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with self._engine.connect() as connection:
            tables = sorted({*inspect(connection).get_table_names()} - {"alembic_version"})
            sequences = inspect(connection).get_sequence_names()
        self._emptying = "; ".join(
            [
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"  # whoever still waits for something
                " WHERE datname = current_database() AND pid <> pg_backend_pid()",
                "SET session_replication_role = replica",  # whatever refers to a row
                *(f"DELETE FROM {table}" for table in tables),
                *(f"SELECT setval('{sequence}', 1, false)" for sequence in sequences),
            ]
        )

    def empty(self) -> None:
        """Deletes every row, and lets the numbers begin anew."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql(self._emptying)

    def close(self) -> None:
        self._engine.dispose()
