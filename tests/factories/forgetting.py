"""A connector that keeps a connection, and whose answer does not arrive."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flask import Flask, Response, abort, request

from tests.factories.hosts import serve_app
from wizard.practice import PATH, create_blueprint

Fault = Callable[[Response], Response]


def closes(response: Response) -> Response:
    """The connection ends before the answer does."""
    response.headers["Content-Length"] = str(10 * len(response.get_data()))
    return response


def answers_500(_: Response) -> Response:
    return Response("Internal Server Error", 500)


class Host:
    """The practice connector, with a fault after what an operation asks for is done; what is `lost` is never done."""

    def __init__(self, folder: Path) -> None:
        self._store = folder / "kept.sqlite3"
        self.url = ""
        self.faults: dict[str, Fault] = {}
        self.lost: set[str] = set()
        self.is_away = False
        self.go_on = threading.Event()

    def answers_late(self, response: Response) -> Response:
        self.go_on.wait(60)
        return response

    def hold(self, operation: str) -> threading.Event:
        """Lets an operation be done and its answer wait; returns what is set once it is done."""
        done = threading.Event()

        def wait(response: Response) -> Response:
            done.set()
            self.go_on.wait(60)
            return response

        self.faults[operation] = wait
        return done

    def kept(self) -> list[str]:
        """The GUIDs of the connections that it has."""
        with closing(sqlite3.connect(self._store)) as database:
            return [guid for (guid,) in database.execute("SELECT guid FROM connection")]

    @contextmanager
    def serve(self) -> Iterator[None]:
        app = Flask("forgetting-host")
        app.register_blueprint(create_blueprint(self._store))

        @app.before_request
        def _be_away() -> None:
            if self.is_away or _operation() in self.lost:
                abort(503)

        @app.after_request
        def _fail(response: Response) -> Response:
            return self.faults.get(_operation(), lambda answer: answer)(response)

        with serve_app(app) as address:
            self.url = address + PATH
            try:
                yield
            finally:
                self.go_on.set()


def _operation() -> str:
    return request.headers.get("SOAPAction", "").strip('"').rpartition("/")[2]
