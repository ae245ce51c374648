"""Temporary folders end with their process; those of killed ones are removed by the next, and nothing else is."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from wizard.temporary_folders import make_folder

PREFIX, NAMES = "erp-wizard-test-", re.compile(r"[0-9]+")
MAKES_ONE = f"""
import os, re, sys
from pathlib import Path
from wizard.temporary_folders import make_folder
folder = make_folder({PREFIX!r}, re.compile({NAMES.pattern!r}))
Path(folder.path, "1").touch()
"""
WAITS = "print(folder.path, flush=True); sys.stdin.read()"
LEAVES_A_FORK = (
    """
if os.fork():
    os._exit(0)
"""
    + WAITS
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    return place


def make() -> Path:
    return Path(make_folder(PREFIX, NAMES).path)


def leave(*files: str) -> Path:
    """One that nobody holds any more."""
    folder = make_folder(PREFIX, NAMES)
    for file in files:
        Path(folder.path, file).touch()
    folder.abandon()
    return Path(folder.path)


@contextmanager
def holding(*code: str) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process that has made a folder, until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", "".join([MAKES_ONE, *code])], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        yield process, Path(process.stdout.readline().strip())


def test_that_of_a_killed_process_is_removed_by_the_next() -> None:
    with holding(WAITS) as (process, left):
        process.send_signal(signal.SIGKILL)
    assert (left / "1").exists()

    kept = make()

    assert not left.exists()
    assert kept.is_dir()


def test_that_of_a_process_that_ends_is_gone_with_it() -> None:
    with holding(WAITS) as (_, left):
        assert left.is_dir()
    assert not left.exists()


@pytest.mark.parametrize("code", [WAITS, LEAVES_A_FORK], ids=["process", "fork"])
def test_that_of_a_process_that_lives_or_of_its_fork_stays(code: str) -> None:
    with holding(code) as (_, held):
        make()
        assert (held / "1").exists()


def test_one_with_anything_else_in_it_stays() -> None:
    folder = leave("1", "notes.txt")
    make()
    assert sorted(os.listdir(folder)) == ["1", "notes.txt"]


def _linked(place: Path, elsewhere: Path) -> None:
    (place / f"{PREFIX}link").symlink_to(elsewhere)


def _file(place: Path, _: Path) -> None:
    (place / f"{PREFIX}file").touch()


@pytest.mark.parametrize("put", [_linked, _file])
def test_what_only_has_its_name_stays(put: Callable[[Path, Path], None], place: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "1").touch()
    put(place, elsewhere)
    before = os.listdir(place)

    kept = make()

    assert sorted(os.listdir(place)) == sorted([*before, kept.name])
    assert (elsewhere / "1").exists()


def test_one_of_another_user_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = leave("1")
    me = os.geteuid()
    with monkeypatch.context() as as_another:
        as_another.setattr("os.geteuid", lambda: me + 1)
        with pytest.raises(PermissionError):
            make()
    assert (folder / "1").exists()
