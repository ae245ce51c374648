"""Tries are counted in the database, each for its key and its time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from limits import RateLimitItemPerHour, RateLimitItemPerSecond
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from wizard.extensions import db
from wizard.models import RateEntry
from wizard.models.database import writing
from wizard.security.rate_limit_storage import DatabaseStorage

TWICE = RateLimitItemPerHour(2)


@pytest.fixture
def storage(app: Flask) -> Iterator[DatabaseStorage]:
    found = storage_from_string("database://")
    assert isinstance(found, DatabaseStorage)
    with app.app_context():
        yield found


def age(seconds: float) -> None:
    """As if so many seconds had passed."""
    with writing():
        db.session.execute(
            update(RateEntry).values(at=RateEntry.at - seconds, expires_at=RateEntry.expires_at - seconds)
        )
        db.session.commit()


def test_as_many_as_are_allowed_pass_and_the_next_one_does_not(storage: DatabaseStorage) -> None:
    limiter = MovingWindowRateLimiter(storage)

    assert [limiter.hit(TWICE, "ola") for _ in range(3)] == [True, True, False]
    assert limiter.hit(TWICE, "kari")
    assert limiter.get_window_stats(TWICE, "ola").remaining == 0
    assert not limiter.test(TWICE, "ola")


def test_the_window_moves_on(storage: DatabaseStorage) -> None:
    limiter = MovingWindowRateLimiter(storage)
    assert limiter.hit(TWICE, "ola")
    age(1800)
    assert limiter.hit(TWICE, "ola")
    assert not limiter.hit(TWICE, "ola")

    age(1801)

    assert limiter.hit(TWICE, "ola")
    assert not limiter.hit(TWICE, "ola")


def test_what_is_over_is_taken_away(storage: DatabaseStorage) -> None:
    limiter = MovingWindowRateLimiter(storage)
    for name in ("ola", "kari", "per"):
        limiter.hit(TWICE, name)
    age(3601)

    limiter.hit(TWICE, "liv")

    assert db.session.scalar(select(func.count()).select_from(RateEntry)) == 1


def test_hits_of_a_clock_that_was_ahead_do_not_count(storage: DatabaseStorage) -> None:
    limiter = MovingWindowRateLimiter(storage)
    limiter.hit(TWICE, "ola", cost=2)
    age(-86400)

    assert limiter.get_window_stats(TWICE, "ola").remaining == 2
    assert limiter.hit(TWICE, "ola")

    assert db.session.scalar(select(func.count()).select_from(RateEntry)) == 1


def test_hits_of_another_machine_s_clock_that_is_seconds_ahead_count(storage: DatabaseStorage) -> None:
    limiter = MovingWindowRateLimiter(storage)
    limiter.hit(TWICE, "ola", cost=2)
    age(-2)

    assert not limiter.hit(TWICE, "ola")


def test_no_name_and_no_address_is_kept_in_the_clear(storage: DatabaseStorage) -> None:
    MovingWindowRateLimiter(storage).hit(TWICE, "a password in the wrong box")

    assert "password" not in str(db.session.scalars(select(RateEntry.key)).all())


def test_more_at_once_than_is_allowed_at_all_does_not_pass(storage: DatabaseStorage) -> None:
    assert not MovingWindowRateLimiter(storage).hit(TWICE, "ola", cost=3)


def test_a_fixed_window_counts_too(storage: DatabaseStorage) -> None:
    limiter = FixedWindowRateLimiter(storage)

    assert [limiter.hit(TWICE, "ola") for _ in range(3)] == [True, True, False]
    assert limiter.get_window_stats(TWICE, "ola").reset_time > 0
    limiter.clear(TWICE, "ola")
    assert limiter.test(TWICE, "ola")


def test_all_of_it_can_be_forgotten(storage: DatabaseStorage) -> None:
    MovingWindowRateLimiter(storage).hit(RateLimitItemPerSecond(1), "ola")

    assert storage.reset() == 1
    assert storage.check()
    assert storage.get_expiry("nobody") > 0


def test_an_error_of_the_database_is_one_of_the_storage(storage: DatabaseStorage) -> None:
    assert issubclass(OperationalError, storage.base_exceptions)
