"""Recipients, outages, and the passing of time for what is to be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from tests.factories.connectors import make_connection, make_connector
from wizard.domain.check import Outcome, Stage, StageResult
from wizard.domain.notices import Channel
from wizard.domain.watch import Interval
from wizard.extensions import db
from wizard.models import Connection, Delivery, Outage, Recipient, Watch
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.notices import note_broken, note_working, send_due

REFUSED = StageResult(
    Stage.CONNECT,
    Outcome.FAILED,
    "connect.refused",
    {"host": "erp.acme.example", "port": "8443", "address": "192.0.2.7"},
)


def make_recipient(app: Flask, address: str = "ingrid.berg@acme.example", **more: Any) -> int:
    values = {"name": "Ingrid Berg", "channel": Channel.MAIL, "language": "en", "time_zone": "Europe/Oslo"} | more
    connection_ids = values.pop("connection_ids", None)
    with app.app_context(), writing():
        recipient = Recipient(**values, is_for_everything=connection_ids is None)
        recipient.address = address
        if connection_ids:
            chosen = select(Connection).where(Connection.id.in_(connection_ids))
            recipient.connections = list(db.session.scalars(chosen))
        db.session.add(recipient)
        db.session.commit()
        return recipient.id


def use_mail_server(app: Flask, port: int, **settings: Any) -> None:
    """Has the app send mails there."""
    url = f"mailto://127.0.0.1:{port}?from=erp-sync@acme.example"
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_url=url, **settings)


def make_watched(app: Flask, name: str = "Stock and prices") -> int:
    """The id of a connection that is tested every hour."""
    connector = make_connector(app, f"Connector of {name}", "https://erp.acme.example:8443/x.svc")
    connection_id = make_connection(app, connector, name)
    with app.app_context(), writing():
        db.session.add(Watch(connection_id=connection_id, interval=Interval.HOUR))
        db.session.commit()
    return connection_id


def break_down(app: Flask, *connection_ids: int, ago: timedelta = timedelta(minutes=10)) -> list[int]:
    """Two tests of these have failed: the ids of their outages."""
    with app.app_context(), writing():
        watches = db.session.scalars(select(Watch).where(Watch.connection_id.in_(connection_ids))).all()
        outages = [
            Outage(watch_id=each.id, stage=Stage.CONNECT, reason="connect.refused", since=now() - ago, failures=2)
            for each in watches
        ]
        for outage in outages:
            outage.stages = (REFUSED,)
        db.session.add_all(outages)
        db.session.flush()
        ids = [outage.id for outage in outages]
        note_broken(ids)
        db.session.commit()
        return ids


def work_again(app: Flask, outage_ids: Sequence[int]) -> None:
    """A test has passed."""
    with app.app_context(), writing():
        db.session.execute(update(Outage).where(Outage.id.in_(outage_ids)).values(until=now()))
        note_working(outage_ids)
        db.session.commit()


def pass_time(app: Flask, **length: float) -> None:
    """Makes everything that waits to be sent, or was noted, that much older."""
    back = timedelta(**length)
    with app.app_context(), writing():
        for delivery in db.session.scalars(select(Delivery)):
            delivery.due_at, delivery.next_at = delivery.due_at - back, delivery.next_at - back
            delivery.notice.created_at -= back
            if delivery.claimed_until:
                delivery.claimed_until -= back
        db.session.commit()


def send(app: Flask, **length: float) -> None:
    """Lets a while pass, then sends what is due."""
    pass_time(app, **(length or {"minutes": 2}))
    with app.app_context():
        send_due()


def deliveries(app: Flask) -> list[Delivery]:
    with app.app_context():
        return list(db.session.scalars(select(Delivery).order_by(Delivery.id)))
