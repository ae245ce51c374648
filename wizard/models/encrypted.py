"""Encrypted values of rows. Each is encrypted for its row and column: copied elsewhere, it cannot be decrypted."""

from __future__ import annotations

import json
from typing import Any, Generic, NoReturn, Protocol, Self, TypeVar, cast, overload

from flask import current_app
from sqlalchemy import Connection, LargeBinary, Table, event, update
from sqlalchemy.orm import Mapper
from sqlalchemy.orm.attributes import set_committed_value

from wizard.errors import DecryptionError

Value = TypeVar("Value")


UNSET = b""
"""The default of a column that may not be empty, until the id of its row is known."""


class Token(LargeBinary):
    """The type of the columns that hold what is encrypted."""


class Undecryptable:
    """Stands for a value that no key decrypts: using it raises DecryptionError, saving it writes the same token again.

    It lets a row be loaded, listed and deleted without its value.
    """

    def __init__(self, token: bytes, error: DecryptionError) -> None:
        self.token, self._error = token, error

    def _use(self, *_: object) -> NoReturn:
        raise self._error

    __bool__ = __contains__ = __getitem__ = __iter__ = __len__ = __or__ = __ror__ = _use

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):  # Python and SQLAlchemy look for special methods of any value
            raise AttributeError(name)
        raise self._error


def context_of(table: str, column: str, row_id: object) -> str:
    """What a value is encrypted for. A column that is renamed keeps its old name here."""
    return f"{table}.{column} {row_id}"


class _Row(Protocol):
    """A row of a model that has encrypted values."""

    id: Any
    __tablename__: str


class Encrypted(Generic[Value]):
    """A JSON value of a row, kept as a token in the attribute `<name>_token`, whose column is `<name>`.

    What no key decrypts is read as `Undecryptable`. Always assign a new value: a change inside one is not tracked.
    """

    def __set_name__(self, owner: type[_Row], name: str) -> None:
        self._table = owner.__tablename__
        self._column, self._token, self._cached = name, f"{name}_token", f"_{name}_value"
        for moment in ("load", "refresh"):
            event.listen(owner, moment, self._decrypt_loaded, propagate=True)
        event.listen(owner, "after_insert", self._encrypt_new, propagate=True)

    def encode(self, value: Value) -> Any:
        """The value as JSON has it."""
        return value

    def decode(self, data: Any) -> Value:
        """The value that was encoded."""
        return cast(Value, data)

    def read(self, value: Value | Undecryptable | None) -> Value:
        """What a row shows of the value, which is None while its column is empty."""
        return cast(Value, value)

    @overload
    def __get__(self, row: None, owner: type[_Row]) -> Self: ...

    @overload
    def __get__(self, row: _Row, owner: type[_Row]) -> Value: ...

    def __get__(self, row: _Row | None, owner: type[_Row]) -> Self | Value:
        if row is None:
            return self
        token: bytes | None = getattr(row, self._token)
        cached, value = row.__dict__.get(self._cached, (None, None))
        return self.read(value if cached == token else self._decrypt(row, token))

    def __set__(self, row: _Row, value: Value) -> None:
        if row.id is None:  # `_encrypt_new` encrypts it once there is one
            row.__dict__[self._cached] = None, value
        else:
            setattr(row, self._token, self._encrypt(row, value))

    def _decrypt_loaded(self, row: _Row, *_: object) -> None:
        if self._token in row.__dict__:
            self.__get__(row, type(row))

    def _encrypt_new(self, mapper: Mapper[Any], connection: Connection, row: _Row) -> None:
        """Encrypts what was set before the row had an id."""
        _, value = row.__dict__.get(self._cached, (None, None))
        token = getattr(row, self._token)
        if token or (token is None and value is None):
            return
        token = self._encrypt(row, {} if value is None else value)
        set_committed_value(row, self._token, token)
        table = cast(Table, mapper.local_table)
        connection.execute(update(table).where(table.c.id == row.id).values({self._column: token}))

    def _decrypt(self, row: _Row, token: bytes | None) -> Value | Undecryptable | None:
        if token is None:
            return None
        try:
            data = current_app.extensions["keyring"].decrypt(token, self._context(row))
        except DecryptionError as error:
            return Undecryptable(token, error)
        value = self.decode(json.loads(data))
        row.__dict__[self._cached] = token, value
        return value

    def token_of(self, row_id: object, value: Value) -> bytes:
        """What the column holds for a value of a row that is not loaded."""
        data = json.dumps(self.encode(value)).encode()
        token: bytes = current_app.extensions["keyring"].encrypt(data, context_of(self._table, self._column, row_id))
        return token

    def value_of(self, row_id: object, token: bytes | None) -> Value:
        """What the column of a row that is not loaded holds. Raises DecryptionError."""
        if token is None:
            return self.read(None)
        context = context_of(self._table, self._column, row_id)
        return self.read(self.decode(json.loads(current_app.extensions["keyring"].decrypt(token, context))))

    def _encrypt(self, row: _Row, value: Value) -> bytes | None:
        if value is None:
            return None
        if isinstance(value, Undecryptable):
            return value.token
        token = self.token_of(row.id, value)
        row.__dict__[self._cached] = token, value
        return token

    def _context(self, row: _Row) -> str:
        return context_of(self._table, self._column, row.id)
