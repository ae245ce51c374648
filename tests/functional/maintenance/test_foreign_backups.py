"""Backups that are damaged, changed or of another version."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import in_app
from tests.functional.maintenance.backups import backed_up, refused, rewritten, rows
from wizard.errors import InstanceError
from wizard.extensions import db
from wizard.models import Connection
from wizard.services.maintenance import archive
from wizard.services.maintenance.restore import restore_backup


def test_a_line_without_end_is_not_read(
    filled: Flask, empty: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = backed_up(filled, tmp_path / "all.zip")
    monkeypatch.setattr(archive, "MAX_LINE_BYTES", 1000)
    bomb = rewritten(path, lambda files: files.update({"account.jsonl": b'["' + b"x" * 50_000_000 + b'"]\n'}))

    tracemalloc.start()
    assert "damaged" in refused(empty, bomb, unsigned=True)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert most < 20_000_000
    assert sum(rows(empty).values()) == 0


def test_a_damaged_file_changes_nothing(filled: Flask, empty: Flask, tmp_path: Path) -> None:
    path = backed_up(filled, tmp_path / "all.zip")
    whole = path.read_bytes()
    for broken in (whole[: len(whole) // 2], whole.replace(whole[200:210], b"0123456789"), b"", b"no backup"):
        path.write_bytes(broken)
        assert "damaged" in refused(empty, path)
        assert sum(rows(empty).values()) == 0
    path.write_bytes(whole)
    assert in_app(empty, lambda: restore_backup(path)).rows == sum(rows(filled).values())


def test_whichever_byte_has_changed_the_backup_is_refused_or_as_it_was(
    filled: Flask, empty: Flask, tmp_path: Path
) -> None:
    path, expected = backed_up(filled, tmp_path / "all.zip"), rows(filled)
    whole = path.read_bytes()
    for position in range(0, len(whole), max(1, len(whole) // 150)):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0x55]) + whole[position + 1 :])
        try:
            in_app(empty, lambda: restore_backup(path, replace=True, unsigned=True))
        except InstanceError:
            assert rows(empty) in (expected, dict.fromkeys(expected, 0))
        else:  # a byte that says nothing of the content, such as the time of a file
            assert rows(empty) == expected


@pytest.mark.parametrize(("number", "schema"), [(2, "9999"), (3, "0004"), (1, "0005"), (None, None), (2, ["0004"])])
def test_a_backup_of_an_unknown_version_is_refused(
    filled: Flask, empty: Flask, tmp_path: Path, number: object, schema: object
) -> None:
    def change(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"]) | {"format": number, "schema": schema}
        files["manifest.json"] = json.dumps(manifest).encode()

    other = rewritten(backed_up(filled, tmp_path / "all.zip"), change)

    message = refused(empty, other, unsigned=True)
    assert f"of another version (format {number}, schema {schema}; here it is format 2, schema " in message
    assert "Restore it with the version that made it, and upgrade then." in message


def test_a_backup_is_read_whatever_the_order_of_its_columns(filled: Flask, empty: Flask, tmp_path: Path) -> None:
    def reverse(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"])
        for table, columns in manifest["columns"].items():
            columns.reverse()
            lines = [json.dumps(json.loads(line)[::-1]) + "\n" for line in files[f"{table}.jsonl"].splitlines()]
            files[f"{table}.jsonl"] = "".join(lines).encode()
        files["manifest.json"] = json.dumps(manifest).encode()

    other = rewritten(backed_up(filled, tmp_path / "all.zip"), reverse)

    in_app(empty, lambda: restore_backup(other, unsigned=True))

    assert rows(empty) == rows(filled)
    assert in_app(empty, lambda: db.session.get_one(Connection, 1)).config["ApiPassword"] == "practice"
