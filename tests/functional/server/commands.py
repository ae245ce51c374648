"""Commands in the process of the tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from wizard.cli import group as cli


class Command:
    """A command in this process."""

    def __init__(self, instance: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setenv("ERP_WIZARD_INSTANCE", str(instance))
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, output, errors."""
        self._monkeypatch.setattr(sys, "argv", ["erp-wizard", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        code = end.value.code
        return (code if isinstance(code, int) else 0, *self._capsys.readouterr())
