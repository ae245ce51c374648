"""What is kept of ten thousand connections that are tested every minute for a year."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, text

from tests import factories
from tests.factories.hosts import serve_app
from tests.factories.watches import change_watch, make_watch
from wizard.domain.check import Stage
from wizard.domain.watch import Interval
from wizard.extensions import db
from wizard.models import Connection, ConnectionState, Outage, Watch, WatchDay
from wizard.models.columns import now
from wizard.models.database import checkpoint, writing
from wizard.services.watch import Tell, claim_due, perform, store
from wizard.services.watch.storing import MAX_DETAILED, MAX_OUTAGES

pytestmark = pytest.mark.no_cover

WATCHES, OF, DAYS = 40, 10_000, 366
GIGABYTE = 1_000_000_000


def size() -> int:
    """Bytes of the database."""
    if db.engine.dialect.name == "postgresql":
        tables = (
            "pg_total_relation_size('watch') + pg_total_relation_size('watch_day') + pg_total_relation_size('outage')"
        )
        return int(db.session.execute(text(f"SELECT {tables}")).scalar_one())
    checkpoint()
    pages = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    return int(db.session.execute(text(pages)).scalar_one())


def test_a_year_of_ten_thousand_connections_takes_less_than_a_gigabyte(app: Flask) -> None:
    """Also where each of them has broken so often that no more outages are kept."""
    token = stages_of_a_failure(app)
    with app.app_context(), writing():
        db.session.execute(insert(Connection), [connection(number) for number in range(2, WATCHES + 1)])
        before = size()
        at = now()
        watches = [
            {"id": each, "connection_id": each, "interval": Interval.MINUTE, "due_at": at, "last_at": at}
            for each in range(2, WATCHES + 1)
        ]
        db.session.execute(insert(Watch), watches)
        days = [
            {"watch_id": each["id"], "day": at.date() - timedelta(days=day), "tests": 1440, "failed": 720}
            for each in watches
            for day in range(DAYS)
        ]
        db.session.execute(insert(WatchDay), [day | {"down_seconds": 43_200} for day in days])
        outages = [
            {"watch_id": each["id"], "stage": Stage.CONTRACT, "reason": "contract.html", "since": at, "until": at}
            | {"stages_token": token if number < MAX_DETAILED else None}
            for number in range(MAX_OUTAGES)
            for each in watches
        ]
        db.session.execute(insert(Outage), outages)
        db.session.commit()
        taken = size() - before

    assert taken * OF / len(watches) < GIGABYTE


def stages_of_a_failure(app: Flask) -> bytes:
    """As they are stored of a web page in the place of a connector."""
    page = "<html><head><title>503 Service Unavailable</title></head><body>" + "No server is available. " * 400
    host = Flask("host")
    host.add_url_rule("/", "page", lambda: page, methods=["POST"])
    with serve_app(host) as address:
        connector_id = factories.make_connector(app, url=address + "/")
        connection_id = factories.make_connection(app, connector_id, origin=f"{connector_id} {address}")
        change_watch(app, make_watch(app, connection_id=connection_id, days=0), due_at=now())
        with app.app_context():
            store([perform(job, lambda: False) for job in claim_due(1)], Tell())
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Outage)) == 1
        return bytes(db.session.scalars(select(Outage.stages_token)).one() or b"")


def connection(number: int) -> dict[str, object]:
    name = f"Connection {number}"
    state = ConnectionState.SAVED
    return {"id": number, "guid": f"{number:032}", "connector_id": 1, "name": name, "name_key": name, "state": state}
