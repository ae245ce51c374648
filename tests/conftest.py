"""What holds for every test."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# A busy machine is no reason to fail; a failure found once is printed with how to repeat it.
settings.register_profile("here", deadline=None, print_blob=True)
settings.load_profile("here")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("ERP_WIZARD_"):
            monkeypatch.delenv(name)
