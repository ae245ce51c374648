"""A practice SuperOffice on a real socket for the tests of this folder, with nothing in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories import PracticeSuperOffice, serve_superoffice


@pytest.fixture
def host(tmp_path: Path) -> Iterator[PracticeSuperOffice]:
    with serve_superoffice(folder=tmp_path) as served:
        yield served
