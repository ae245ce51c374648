"""What was found is kept, and told once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories.watches import TIMEOUT, change_watch, make_due_watch, read_watch
from wizard.domain.watch import Interval
from wizard.extensions import db
from wizard.models import CheckRun, Notice, Outage, WatchDay
from wizard.models.columns import now
from wizard.services.notices import note_broken, note_working
from wizard.services.watch import Job, Result, Tell, claim_due, store, void

MIDNIGHT = datetime(2026, 11, 28, tzinfo=UTC)


def claim(app: Flask) -> list[Job]:
    with app.app_context():
        return claim_due(10)


class Told:
    """Keeps what was told."""

    def __init__(self) -> None:
        self.broken: list[list[int]] = []
        self.working: list[list[int]] = []
        self.tell = Tell(lambda ids: self.broken.append(list(ids)), lambda ids: self.working.append(list(ids)))


def find(app: Flask, watch_id: int, at: datetime, *, fails: bool, told: Told | None = None) -> None:
    """A test of the watch at this time."""
    change_watch(app, watch_id, due_at=now(), claimed_until=None)
    [job] = claim(app)
    with app.app_context():
        store([Result(job, at, TIMEOUT if fails else None, (TIMEOUT,) if fails else ())], (told or Told()).tell)


def days(app: Flask) -> list[tuple[int, int, int]]:
    with app.app_context():
        rows = db.session.scalars(select(WatchDay).order_by(WatchDay.day))
        return [(row.tests, row.failed, row.down_seconds) for row in rows]


def test_the_time_between_tests_is_watched_unless_nobody_tested_for_long(app: Flask) -> None:
    watch_id = make_due_watch(app)
    for minute, fails in enumerate((False, True, True, False)):
        find(app, watch_id, MIDNIGHT + timedelta(minutes=minute), fails=fails)
    find(app, watch_id, MIDNIGHT + timedelta(hours=9), fails=False)

    with app.app_context():
        (day,) = db.session.scalars(select(WatchDay)).all()
        assert (day.down_seconds, day.watched_seconds) == (120, 180)


def test_what_works_leaves_a_count_and_no_run(app: Flask) -> None:
    watch_id = make_due_watch(app)
    for minute in (0, 1):
        find(app, watch_id, MIDNIGHT + timedelta(minutes=minute), fails=False)

    watch = read_watch(app, watch_id)
    assert (watch.failures, watch.claimed_until, watch.last_at) == (0, None, MIDNIGHT + timedelta(minutes=1))
    assert days(app) == [(2, 0, 0)]
    with app.app_context():
        assert db.session.scalars(select(CheckRun)).all() == []
        assert db.session.scalars(select(Outage)).all() == []


def test_what_breaks_is_told_at_its_second_failure_and_when_it_works_again(app: Flask) -> None:
    watch_id, told = make_due_watch(app), Told()
    for minute in (-10, -5, 5):
        find(app, watch_id, MIDNIGHT + timedelta(minutes=minute), fails=True, told=told)
        assert told.broken == ([] if minute == -10 else [[1]])
    assert read_watch(app, watch_id).is_down
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


def test_what_is_told_is_noted_with_what_was_found(app: Flask) -> None:
    watch_id, told = make_due_watch(app), Told()
    told.tell = Tell(note_broken, note_working)
    for minute, fails in ((0, True), (5, True), (15, False)):
        find(app, watch_id, MIDNIGHT + timedelta(minutes=minute), fails=fails, told=told)

    with app.app_context():
        noted = db.session.scalars(select(Notice).order_by(Notice.id))
        assert [(each.kind, each.outage_id) for each in noted] == [("broken", 1), ("working", 1)]


def test_one_failure_is_kept_and_told_nobody(app: Flask) -> None:
    watch_id, told = make_due_watch(app), Told()
    find(app, watch_id, MIDNIGHT, fails=True, told=told)
    assert not read_watch(app, watch_id).is_down
    find(app, watch_id, MIDNIGHT + timedelta(minutes=5), fails=False, told=told)

    assert (told.broken, told.working) == ([], [])
    assert days(app) == [(2, 1, 300)]


def test_time_in_which_nothing_was_tested_is_not_known_to_be_down(app: Flask) -> None:
    watch_id = make_due_watch(app)
    find(app, watch_id, MIDNIGHT, fails=True)
    find(app, watch_id, MIDNIGHT + timedelta(days=2), fails=True)

    assert days(app) == [(1, 1, 0), (1, 1, 0)]


def test_a_result_that_comes_after_another_process_has_claimed_the_test_is_dropped(app: Flask) -> None:
    watch_id = make_due_watch(app)
    [job] = claim(app)
    change_watch(app, watch_id, claimed_until=now() - timedelta(seconds=1))
    claim(app)

    with app.app_context():
        store([Result(job, now())], Tell())

    assert days(app) == []


@pytest.mark.parametrize("pause", [timedelta(), timedelta(minutes=1)])
def test_a_test_that_found_nothing_is_made_again(app: Flask, pause: timedelta) -> None:
    watch_id = make_due_watch(app)
    [job] = claim(app)
    with app.app_context():
        store([void(job, pause)], Tell())

    assert days(app) == []
    assert [each.watch_id for each in claim(app)] == ([] if pause else [watch_id])


def test_what_cannot_be_told_is_not_stored_as_told(app: Flask) -> None:
    watch_id = make_due_watch(app)
    find(app, watch_id, MIDNIGHT, fails=True)
    change_watch(app, watch_id, due_at=now())
    [job] = claim(app)

    def fail(_: Sequence[int]) -> None:
        raise RuntimeError

    with app.app_context(), pytest.raises(RuntimeError):
        store([Result(job, now(), TIMEOUT)], Tell(broken=fail))

    assert read_watch(app, watch_id).failures == 1


def test_only_the_newest_outages_are_kept_and_few_with_their_stages(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.services.watch.storing.MAX_OUTAGES", 5)
    watch_id = make_due_watch(app)
    for number in range(14):
        find(app, watch_id, MIDNIGHT + timedelta(minutes=number), fails=number % 2 == 0)

    with app.app_context():
        kept = db.session.scalars(select(Outage).order_by(Outage.id)).all()
        assert [each.id for each in kept] == [3, 4, 5, 6, 7]
        assert [bool(each.stages) for each in kept] == [False, False, True, True, True]


def test_what_is_older_than_a_year_is_forgotten(app: Flask) -> None:
    watch_id = make_due_watch(app)
    find(app, watch_id, now() - timedelta(days=370), fails=True)
    find(app, watch_id, now() - timedelta(days=367), fails=False)
    find(app, watch_id, now() - timedelta(days=10), fails=True)
    find(app, watch_id, now(), fails=False)

    assert len(days(app)) == 2
    with app.app_context():
        assert len(db.session.scalars(select(Outage)).all()) == 1


def test_what_is_switched_off_during_its_test_keeps_no_result(app: Flask) -> None:
    watch_id = make_due_watch(app)
    [job] = claim(app)
    change_watch(app, watch_id, interval=Interval.OFF, due_at=None)

    with app.app_context():
        store([Result(job, MIDNIGHT, TIMEOUT, (TIMEOUT,))], Tell())

    watch = read_watch(app, watch_id)
    assert (watch.claimed_until, watch.due_at, watch.last_at, watch.failures) == (None, None, None, 0)
    assert days(app) == []
