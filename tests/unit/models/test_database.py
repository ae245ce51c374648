"""The settings and transactions of SQLite."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from tests.factories import make_account
from wizard.extensions import db
from wizard.models import Account, database
from wizard.models.database import asynchronous_commit, set_write_intent, writing


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 15_000), ("synchronous", 2)]
)
def test_every_connection_has_its_settings(app: Flask, pragma: str, value: Any) -> None:
    with app.app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_only_the_transactions_of_an_asynchronous_block_do_not_wait_for_the_disk(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:

        def synchronous() -> int:
            with connection.begin():
                return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())

        before = synchronous()
        with asynchronous_commit():
            inside = [synchronous(), synchronous()]
        assert (before, inside, synchronous()) == (2, [1, 1], 2)


def test_two_transactions_that_read_and_then_write_wait_for_each_other(app: Flask) -> None:
    """Without the write intent SQLite would refuse the second one, whose snapshot is out of date."""
    make_account(app, "Ola")
    together = threading.Barrier(2)

    def add_ten() -> None:
        together.wait(60)
        for _ in range(10):
            with app.app_context(), writing():
                account = db.session.query(Account).one()
                account.name = str(int(account.name) + 1) if account.name.isdecimal() else "1"
                db.session.commit()

    threads = [threading.Thread(target=add_ten) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    with app.app_context():
        assert db.session.query(Account).one().name == "20"


def test_reading_does_not_wait_for_writing(app: Flask) -> None:
    make_account(app, "Ola")
    with app.app_context(), writing():
        db.session.query(Account).one().name = "not yet committed"
        db.session.flush()
        with app.app_context():
            set_write_intent(False)
            assert db.session.query(Account).one().name == "Ola"
        db.session.rollback()


def test_a_block_of_writing_ends(app: Flask) -> None:
    make_account(app, "Ola")
    with app.app_context(), db.engine.connect() as one, db.engine.connect() as other:
        for connection in (one, other):
            connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    with app.app_context():
        with writing():
            db.session.query(Account).one()
            with app.app_context(), pytest.raises(OperationalError, match="locked"):
                db.session.query(Account).one()
            db.session.rollback()
        db.session.query(Account).one()
        with app.app_context():
            assert db.session.query(Account).one().disabled_at is None


def test_who_waits_first_for_the_write_lock_has_it_first(app: Flask) -> None:
    """Many that wait at once would otherwise keep one of them waiting for ever."""
    order: list[int] = []

    def write(number: int) -> None:
        with app.app_context(), writing():
            db.session.connection()
            order.append(number)
            db.session.rollback()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    with app.app_context(), writing():
        db.session.connection()
        threads[0].start()
        while not database._turn.locked():
            pass
        threads[1].start()
        db.session.rollback()
    for thread in threads:
        thread.join(60)

    assert order == [0, 1]
