"""What the modules about the server share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.server.commands import Command


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(tmp_path / "instance", monkeypatch, capsys)
