"""A file system of a test's own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Disk:
    """A file system of its own, in an image."""

    def __init__(self, folder: Path) -> None:
        self.image, self.mounted = folder / "disk.img", folder / "disk"
        self.mounted.mkdir()
        with self.image.open("wb") as file:
            file.truncate(24 << 20)
        run("mkfs.ext4", "-q", "-F", str(self.image))
        run("mount", "-o", "loop", str(self.image), str(self.mounted))

    @contextmanager
    def after_a_power_cut(self, *, read_only: bool = False) -> Iterator[Path]:
        """The file system as the next start finds it."""
        copy, found = self.image.with_name("copy.img"), self.image.with_name("found")
        shutil.copyfile(self.image, copy)
        found.mkdir()
        run("mount", "-o", "loop", str(copy), str(found))
        if read_only:
            run("mount", "-o", "remount,ro", str(found))
        try:
            yield found
        finally:
            run("umount", "--lazy", str(found))
            found.rmdir()

    def sync(self) -> None:
        """Lets the file system write everything, as it does within half a minute."""
        run("sync", "-f", str(self.mounted))

    def commit_names(self) -> None:
        """Lets the file system write its journal, as it does within seconds: names and renames, no contents."""
        with (self.mounted / "other").open("w") as file:
            file.write("x")
            file.flush()
            os.fsync(file.fileno())

    def fill(self) -> None:
        """Leaves no room."""
        with (self.mounted / "filler").open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(1 << 16)):
                pass

    def empty(self) -> None:
        (self.mounted / "filler").unlink()

    def close(self) -> None:
        run("umount", "--lazy", str(self.mounted))


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
