"""Ten thousand that break at once."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, insert, select, update

from tests.factories import make_connector
from tests.factories.notices import make_recipient
from tests.factories.receivers import Mailbox
from wizard.domain.check import Stage
from wizard.domain.notices import DeliveryState
from wizard.domain.watch import Interval
from wizard.extensions import db
from wizard.models import Connection, Delivery, Outage, Watch
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.notices import note_broken, send_due

MANY = 10_000
BATCH = 500


def break_many(app: Flask) -> None:
    """As the watch stores it: some hundred in each transaction."""
    connector = make_connector(app)
    at = now()
    connection = {"connector_id": connector, "state": "saved", "all_access": True, "version": 1, "config": b"x"}
    with app.app_context(), writing():
        rows = range(1, MANY + 1)
        db.session.execute(
            insert(Connection),
            [connection | {"id": n, "guid": f"{n:036}", "name": f"Company {n}", "name_key": f"{n}"} for n in rows],
        )
        db.session.execute(insert(Watch), [{"id": n, "connection_id": n, "interval": Interval.MINUTE} for n in rows])
        outage = {"stage": Stage.CONNECT, "reason": "connect.refused", "since": at}
        db.session.execute(insert(Outage), [outage | {"id": n, "watch_id": n} for n in rows])
        db.session.commit()
        for first in range(1, MANY + 1, BATCH):
            note_broken(range(first, first + BATCH))
            db.session.commit()


def test_ten_thousand_that_break_at_once_are_one_message(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app)
    break_many(app)

    with app.app_context(), writing():
        db.session.execute(update(Delivery).values(next_at=now()))
        db.session.commit()
        send_due()
        states = db.session.execute(select(Delivery.state, func.count()).group_by(Delivery.state)).all()

    assert [mail["Subject"] for mail in mailbox.mails] == ["10000 connections are down"]
    assert states == [(DeliveryState.DELIVERED, MANY)]
    assert len(mailbox.mails[0].as_bytes()) < 50_000
