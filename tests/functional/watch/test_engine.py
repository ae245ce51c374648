"""What is due is tested once, and what was found is kept and told once."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests import factories
from tests.factories.watches import TIMEOUT, make_watch
from wizard.domain.watch import Interval
from wizard.extensions import db
from wizard.models import CheckRun, Connector, Outage, Watch, WatchDay
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.watch import Job, Result, Tell, claim_due, make_jumped_due, perform, store, void

MIDNIGHT = datetime(2026, 11, 28, tzinfo=UTC)


def watch_one(app: Flask, interval: Interval = Interval.HOUR, **more: object) -> int:
    """The watch of a new connector, due now."""
    number = factories.in_app(app, lambda: len(db.session.scalars(select(Connector.id)).all()))
    connector_id = factories.make_connector(app, f"Connector {number}", **more)
    watch_id = make_watch(app, connector_id=connector_id, days=0, interval=interval)
    change(app, watch_id, due_at=now())
    return watch_id


def change(app: Flask, watch_id: int, **values: object) -> None:
    with app.app_context(), writing():
        db.session.execute(update(Watch).where(Watch.id == watch_id).values(values))
        db.session.commit()


def read(app: Flask, watch_id: int) -> Watch:
    with app.app_context():
        return db.session.get_one(Watch, watch_id)


def claim(app: Flask, limit: int = 10, running: Sequence[int] = ()) -> list[Job]:
    with app.app_context():
        return claim_due(limit, running)


class Told:
    """Keeps what was told."""

    def __init__(self) -> None:
        self.broken: list[list[int]] = []
        self.working: list[list[int]] = []
        self.tell = Tell(lambda ids: self.broken.append(list(ids)), lambda ids: self.working.append(list(ids)))


def find(app: Flask, watch_id: int, at: datetime, *, fails: bool, told: Told | None = None) -> None:
    """A test of the watch at this time."""
    change(app, watch_id, due_at=now(), claimed_until=None)
    [job] = claim(app)
    with app.app_context():
        store([Result(job, at, TIMEOUT if fails else None, (TIMEOUT,) if fails else ())], (told or Told()).tell)


def days(app: Flask) -> list[tuple[int, int, int]]:
    with app.app_context():
        rows = db.session.scalars(select(WatchDay).order_by(WatchDay.day))
        return [(row.tests, row.failed, row.down_seconds) for row in rows]


def test_what_is_due_is_claimed_by_one_process_until_that_should_have_ended(app: Flask) -> None:
    watch_id = watch_one(app)
    assert [job.watch_id for job in claim(app)] == [watch_id]
    assert claim(app) == []

    change(app, watch_id, claimed_until=now() - timedelta(seconds=1))

    assert claim(app, running=[watch_id]) == []
    assert [job.watch_id for job in claim(app)] == [watch_id]


def test_two_schedulers_at_once_claim_each_of_many_once(app: Flask) -> None:
    wanted = {watch_one(app) for _ in range(40)}
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
    change(app, watch_one(app), due_at=now() + timedelta(minutes=5))
    change(app, watch_one(app, Interval.OFF), due_at=None)
    deleted = watch_one(app, deleted_at=now())

    assert claim(app) == []
    assert (read(app, deleted).due_at or now()) > now() + timedelta(minutes=5)


def test_values_are_not_sent_where_a_connector_has_moved_to(app: Flask) -> None:
    secret = factories.declared_field("Password", "Password", type="Password")
    connector_id = factories.make_connector(app)
    values = {"config": {"Password": "s3cret"}, "fields": [secret]}
    for name, origin in (("Stayed", "1 https://erp.example"), ("Moved", "1 https://old.example")):
        connection_id = factories.make_connection(app, connector_id, name, origin=origin, **values)
        change(app, make_watch(app, connection_id=connection_id, days=0), due_at=now())

    assert [job.connection_id for job in claim(app)] == [1]


def test_a_clock_that_was_set_back_lets_nothing_wait(app: Flask) -> None:
    watch_ids = [watch_one(app, interval) for interval in (Interval.MINUTE, Interval.DAY)]
    for watch_id in watch_ids:
        change(app, watch_id, due_at=now() + timedelta(hours=3), claimed_until=now() + timedelta(hours=3))

    factories.in_app(app, make_jumped_due)

    assert [job.watch_id for job in claim(app)] == watch_ids[:1]
    assert read(app, watch_ids[1]).claimed_until is None


def test_a_clock_that_was_set_forward_does_not_let_two_test_at_once(app: Flask) -> None:
    watch_id = watch_one(app)
    claim(app)
    change(app, watch_id, claimed_until=now() - timedelta(hours=3))

    assert claim(app, running=[watch_id]) == []


def test_what_works_leaves_a_count_and_no_run(app: Flask) -> None:
    watch_id = watch_one(app)
    for minute in (0, 1):
        find(app, watch_id, MIDNIGHT + timedelta(minutes=minute), fails=False)

    watch = read(app, watch_id)
    assert (watch.failures, watch.claimed_until, watch.last_at) == (0, None, MIDNIGHT + timedelta(minutes=1))
    assert days(app) == [(2, 0, 0)]
    with app.app_context():
        assert db.session.scalars(select(CheckRun)).all() == []
        assert db.session.scalars(select(Outage)).all() == []


def test_what_breaks_is_told_at_its_second_failure_and_when_it_works_again(app: Flask) -> None:
    watch_id, told = watch_one(app), Told()
    for minute in (-10, -5, 5):
        find(app, watch_id, MIDNIGHT + timedelta(minutes=minute), fails=True, told=told)
        assert told.broken == ([] if minute == -10 else [[1]])
    assert read(app, watch_id).is_down
    assert told.working == []

    for minute in (15, 75):
        find(app, watch_id, MIDNIGHT + timedelta(minutes=minute), fails=False, told=told)

    assert (told.broken, told.working) == ([[1]], [[1]])
    assert days(app) == [(2, 2, 600), (3, 1, 900)]
    with app.app_context():
        [outage] = db.session.scalars(select(Outage))
        assert (outage.failures, outage.reason) == (3, "connect.timeout")
        assert (outage.since, outage.until) == (MIDNIGHT - timedelta(minutes=10), MIDNIGHT + timedelta(minutes=15))
        assert outage.stages == (TIMEOUT,)


def test_one_failure_is_kept_and_told_nobody(app: Flask) -> None:
    watch_id, told = watch_one(app), Told()
    find(app, watch_id, MIDNIGHT, fails=True, told=told)
    assert not read(app, watch_id).is_down
    find(app, watch_id, MIDNIGHT + timedelta(minutes=5), fails=False, told=told)

    assert (told.broken, told.working) == ([], [])
    assert days(app) == [(2, 1, 300)]


def test_time_in_which_nothing_was_tested_is_not_known_to_be_down(app: Flask) -> None:
    watch_id = watch_one(app)
    find(app, watch_id, MIDNIGHT, fails=True)
    find(app, watch_id, MIDNIGHT + timedelta(days=2), fails=True)

    assert days(app) == [(1, 1, 0), (1, 1, 0)]


def test_a_result_that_comes_after_another_process_has_claimed_the_test_is_dropped(app: Flask) -> None:
    watch_id = watch_one(app)
    [job] = claim(app)
    change(app, watch_id, claimed_until=now() - timedelta(seconds=1))
    claim(app)

    with app.app_context():
        store([Result(job, now())], Tell())

    assert days(app) == []


@pytest.mark.parametrize("pause", [timedelta(), timedelta(minutes=1)])
def test_a_test_that_found_nothing_is_made_again(app: Flask, pause: timedelta) -> None:
    watch_id = watch_one(app)
    [job] = claim(app)
    with app.app_context():
        store([void(job, pause)], Tell())

    assert days(app) == []
    assert [each.watch_id for each in claim(app)] == ([] if pause else [watch_id])


def test_what_cannot_be_told_is_not_stored_as_told(app: Flask) -> None:
    watch_id = watch_one(app)
    find(app, watch_id, MIDNIGHT, fails=True)
    change(app, watch_id, due_at=now())
    [job] = claim(app)

    def fail(_: Sequence[int]) -> None:
        raise RuntimeError

    with app.app_context(), pytest.raises(RuntimeError):
        store([Result(job, now(), TIMEOUT)], Tell(broken=fail))

    assert read(app, watch_id).failures == 1


def test_only_the_newest_outages_are_kept_and_few_with_their_stages(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.services.watch.storing.MAX_OUTAGES", 5)
    watch_id = watch_one(app)
    for number in range(14):
        find(app, watch_id, MIDNIGHT + timedelta(minutes=number), fails=number % 2 == 0)

    with app.app_context():
        kept = db.session.scalars(select(Outage).order_by(Outage.id)).all()
        assert [each.id for each in kept] == [3, 4, 5, 6, 7]
        assert [bool(each.stages) for each in kept] == [False, False, True, True, True]


def test_what_is_older_than_a_year_is_forgotten(app: Flask) -> None:
    watch_id = watch_one(app)
    find(app, watch_id, now() - timedelta(days=370), fails=True)
    find(app, watch_id, now() - timedelta(days=367), fails=False)
    find(app, watch_id, now() - timedelta(days=10), fails=True)
    find(app, watch_id, now(), fails=False)

    assert len(days(app)) == 2
    with app.app_context():
        assert len(db.session.scalars(select(Outage)).all()) == 1


def test_a_connection_is_tested_with_its_saved_values(app: Flask, practice_url: str) -> None:
    connector_id = factories.make_connector(app, url=practice_url)
    origin = f"{connector_id} {'/'.join(practice_url.split('/')[:3])}"
    for password in ("practice", "wrong"):
        config = {"Company": "ACME-NO", "ApiUser": "API-SO", "ApiPassword": password, "Outcome": "ok"}
        connection_id = factories.make_connection(app, connector_id, password, config=config, origin=origin)
        change(app, make_watch(app, connection_id=connection_id, days=0), due_at=now())

    with app.app_context():
        found = [perform(job, lambda: False) for job in claim_due(2)]

    assert [each.failure and each.failure.reason for each in found] == [None, "config.rejected"]


def test_a_failure_is_kept_without_the_secrets_of_its_connection(app: Flask) -> None:
    secret = factories.declared_field("Password", "Password", type="Password")
    page = "<html>user sync with s3cret-word is unknown</html>"
    with factories.serve_app(_page(page)) as address:
        connector_id = factories.make_connector(app, url=address + "/x.svc")
        connection_id = factories.make_connection(
            app,
            connector_id,
            config={"Password": "s3cret-word"},
            fields=[secret],
            origin=f"{connector_id} {address}",
        )
        change(app, make_watch(app, connection_id=connection_id, days=0), due_at=now())
        [job] = claim(app)
        with app.app_context():
            result = perform(job, lambda: False)
            store([result], Tell())

    with app.app_context():
        [outage] = db.session.scalars(select(Outage))
        assert outage.reason == "contract.html"
        assert "unknown" in str(outage.stages)
        assert "s3cret-word" not in str(outage.stages)


def _page(text: str) -> Flask:
    host = Flask("host")
    host.add_url_rule("/x.svc", "page", lambda: text, methods=["GET", "POST"])
    return host
