"""Temporary folders that are removed when their process ends, or by a later process where it was killed.

A process locks its folder, and the system ends the lock with the process and all its forks, however they end.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True)
class TemporaryFolder:
    """`lock` is the descriptor that holds the lock."""

    path: str
    lock: int

    def abandon(self) -> None:
        """Leaves it to whoever makes the next one."""
        os.close(self.lock)


def make_folder(prefix: str, names: re.Pattern[str]) -> TemporaryFolder:
    """Makes one whose files have such names, and removes those of the same prefix that nobody holds any more.

    Raises OSError.
    """
    _remove_leftovers(prefix, names)
    path = tempfile.mkdtemp(prefix=prefix)
    try:
        lock = _locked(path)
    except OSError:
        os.rmdir(path)
        raise
    atexit.register(_remove, path, os.getpid())
    return TemporaryFolder(path, lock)


def _remove(path: str, maker: int) -> None:
    if os.getpid() == maker:  # a fork of it may end earlier
        shutil.rmtree(path, ignore_errors=True)


def _remove_leftovers(prefix: str, names: re.Pattern[str]) -> None:
    with os.scandir(tempfile.gettempdir()) as entries:
        found = [entry.path for entry in entries if entry.name.startswith(prefix)]
    for path in found:
        with suppress(OSError):  # it is held, of another user, a link, or gone by now
            _remove_leftover(path, names)


def _remove_leftover(path: str, names: re.Pattern[str]) -> None:
    """Removes a folder of ours with nothing but such files in it. Raises OSError for one that may not be removed."""
    folder = _locked(path)
    try:
        files = os.listdir(folder)
        if all(map(names.fullmatch, files)):
            for file in files:
                os.unlink(file, dir_fd=folder)
            os.rmdir(path)
    finally:
        os.close(folder)


def _locked(path: str) -> int:
    """Opens and locks a folder of ours. Raises OSError if it is another user's, locked by somebody else, or a link."""
    import fcntl  # which Windows does not have

    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(folder).st_uid != os.geteuid():
            raise PermissionError(path)
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(folder)
        raise
    return folder
