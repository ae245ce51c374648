"""Column types that SQLite and PostgreSQL keep alike."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NoReturn

from flask import current_app
from sqlalchemy import DateTime, Enum, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from wizard.errors import Unreadable


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class Undecryptable:
    """In the place of a value that none of the keys can read: using it raises Unreadable, saving it changes nothing.

    So a row can be shown, and got rid of, whose value is out of reach.
    """

    def __init__(self, token: bytes, error: Unreadable) -> None:
        self.token, self._error = token, error

    def _use(self, *_: object) -> NoReturn:
        raise self._error

    __bool__ = __contains__ = __getitem__ = __iter__ = __len__ = __or__ = __ror__ = _use

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):  # what Python and SQLAlchemy ask of any value
            raise AttributeError(name)
        raise self._error


class EncryptedJson(TypeDecorator[Any]):
    """JSON under the instance's key ring. Always assign a new value: a change inside one is not noticed.

    A value that cannot be read is `Undecryptable`.
    """

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        if isinstance(value, Undecryptable):
            return value.token
        encrypted: bytes = current_app.extensions["keyring"].encrypt(json.dumps(value).encode())
        return encrypted

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        try:
            return json.loads(current_app.extensions["keyring"].decrypt(value))
        except Unreadable as error:
            return Undecryptable(value, error)


def enum_column(values: type[StrEnum], length: int = 20) -> Enum:
    """A column of an enum, kept as its text so that a new value needs no migration."""
    return Enum(
        values,
        native_enum=False,
        create_constraint=False,
        length=length,
        values_callable=lambda members: [member.value for member in members],
    )


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def name_key(name: str) -> str:
    """What makes two names the same: see `folded`.

    It has room for 254 characters that become two each (ß becomes ss); PostgreSQL cannot index the longest of all.
    """
    return folded(name)[:508]


def search_key(*texts: str | None) -> str:
    """What is searched for a part of any of these texts, a line each."""
    return "\n".join(folded(text) for text in texts if text)


def folded(text: str) -> str:
    """A text as it is compared: compatibility forms, case and white space do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
