"""What the database says about the work of all processes, for `/metrics`."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app
from sqlalchemy import case, func, select

from wizard.domain.check import RunState
from wizard.domain.watch import FAILURES_TOLD, Interval
from wizard.extensions import db
from wizard.metrics import Gauge
from wizard.models import UNFINISHED, CheckRun, Connection, Connector, Watch
from wizard.models.columns import now
from wizard.models.database import DatabaseUnavailable, NoConnectionFree
from wizard.services.notices import backlogs


def gauges() -> list[Gauge]:
    """Reads them; while the database does not answer, only that is said."""
    build = Gauge("erp_wizard_build_info", "The version that runs.", {current_app.config["VERSION"]: 1}, "version")
    try:
        read, is_up = list(_read()), True
    except (DatabaseUnavailable, NoConnectionFree):
        read, is_up = [], False
    return [build, Gauge("erp_wizard_database_up", "Whether the database answers.", {"": is_up}), *read]


def _read() -> Iterator[Gauge]:
    yield from _queue()
    yield from _watch()
    undelivered = sum(each.count for each in backlogs())
    yield Gauge("erp_wizard_notices_undelivered", "Notices that could not be delivered so far.", {"": undelivered})


def _queue() -> Iterator[Gauge]:
    runs = dict.fromkeys(map(str, UNFINISHED), 0.0)
    oldest = 0.0
    for state, count, since in db.session.execute(
        select(CheckRun.state, func.count(), func.min(CheckRun.created_at))
        .where(CheckRun.state.in_(UNFINISHED))
        .group_by(CheckRun.state)
    ):
        runs[state] = count
        if state == RunState.WAITING:
            oldest = max(0.0, (now() - since).total_seconds())
    yield Gauge("erp_wizard_queue_runs", "Check runs of all processes that wait or are running.", runs, "state")
    yield Gauge("erp_wizard_queue_oldest_waiting_seconds", "How long the oldest of them has waited.", {"": oldest})


def _watch() -> Iterator[Gauge]:
    watched, down = (dict.fromkeys(("connector", "connection"), 0.0) for _ in range(2))
    late = 0.0
    is_connector = Watch.connection_id.is_(None)
    failed = func.sum(case((Watch.failures >= FAILURES_TOLD, 1), else_=0))
    for of_connectors, count, broken, due in db.session.execute(
        select(is_connector, func.count(), failed, func.min(Watch.due_at))
        .outerjoin(Watch.connector)
        .outerjoin(Watch.connection)
        .where(Watch.interval != Interval.OFF, Connector.deleted_at.is_(None), Connection.deleted_at.is_(None))
        .group_by(is_connector)
    ):
        target = "connector" if of_connectors else "connection"
        watched[target], down[target] = count, broken
        late = max(late, (now() - due).total_seconds()) if due else late
    yield Gauge("erp_wizard_watched", "What is tested by itself.", watched, "target")
    yield Gauge("erp_wizard_watch_down", "Those of them that are down now.", down, "target")
    yield Gauge("erp_wizard_watch_late_seconds", "How long the one that waits longest has been due.", {"": late})
