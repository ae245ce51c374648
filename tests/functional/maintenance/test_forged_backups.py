"""A backup that somebody has made or changed who does not have the keys."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import in_app, make_account
from tests.functional.maintenance.backups import backed_up, refused, rewritten, rows
from wizard.security import KeyRing
from wizard.services.maintenance.restore import restore_backup

Files = dict[str, bytes]
OTHER = "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyMTI="


def add_administrator(files: Files) -> None:
    first = json.loads(files["account.jsonl"].splitlines()[0])
    columns = json.loads(files["manifest.json"])["columns"]["account"]
    forged = dict(zip(columns, first, strict=True)) | {"id": 999, "username": "mallory", "username_key": "mallory"}
    files["account.jsonl"] += json.dumps(list(forged.values())).encode() + b"\n"


def with_digest(files: Files) -> None:
    add_administrator(files)
    manifest = json.loads(files["manifest.json"])
    manifest["sha256"]["account"] = sha256(files["account.jsonl"]).hexdigest()
    files["manifest.json"] = json.dumps(manifest).encode()


def without_digest(files: Files) -> None:
    add_administrator(files)
    manifest = json.loads(files["manifest.json"])
    del manifest["sha256"]
    files["manifest.json"] = json.dumps(manifest).encode()


def without_signature(files: Files) -> None:
    without_digest(files)
    del files["signature"]


def signed_with_other_keys(files: Files) -> None:
    with_digest(files)
    files["signature"] = KeyRing([OTHER]).sign(files["manifest.json"], "backup").encode()


def with_odd_signature(files: Files) -> None:
    files["signature"] = "é".encode()


@pytest.mark.parametrize(
    "forge",
    [
        *(add_administrator, with_digest, without_digest, without_signature),
        *(signed_with_other_keys, with_odd_signature),
    ],
)
def test_a_forged_backup_is_refused(
    filled: Flask, empty: Flask, tmp_path: Path, forge: Callable[[Files], None]
) -> None:
    forged = rewritten(backed_up(filled, tmp_path / "all.zip"), forge)

    assert "not signed with the keys that are here, or was changed since" in refused(empty, forged)
    assert sum(rows(empty).values()) == 0


def test_a_table_that_was_taken_from_another_backup_is_refused(filled: Flask, empty: Flask, tmp_path: Path) -> None:
    before = backed_up(filled, tmp_path / "before.zip")
    make_account(filled, "Added later")
    after = backed_up(filled, tmp_path / "after.zip")
    with zipfile.ZipFile(after) as archive:
        accounts = archive.read("account.jsonl")

    mixed = rewritten(before, lambda files: files.update({"account.jsonl": accounts}))

    assert "was changed since" in refused(empty, mixed)


def test_a_receipt_signs_no_backup(filled: Flask, empty: Flask, tmp_path: Path) -> None:
    def sign(files: Files) -> None:
        files["signature"] = empty.extensions["keyring"].sign(files["manifest.json"]).encode()

    assert "not signed" in refused(empty, rewritten(backed_up(filled, tmp_path / "all.zip"), sign))


def test_an_unsigned_backup_is_restored_when_asked_to(filled: Flask, empty: Flask, tmp_path: Path) -> None:
    forged = rewritten(backed_up(filled, tmp_path / "all.zip"), without_signature)

    in_app(empty, lambda: restore_backup(forged, unsigned=True))

    assert rows(empty)["account"] == rows(filled)["account"] + 1
