"""What is due is tested by one process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import timedelta

from flask import Flask

from tests import factories
from tests.factories.watches import change_watch, make_due_watch, make_watch, read_watch
from wizard.domain.watch import Interval
from wizard.models.columns import now
from wizard.services.watch import Job, claim_due, make_jumped_due


def claim(app: Flask, limit: int = 10, running: Sequence[int] = ()) -> list[Job]:
    with app.app_context():
        return claim_due(limit, running)


def test_what_is_due_is_claimed_by_one_process_until_that_should_have_ended(app: Flask) -> None:
    watch_id = make_due_watch(app)
    assert [job.watch_id for job in claim(app)] == [watch_id]
    assert claim(app) == []

    change_watch(app, watch_id, claimed_until=now() - timedelta(seconds=1))

    assert claim(app, running=[watch_id]) == []
    assert [job.watch_id for job in claim(app)] == [watch_id]


def test_two_schedulers_at_once_claim_each_of_many_once(app: Flask) -> None:
    wanted = {make_due_watch(app) for _ in range(40)}
    found: list[int] = []
    barrier = threading.Barrier(2)

    def work() -> None:
        barrier.wait()
        while jobs := claim(app, 3):
            found.extend(job.watch_id for job in jobs)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == sorted(wanted)


def test_what_is_not_due_off_or_deleted_is_not_tested(app: Flask) -> None:
    change_watch(app, make_due_watch(app), due_at=now() + timedelta(minutes=5))
    change_watch(app, make_due_watch(app, Interval.OFF), due_at=None)
    deleted = make_due_watch(app, deleted_at=now())

    assert claim(app) == []
    assert (read_watch(app, deleted).due_at or now()) > now() + timedelta(minutes=5)


def test_values_are_not_sent_where_a_connector_has_moved_to(app: Flask) -> None:
    secret = factories.declared_field("Password", "Password", type="Password")
    connector_id = factories.make_connector(app)
    values = {"config": {"Password": "s3cret"}, "fields": [secret]}
    for name, origin in (("Stayed", "1 https://erp.example"), ("Moved", "1 https://old.example")):
        connection_id = factories.make_connection(app, connector_id, name, origin=origin, **values)
        change_watch(app, make_watch(app, connection_id=connection_id, days=0), due_at=now())

    assert [job.connection_id for job in claim(app)] == [1]


def test_values_that_no_key_decrypts_are_not_sent_where_a_connector_has_moved_to(app: Flask) -> None:
    connector_id = factories.make_connector(app)
    secret = factories.declared_field("Password", "Password", type="Password")
    values = {"config": {"Password": "s3cret"}, "fields": [secret], "origin": "1 https://old.example"}
    connection_id = factories.make_connection(app, connector_id, **values)
    watch_id = make_watch(app, connection_id=connection_id, days=0)
    change_watch(app, watch_id, due_at=now())
    factories.lose(app, "connection.config")

    assert claim(app) == []
    assert (read_watch(app, watch_id).due_at or now()) > now() + timedelta(minutes=5)


def test_a_clock_that_was_set_back_lets_nothing_wait(app: Flask) -> None:
    watch_ids = [make_due_watch(app, interval) for interval in (Interval.MINUTE, Interval.DAY)]
    for watch_id in watch_ids:
        change_watch(app, watch_id, due_at=now() + timedelta(hours=3), claimed_until=now() + timedelta(hours=3))

    factories.in_app(app, make_jumped_due)

    assert [job.watch_id for job in claim(app)] == watch_ids[:1]
    assert read_watch(app, watch_ids[1]).claimed_until is None


def test_a_clock_that_was_set_forward_does_not_let_two_test_at_once(app: Flask) -> None:
    watch_id = make_due_watch(app)
    claim(app)
    change_watch(app, watch_id, claimed_until=now() - timedelta(hours=3))

    assert claim(app, running=[watch_id]) == []
