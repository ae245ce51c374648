"""Web servers on real sockets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import waitress
from flask import Flask, Response
from waitress import wasyncore

from wizard.practice import create_blueprint
from wizard.practice.connector.server import PATH


@contextmanager
def serve_app(app: Flask, threads: int = 8) -> Iterator[str]:
    """A WSGI app on a real socket; its address."""
    server = waitress.create_server(
        app, host="127.0.0.1", port=0, threads=threads, connection_limit=max(100, 2 * threads)
    )
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
        thread.join(timeout=60)
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
