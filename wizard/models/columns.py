"""Column types that SQLite and PostgreSQL store alike, and the keys by which names are compared."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import DateTime, Enum, Integer
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class DayNumber(TypeDecorator[date]):
    """A date, stored as its number: a table of days has many rows."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        return value.toordinal() if value else None

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:
        return date.fromordinal(value) if value else None


def enum_column(values: type[StrEnum], length: int = 20) -> Enum:
    """A column of an enum, stored as text without a constraint, so that a new value needs no migration."""
    return Enum(
        values,
        native_enum=False,
        create_constraint=False,
        length=length,
        values_callable=lambda members: [member.value for member in members],
    )


def now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


def name_key(name: str) -> str:
    """Normalizes a name for unique indexes: two names with the same key are the same name.

    The limit leaves room for 254 characters that fold to two each (ß to ss). PostgreSQL cannot index the longest
    possible keys, so they are cut.
    """
    return folded(name)[:508]


def search_key(*texts: str | None) -> str:
    """Normalizes texts for searches, one line each."""
    return "\n".join(folded(text) for text in texts if text)


def folded(text: str) -> str:
    """Normalizes a text for comparison: compatibility forms, case and white space do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
