"""The README does not lie about the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from wizard.config import settings_table

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize(("variable", "default", "meaning"), settings_table())
def test_every_setting_stands_in_the_readme_as_it_is(variable: str, default: str, meaning: str) -> None:
    assert f"| `{variable}` | {default} | {meaning} |" in README.read_text()
