"""Rows of what is tested by itself, with its days and outages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from tests.factories.connectors import make_connector
from wizard.domain.check import Outcome, Stage, StageResult
from wizard.domain.watch import Interval
from wizard.extensions import db
from wizard.models import Connector, Outage, Watch, WatchDay
from wizard.models.columns import now
from wizard.models.database import writing

TIMEOUT = StageResult(
    Stage.CONNECT,
    Outcome.FAILED,
    "connect.timeout",
    {"host": "erp.example", "port": "443", "address": "10.20.4.44", "limit_seconds": "10"},
    (("tried", "10.20.4.44:443"), ("error", "timeout after 10.0 s")),
    10_000,
)


def make_watch(
    app: Flask,
    *,
    down: Mapping[int, int] | None = None,
    days: int = 30,
    interval: Interval = Interval.HOUR,
    **more: Any,
) -> int:
    """Tested each hour for so many days; `down` has seconds by how many days ago, `more` is `connection_id` or
    `connector_id`.
    """
    with app.app_context(), writing():
        watch = Watch(interval=interval, last_at=now() if days else None, due_at=now() + timedelta(hours=1), **more)
        db.session.add(watch)
        db.session.flush()
        for back in range(days):
            seconds = (down or {}).get(back, 0)
            day = now().date() - timedelta(days=back)
            db.session.add(
                WatchDay(
                    watch_id=watch.id,
                    day=day,
                    tests=24,
                    failed=1 if seconds else 0,
                    down_seconds=seconds,
                    watched_seconds=86400,
                )
            )
        db.session.commit()
        return watch.id


def make_outage(
    app: Flask,
    watch_id: int,
    *,
    minutes: int | None = None,
    result: StageResult = TIMEOUT,
    failures: int = 2,
    keeps_stages: bool = True,
    **more: Any,
) -> int:
    """It lasted so many minutes; None: it lasts still."""
    with app.app_context(), writing():
        watch = db.session.get_one(Watch, watch_id)
        since = now() - timedelta(hours=7)
        until = since + timedelta(minutes=minutes) if minutes else None
        passed = StageResult(Stage.ADDRESS, Outcome.PASSED), StageResult(Stage.DNS, Outcome.PASSED)
        outage = Outage(
            watch_id=watch_id, stage=result.stage, reason=result.reason or "", since=since, until=until,
            failures=failures, **more,
        )  # fmt: skip
        db.session.add(outage)
        db.session.flush()
        if keeps_stages:
            outage.stages = (*passed, result)
        if until is None:
            watch.outage_id, watch.failures, watch.stage, watch.reason = (
                outage.id,
                failures,
                result.stage,
                result.reason,
            )
        db.session.commit()
        return outage.id


def make_due_watch(app: Flask, interval: Interval = Interval.HOUR, **more: Any) -> int:
    """The watch of a new connector, due now."""
    with app.app_context():
        number = len(db.session.scalars(select(Connector.id)).all())
    connector_id = make_connector(app, f"Connector {number}", **more)
    watch_id = make_watch(app, connector_id=connector_id, days=0, interval=interval)
    change_watch(app, watch_id, due_at=now())
    return watch_id


def change_watch(app: Flask, watch_id: int, **values: Any) -> None:
    """Changes columns of a watch."""
    with app.app_context(), writing():
        db.session.execute(update(Watch).where(Watch.id == watch_id).values(values))
        db.session.commit()


def read_watch(app: Flask, watch_id: int) -> Watch:
    """The watch as it is now."""
    with app.app_context():
        return db.session.get_one(Watch, watch_id)
