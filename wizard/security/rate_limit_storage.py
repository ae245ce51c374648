"""Counts requests in the database, so that a rate limit holds for all processes together and survives restarts."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager

from limits.storage import MovingWindowSupport, Storage
from sqlalchemy import delete, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from wizard.extensions import db
from wizard.models import RateEntry
from wizard.models.database import writing

MAX_CLOCK_SKEW = 60.0
"""By how many seconds the clocks of several machines may differ. Hits from later are from a clock that was ahead."""


class DatabaseStorage(Storage, MovingWindowSupport):
    """A storage backend of the library `limits` in the database of the current app; its URI is `database://`."""

    STORAGE_SCHEME = ["database"]  # noqa: RUF012 - as the library declares it

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Records `amount` hits unless that would exceed the limit within `expiry` seconds. Returns whether it has."""
        with _transaction(key) as hashed:
            now = time.time()
            if _count(hashed, now - expiry) + amount > limit:
                return False
            db.session.add_all(RateEntry(key=hashed, at=now, expires_at=now + expiry) for _ in range(amount))
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """The start of the window, in seconds since the epoch, and the number of hits in it."""
        now = time.time()
        in_window = RateEntry.key == _hashed(key), RateEntry.at > now - expiry, RateEntry.at <= now + MAX_CLOCK_SKEW
        first, count = db.session.execute(select(func.min(RateEntry.at), func.count()).where(*in_window)).one()
        return first or now, count

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        with _transaction(key) as hashed:
            now = time.time()
            db.session.add_all(RateEntry(key=hashed, at=now, expires_at=now + expiry) for _ in range(amount))
            db.session.flush()
            return _count(hashed, 0)

    def get(self, key: str) -> int:
        return _count(_hashed(key), 0)

    def get_expiry(self, key: str) -> float:
        last = select(func.max(RateEntry.expires_at)).where(RateEntry.key == _hashed(key))
        return db.session.scalar(last) or time.time()

    def check(self) -> bool:
        return db.session.scalar(select(1)) == 1

    def reset(self) -> int | None:
        with _transaction(""):
            return len(db.session.scalars(delete(RateEntry).returning(RateEntry.id)).all())

    def clear(self, key: str) -> None:
        with _transaction(key) as hashed:
            db.session.execute(delete(RateEntry).where(RateEntry.key == hashed))


@contextmanager
def _transaction(key: str) -> Iterator[str]:
    """A separate write transaction without entries that have expired or are from a clock that was ahead.

    Concurrent ones with the same key wait for it.
    """
    hashed = _hashed(key)
    db.session.rollback()
    with writing():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(select(func.pg_advisory_xact_lock(int(hashed[:15], 16))))
        now = time.time()
        void = or_(RateEntry.expires_at <= now, RateEntry.at > now + MAX_CLOCK_SKEW)
        db.session.execute(delete(RateEntry).where(void))
        yield hashed
        db.session.commit()


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _count(hashed: str, since: float) -> int:
    in_time = RateEntry.at > since, RateEntry.at <= time.time() + MAX_CLOCK_SKEW
    entries = select(func.count()).where(RateEntry.key == hashed, *in_time)
    return db.session.scalar(entries) or 0
