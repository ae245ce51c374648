"""What workers on several machines do, against one."""

from __future__ import annotations

import tempfile
import threading
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from tests import factories, postgres
from tests.bench.hosts import host
from tests.processes import worker
from wizard import create_app
from wizard.config import Queue, Settings
from wizard.extensions import db, limiter
from wizard.models import UNFINISHED, CheckRun
from wizard.server.upgrade import upgrade

CHECKS = 96
CONCURRENCY = 8
"""Of each worker: few, so that both together do not need all of this machine."""


def work_of_two_workers() -> dict[str, float]:
    """Checks a second of two workers, against one of them alone, of a connector that takes half a second."""
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        url = running.enter_context(host("unhurried"))
        settings = Settings(
            instance=folder / "instance",
            keys=(factories.KEY,),
            database_url=running.enter_context(postgres.server()),
            queue=Queue.PROCRASTINATE,
        )
        app = create_app(settings)
        upgrade(app)
        running.callback(factories.close, app)
        limiter.enabled = False
        visitor = factories.sign_in(app, "Ingrid Berg")
        factories.make_connector(app, "Acme", url)
        environment = {
            "ERP_WIZARD_QUEUE": "procrastinate",
            "ERP_WIZARD_DATABASE_URL": settings.database_url,
            "ERP_WIZARD_KEYS": factories.KEY,
        }
        found = []
        for number in range(2):
            options = ("--concurrency", str(CONCURRENCY))
            running.enter_context(worker(folder / f"worker{number}", *options, **environment))
            _checks_a_second(app, visitor)  # the first ones load what they need
            found.append(_checks_a_second(app, visitor))
    return {"ratio": found[1] / found[0], "one": found[0], "two": found[1]}


def _checks_a_second(app: Flask, visitor: factories.Visitor) -> float:
    queue = app.extensions["job_queue"]
    app.extensions["job_queue"] = factories.ForgetfulQueue(app)
    for _ in range(CHECKS):
        visitor.post("/connectors/1/check")
    app.extensions["job_queue"] = queue
    with app.app_context():
        waiting = db.session.scalars(select(CheckRun.id).where(CheckRun.state.in_(UNFINISHED))).all()
        db.session.commit()
        for run_id in waiting:
            queue.submit(run_id)
        _wait_for_all()
        span = select(func.min(CheckRun.started_at), func.max(CheckRun.finished_at)).where(CheckRun.id.in_(waiting))
        began, ended = map(_time, db.session.execute(span).one())
        db.session.commit()
    return CHECKS / (ended - began).total_seconds()


def _time(found: datetime | None) -> datetime:
    assert found is not None
    return found


def _wait_for_all() -> None:
    pause = threading.Event()
    count = select(func.count()).where(CheckRun.state.in_(UNFINISHED))
    while db.session.scalar(count):
        db.session.commit()
        pause.wait(0.05)
    db.session.commit()
