"""What the documents name is there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from wizard.cli import cli
from wizard.config import PREFIX, Settings

ROOT = Path(__file__).parents[2]
DOCS = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]


def test_each_threat_has_its_test() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "threat-model.md").read_text()))
    written = {
        name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    assert len(named) > 20
    assert named <= written


def test_every_variable_that_is_named_is_a_setting() -> None:
    settings = {PREFIX + each.name.upper() for each in fields(Settings)}
    for path in DOCS:
        assert set(re.findall(r"ERP_WIZARD_[A-Z_]+", path.read_text())) <= settings, path


def test_every_command_that_is_named_is_one() -> None:
    for path in DOCS:
        commands = set(re.findall(r"erp-wizard ([a-z][a-z-]+)", path.read_text()))
        assert commands <= set(cli.commands), path
