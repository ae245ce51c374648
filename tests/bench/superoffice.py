"""How fast the wizard works with SuperOffice."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from tests import factories
from tests.bench.ratios import timed
from wizard.practice.superoffice import Directory
from wizard.services.superoffice import read_users


def time_of_reading_10_000_users() -> dict[str, float]:
    """Seconds in which the users of a large SuperOffice are read and stored, at first and again."""
    with _linked_app(directory=Directory(10_000)) as (app, there):
        made = len(there.behaviour.directory.users)

        def read() -> None:
            with app.app_context():
                read_users(None)

        return {"first": timed(read), "again": timed(read), "users": made}


@contextmanager
def _linked_app(**behaviour: object) -> Iterator[tuple[Flask, factories.PracticeSuperOffice]]:
    with tempfile.TemporaryDirectory() as folder, factories.serve_superoffice(**behaviour) as there:
        app = factories.make_app(factories.make_template(Path(folder) / "template"), Path(folder) / "instance")
        factories.link_practice(app, there)
        yield app, there
        factories.close(app)
