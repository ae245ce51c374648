"""Files that are there after a power cut, and files that only their owner can read."""

from __future__ import annotations

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Waits until the disk has the names in a folder: a file that was made or renamed there may be gone before."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_private(path: Path) -> None:
    """Makes a file that only its owner can read, or a file that is there so; its content stays."""
    path.touch(0o600)
    path.chmod(0o600)
