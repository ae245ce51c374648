"""What counting for Prometheus costs."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from tests import factories
from tests.bench.pages import app_with_user
from tests.bench.ratios import in_turn, ratio
from wizard.metrics import count_page

TIMES = 100


def cost_of_counting() -> dict[str, float]:
    """The share that counting a page has of an empty view."""
    with tempfile.TemporaryDirectory() as folder:
        app, person = app_with_user(Path(folder))

        def count() -> None:
            for _ in range(TIMES):
                count_page("GET", "static_empty", 200, 0.01)

        ours, theirs = in_turn(count, lambda: person.get("/empty"), 300)
        factories.close(app)
    return {name: value / TIMES for name, value in ratio(ours, theirs, statistics.median).items()}
