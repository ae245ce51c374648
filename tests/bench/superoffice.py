"""How fast the wizard works with SuperOffice."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import requests
from flask import Flask

from tests import factories
from tests.bench.ratios import in_turn, p95, ratio, timed
from tests.factories.traffic import Exchange
from tests.steps import save
from wizard.practice.superoffice import Directory, Fault, Planned
from wizard.services.superoffice import read_users

CALL_SECONDS = 0.05
"""What a call of a SuperOffice takes at least that is not on this machine."""


def time_of_reading_10_000_users() -> dict[str, float]:
    """Seconds in which the users of a large SuperOffice are read and stored, at first and again."""
    with linked_app(directory=Directory(10_000)) as (app, there):
        made = len(there.behaviour.directory.users)

        def read() -> None:
            with app.app_context():
                read_users(None)

        return {"first": timed(read), "again": timed(read), "users": made}


def scope_dialog_of_10_000_users() -> dict[str, dict[str, float]]:
    """p95 of the scope dialog with 10,000 users, against 200: opened, with a choice, and searched.

    Each shows 50 users, so that it is the search that is measured.
    """
    found: dict[str, dict[str, float]] = {}
    with linked_app(directory=Directory(10_000)) as (many, _), linked_app(directory=Directory(200)) as (few, _):
        dialogs = [_scope_dialog(many), _scope_dialog(few)]
        for name, form in (("open", {}), ("chosen", {"group": [2], "user": [1, 2]}), ("search", {"query": "e"})):
            sends = [partial(visitor.post, url, form) for visitor, url in dialogs]
            ours, theirs = in_turn(sends[0], sends[1], 60)
            found[name] = ratio(ours, theirs, p95)
    return found


def _scope_dialog(app: Flask) -> tuple[factories.Visitor, str]:
    with app.app_context():
        read_users(None)
    visitor = factories.sign_in(app, "Ingrid Berg")
    return visitor, str(visitor.post("/connections/new").location).replace("/connection", "/scope")


def near_and_far(measure: Callable[..., dict[str, float]]) -> dict[str, dict[str, float]]:
    """What is measured with a SuperOffice on this machine, and with one whose calls take as long as from afar."""
    waiting = {"slow_seconds": CALL_SECONDS, "planned": [Planned(Fault.SLOW)]}
    return {"on this machine": measure(), f"where a call takes {1000 * CALL_SECONDS:.0f} ms": measure(**waiting)}


def cost_of_saving_on_both_sides() -> dict[str, dict[str, float]]:
    """A run that saves an edited connection here and in SuperOffice, against the same calls by requests alone."""
    return near_and_far(_cost_of_saving_on_both_sides)


def _cost_of_saving_on_both_sides(**behaviour: object) -> dict[str, float]:
    with linked_app(**behaviour) as (app, there):
        queue = app.extensions["job_queue"] = _TimedQueue(app, there.traffic)
        admin = factories.sign_in(app, "Ingrid Berg")
        save(admin, there.connector_url)
        ours, theirs = [], []
        for number in range(20 if behaviour else 40):
            page = str(admin.post("/connections/1/edit").location)
            admin.send(page, {"description": f"Edit {number}", "action": "test"})
            assert admin.send(page, {"action": "ok"}).request.path == "/connections/1"
            ours.append(queue.seconds)
            calls = [exchange for exchange in queue.calls if not exchange.is_inner]
            theirs.append(timed(lambda: repeat(calls, there.origin)))  # noqa: B023
        return ratio(ours, theirs, statistics.median) | {"calls": len(calls)}


def repeat(calls: Sequence[Exchange], origin: str) -> None:
    with requests.Session() as session:
        session.trust_env = False
        for each in calls:
            answer = session.request(
                each.method, origin + each.target, headers=each.headers, data=each.body, timeout=60
            )
            assert answer.status_code == each.status


class _TimedQueue(factories.InlineQueue):
    """Keeps how long the last run took, and what it asked the other side."""

    def __init__(self, app: Flask, traffic: list[Exchange]) -> None:
        super().__init__(app)
        self.seconds, self.calls, self._traffic = 0.0, list[Exchange](), traffic

    def submit(self, run_id: str) -> None:
        self._traffic.clear()
        self.seconds = timed(lambda: super(_TimedQueue, self).submit(run_id))
        self.calls = list(self._traffic)


@contextmanager
def linked_app(**behaviour: object) -> Iterator[tuple[Flask, factories.PracticeSuperOffice]]:
    with tempfile.TemporaryDirectory() as folder, factories.serve_superoffice(**behaviour) as there:
        app = factories.make_app(factories.make_template(Path(folder) / "template"), Path(folder) / "instance")
        factories.link_practice(app, there)
        yield app, there
        factories.close(app)
