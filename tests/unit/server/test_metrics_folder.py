"""Each start counts into a folder of its own."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from wizard.server.metrics_folder import create_metrics_folder, remove_metrics_folder

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def test_each_start_has_an_empty_folder_that_nobody_else_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv(VARIABLE, "that of the start before")

    folders = [Path(create_metrics_folder()) for _ in range(2)]

    assert os.environ[VARIABLE] == str(folders[1])
    assert folders[0] != folders[1]
    assert [(stat.filemode(each.stat().st_mode), list(each.iterdir())) for each in folders] == [("drwx------", [])] * 2


def test_it_is_removed_with_what_is_in_it_also_twice(tmp_path: Path) -> None:
    folder = tmp_path / "counted"
    folder.mkdir()
    (folder / "counter_7.db").touch()
    for _ in range(2):
        remove_metrics_folder(str(folder))
    assert not folder.exists()
