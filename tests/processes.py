"""The wizard as a person starts it: a process of its own, on a free port."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READY = re.compile(r": (http://\S+)")
LINK = re.compile(r"(http://\S+/welcome/\S+)")


class Wizard:
    """A running `erp-wizard run`; `link` is the one-time link, if it has printed one."""

    def __init__(self, instance: Path, **settings: str) -> None:
        environment = {**os.environ, "ERP_WIZARD_INSTANCE": str(instance), "ERP_WIZARD_PORT": "0", **settings}
        program = [sys.executable, "-c", "from wizard.cli import main; main()", "run"]
        self.process = subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, text=True)
        printed = self._read_until(READY)
        self.address = READY.search(printed)[1]  # type: ignore[index]
        self.link = None if self._has_accounts(instance) else LINK.search(self._read_until(LINK))[1]  # type: ignore[index]

    def kill(self) -> None:
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self._close()

    def stop(self) -> None:
        """As the system does when it shuts down."""
        self.process.terminate()
        self._close()

    def _close(self) -> None:
        self.process.wait(timeout=40)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def _has_accounts(self, instance: Path) -> bool:
        return (instance / "has-accounts").exists()

    def _read_until(self, pattern: re.Pattern[str]) -> str:
        for line in self.process.stdout or ():
            if pattern.search(line):
                return line
        raise AssertionError(f"it ended with {self.process.wait()} before it said {pattern.pattern}")


@contextmanager
def wizard(instance: Path, **settings: str) -> Iterator[Wizard]:
    """A wizard that ends with the block."""
    running = Wizard(instance, **settings)
    try:
        yield running
    finally:
        running.stop()
