"""Re-encrypts every value and re-signs every receipt with the newest key."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app
from sqlalchemy import Column, Table, bindparam, select, update

from wizard.domain import receipt
from wizard.domain.check import RunKind
from wizard.extensions import Base, db
from wizard.models import CheckRun
from wizard.models.columns import now
from wizard.models.database import checkpoint, writing
from wizard.models.encrypted import Token, context_of
from wizard.security import KeyRing

BATCH = 200


def reencrypt() -> int:
    """Re-encrypts every value once, some rows per transaction; returns how many have changed.

    The disk has them all then. Raises DecryptionError for a value that no key decrypts.
    """
    changed = sum(_reencrypt_column(table, column) for table, column in encrypted_columns())
    checkpoint()
    return changed


def encrypted_columns() -> Iterator[tuple[Table, Column[bytes]]]:
    """Yields every encrypted column with its table, by the column type."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Token):
                yield table, column


def _reencrypt_column(table: Table, column: Column[bytes]) -> int:
    (key,) = table.primary_key
    changed, last = 0, None
    while True:
        with writing():
            batch = select(key, column).where(column.is_not(None)).order_by(key).limit(BATCH)
            rows = db.session.execute(batch.where(key > last) if last is not None else batch).all()
            changed += _reencrypt_rows(table, column, [(row[0], row[1]) for row in rows])
            db.session.commit()
        if len(rows) < BATCH:
            return changed
        last = rows[-1][0]


def _reencrypt_rows(table: Table, column: Column[bytes], rows: list[tuple[object, bytes]]) -> int:
    """Leaves a value alone that has changed since it was read: the newest key has encrypted it already."""
    keyring: KeyRing = current_app.extensions["keyring"]
    (key,) = table.primary_key
    unchanged = (key == bindparam("row_id")) & (column == bindparam("before"))
    statement = update(table).where(unchanged).values({column: bindparam("after")})
    changed = 0
    for row_id, token in rows:
        context = context_of(table.name, column.name, row_id)
        if not keyring.is_newest(token, context):
            db.session.execute(statement, {"row_id": row_id, "before": token, "after": keyring.rotate(token, context)})
            changed += 1
    return changed


def renew_receipts() -> None:
    """Re-signs every valid receipt with the newest key, so that nothing has to be tested again."""
    keyring: KeyRing = current_app.extensions["keyring"]
    with writing():
        for run in db.session.scalars(select(CheckRun).where(CheckRun.finished_at > now() - receipt.RECEIPT_LIFETIME)):
            payload = _receipt_payload(run)
            if keyring.verify(payload, run.receipt_signature):
                run.receipt_signature = keyring.sign(payload)
        db.session.commit()


def _receipt_payload(run: CheckRun) -> bytes:
    request = run.request
    if run.kind == RunKind.CONNECTOR:
        return receipt.connector_payload(request["url"], request["ca_pem"])
    return receipt.connection_payload(run.connector_id or 0, request["url"], request["ca_pem"], request["values"])
