"""The file format of a backup: a ZIP archive with `manifest.json` and one `<table>.jsonl` for each table.

The manifest holds the format, the schema revision, the time, and the columns, row count and SHA-256 of each table. A
line is one row, a list of values in the order of the columns. Times are ISO 8601, bytes are Base64. Encrypted values
stay encrypted. The file `signature` is the HMAC of the manifest, and through it of everything; version 1.0 had none.
"""

from __future__ import annotations

import base64
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, DateTime, LargeBinary, Table

from wizard.security import KeyRing

FORMAT = 2
MANIFEST = "manifest.json"
SIGNATURE = "signature"
PURPOSE = "backup"
BATCH = 500
MAX_LINE_BYTES = 1 << 26
"""A row has a few values of some MB at most. A longer line is cut, and so is no JSON any more."""

FORMAT_1_SCHEMAS = ("0001", "0002", "0003", "0004")
FORMAT_1_COLUMNS = {
    "account": "id name username username_key password_hash role language session_key created_at last_login_at"
    " disabled_at",
    "audit_event": "id at who action subject detail",
    "check_run": "id kind setup_id connector_id connection_id account_id request covers goes_on followed state stage"
    " stages verdict fields limit_seconds cancel_asked created_at started_at stage_started_at finished_at seen_at",
    "connection": "id guid connector_id name name_key description search_key state active all_access config fields"
    " origin pending catalog receipt health created_at updated_at updated_by deleted_at version",
    "connector": "id name name_key url endpoint search_key ca_pem sync_app_id fields health created_at updated_at"
    " updated_by deleted_at version",
    "group_member": "group_id person_id",
    "login_link": "id token_hash account_id expires_at used_at",
    "person": "id name name_key login login_key deleted_at",
    "rate_entry": "id key at expires_at",
    "scope_member": "id connection_id person_id group_id",
    "setup": "id kind step sync_app_id connector_id connection_id base_version draft account_id updated_by_id"
    " created_at updated_at finished_at version",
    "sync_app": "id erp route provider contact installed registered updated_at",
    "user_group": "id name name_key deleted_at",
}
"""The order of the values in format 1, whose manifest has none. Columns that a schema did not have yet are absent."""


class Forged(Exception):
    """The archive was not signed with these keys, or was changed since."""


def read_manifest(archive: zipfile.ZipFile, keyring: KeyRing | None) -> dict[str, Any]:
    """Raises Forged unless one of the keys has signed it; without a key ring nothing is authenticated."""
    content = _read(archive, MANIFEST)
    manifest: dict[str, Any] = json.loads(content)
    if keyring is None:
        manifest.pop("sha256", None)
    elif not _is_signed(archive, keyring, content):
        raise Forged
    return manifest


def _is_signed(archive: zipfile.ZipFile, keyring: KeyRing, content: bytes) -> bool:
    if SIGNATURE not in archive.namelist():
        return False
    return keyring.verify(content, _read(archive, SIGNATURE).decode(errors="replace"), PURPOSE)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        return file.read(MAX_LINE_BYTES)


def write_manifest(archive: zipfile.ZipFile, keyring: KeyRing, manifest: dict[str, Any]) -> None:
    """Signs it, too."""
    content = json.dumps(manifest, indent=2).encode()
    archive.writestr(MANIFEST, content)
    archive.writestr(SIGNATURE, keyring.sign(content, PURPOSE))


def table_names(manifest: dict[str, Any]) -> list[str]:
    return list(FORMAT_1_COLUMNS if manifest["format"] == 1 else manifest["columns"])


def read_rows(archive: zipfile.ZipFile, manifest: dict[str, Any], table: Table) -> Iterator[list[dict[str, Any]]]:
    """Yields the rows of a table in batches. Raises Forged at their end if they are not what was signed."""
    columns, digest = _columns(manifest, table), sha256()
    rows: list[dict[str, Any]] = []
    with archive.open(f"{table.name}.jsonl") as lines:
        while line := lines.readline(MAX_LINE_BYTES):
            digest.update(line)
            values = zip(columns, json.loads(line), strict=True)
            rows.append({column.name: _decode(column, value) for column, value in values})
            if len(rows) == BATCH:
                yield rows
                rows = []
    if rows:
        yield rows
    if "sha256" in manifest and manifest["sha256"][table.name] != digest.hexdigest():
        raise Forged


def _columns(manifest: dict[str, Any], table: Table) -> list[Column[Any]]:
    if manifest["format"] == 1:
        return [table.columns[name] for name in FORMAT_1_COLUMNS[table.name].split() if name in table.columns]
    return [table.columns[name] for name in manifest["columns"][table.name]]


def _decode(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    return base64.b64decode(value) if isinstance(column.type, LargeBinary) else value


def encode_row(values: Sequence[Any]) -> bytes:
    """Returns the line of a row."""
    return json.dumps([_encode(value) for value in values]).encode() + b"\n"


def _encode(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value
