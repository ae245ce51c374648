"""Backups that are made, refused and compared."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.factories import in_app
from wizard.errors import InstanceError
from wizard.extensions import Base, db
from wizard.services.maintenance.backup import write_backup
from wizard.services.maintenance.restore import NOT_RESTORED, restore_backup


def rows(app: Flask) -> dict[str, int]:
    """How many rows each table has that is restored."""

    def count() -> dict[str, int]:
        tables = [each for each in Base.metadata.sorted_tables if each.name not in NOT_RESTORED]
        return {each.name: db.session.scalar(select(func.count()).select_from(each)) or 0 for each in tables}

    return in_app(app, count)  # type: ignore[no-any-return]


def backed_up(app: Flask, path: Path) -> Path:
    in_app(app, lambda: write_backup(path))
    return path


def refused(app: Flask, path: Path, **options: bool) -> str:
    with pytest.raises(InstanceError) as caught:
        in_app(app, lambda: restore_backup(path, **options))
    return str(caught.value)


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of an archive with some of its files changed."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    copy = path.with_name("copy.zip")
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return copy
