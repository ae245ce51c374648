"""Puts everything that is encrypted or signed under the newest key."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app
from sqlalchemy import Column, LargeBinary, Table, bindparam, select, type_coerce, update

from wizard.domain import receipt
from wizard.extensions import Base, db
from wizard.models import CheckRun, RunKind
from wizard.models.columns import EncryptedJson, now
from wizard.models.database import writing
from wizard.security.keyring import KeyRing

BATCH = 200


def reencrypt() -> int:
    """Goes once through every encrypted column, some rows a transaction; returns how many values it has changed.

    Raises InstanceError for a value that none of the keys can read.
    """
    return sum(_reencrypt(table, column) for table, column in encrypted_columns())


def encrypted_columns() -> Iterator[tuple[Table, Column[bytes]]]:
    """Found by their type, so that none can be forgotten."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, EncryptedJson):
                yield table, column


def _reencrypt(table: Table, column: Column[bytes]) -> int:
    (key,) = table.primary_key
    token = type_coerce(column, LargeBinary)
    changed, last = 0, None
    while True:
        with writing():
            found = select(key, token).where(column.is_not(None)).order_by(key).limit(BATCH)
            rows = db.session.execute(found.where(key > last) if last is not None else found).all()
            changed += _change(table, column, [(row[0], row[1]) for row in rows])
            db.session.commit()
        if len(rows) < BATCH:
            return changed
        last = rows[-1][0]


def _change(table: Table, column: Column[bytes], rows: list[tuple[object, bytes]]) -> int:
    """A value that somebody has changed since it was read is left alone: that one is under the newest key already."""
    keyring: KeyRing = current_app.extensions["keyring"]
    (key,) = table.primary_key
    old = [(row, token) for row, token in rows if not keyring.is_newest(token)]
    still = type_coerce(column, LargeBinary) == bindparam("before", type_=LargeBinary)
    statement = (
        update(table)
        .where(key == bindparam("row"), still)
        .values({column: type_coerce(bindparam("after", type_=LargeBinary), LargeBinary)})
    )
    for row, token in old:
        db.session.execute(statement, {"row": row, "before": token, "after": keyring.rotate(token)})
    return len(old)


def sign_again() -> None:
    """Receipts that still hold are signed with the newest key, so that nothing has to be tested anew."""
    keyring: KeyRing = current_app.extensions["keyring"]
    with writing():
        for run in db.session.scalars(select(CheckRun).where(CheckRun.finished_at > now() - receipt.RECEIPT_LIFETIME)):
            message = _message(run)
            if keyring.verify(message, run.receipt_signature):
                run.receipt_signature = keyring.sign(message)
        db.session.commit()


def _message(run: CheckRun) -> bytes:
    asked = run.request
    if run.kind == RunKind.CONNECTOR:
        return receipt.connector_payload(asked["url"], asked["ca_pem"])
    return receipt.connection_payload(run.connector_id or 0, asked["url"], asked["ca_pem"], asked["values"])
