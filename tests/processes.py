"""A wizard in a process of its own, on a free port."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PROGRAM = [sys.executable, "-c", "from wizard.cli import main; main()"]
"""`erp-wizard`, whether it is installed or not."""
SUPEROFFICE_ON_LOOPBACK = ("ERP_WIZARD_SUPEROFFICE_NETWORKS", "127.0.0.0/8,::1/128")
"""So that the hosts of the tests pass without a remark."""
ENVIRONMENT = {
    **os.environ,
    **dict([SUPEROFFICE_ON_LOOPBACK]),
    "PYTHONPATH": str(Path(__file__).parents[1]),
    "PYTHONIOENCODING": "utf-8",
}
READY = re.compile(r": (http://\S+)")
LINK = re.compile(r"(https?://\S+/welcome/\S+)")


class Wizard:
    """A running `erp-wizard run`; `link` is the one-time link, which it prints unless the instance has accounts.

    `within` is a command that starts another one in its place.
    """

    def __init__(
        self, instance: Path, *, has_accounts: bool = False, within: Sequence[str] = (), **settings: str
    ) -> None:
        self.instance = instance
        environment = {**os.environ, "ERP_WIZARD_INSTANCE": str(instance), "ERP_WIZARD_PORT": "0", **settings}
        self.process = subprocess.Popen([*within, *PROGRAM, "run"], env=environment, stdout=subprocess.PIPE, text=True)
        self.address = self._printed(READY)
        self.link = None if has_accounts else self._printed(LINK)

    def kill(self) -> None:
        """Ends it at once, as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self._close()

    def stop(self) -> None:
        """Ends it in order, as the system does when it shuts down."""
        self.process.terminate()
        self._close()

    def _close(self) -> None:
        self.process.wait(timeout=60)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def _printed(self, pattern: re.Pattern[str]) -> str:
        for line in self.process.stdout or ():
            if found := pattern.search(line):
                return found[1]
        raise AssertionError(f"it ended with {self.process.wait()} before it said {pattern.pattern}")


class Worker:
    """A running `erp-wizard worker`."""

    def __init__(self, instance: Path, *options: str, **settings: str) -> None:
        environment = {**os.environ, "ERP_WIZARD_INSTANCE": str(instance), **settings}
        program = [*PROGRAM, "worker", *options]
        self.process = subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "The worker is ready.\n"

    def kill(self) -> None:
        """Ends it at once, as a power cut does."""
        self.process.kill()
        self.wait()

    def stop(self) -> None:
        """Ends it in order."""
        self.process.terminate()
        self.wait()

    def wait(self) -> int:
        """The exit code, once it has ended."""
        code = self.process.wait(timeout=60)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code


@contextmanager
def worker(instance: Path, *options: str, **settings: str) -> Iterator[Worker]:
    """A worker that ends with the block, if not before."""
    running = Worker(instance, *options, **settings)
    try:
        yield running
    finally:
        running.stop()


@contextmanager
def wizard(
    instance: Path, *, has_accounts: bool = False, within: Sequence[str] = (), **settings: str
) -> Iterator[Wizard]:
    """A wizard that ends with the block, if not before."""
    running = Wizard(instance, has_accounts=has_accounts, within=within, **settings)
    try:
        yield running
    finally:
        running.stop()


def start(instance: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    environment = {**os.environ, "ERP_WIZARD_INSTANCE": str(instance), **settings}
    return subprocess.run(
        [*PROGRAM, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
