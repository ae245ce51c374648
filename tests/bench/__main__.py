"""Measures the bars of the product as ratios within one run: `make bench`. Writes bench.json.

Absolute times say little on another machine; each figure is a ratio of two medians (or p95) that were measured in turn.
"""

from __future__ import annotations

import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from tests.bench.checks import (
    cost_of_a_check,
    fifty_at_once,
    memory_of_a_check,
    time_of_very_many_lists,
    time_over_the_limit,
    time_to_cancel,
)
from tests.bench.configuration import cost_of_saving_200_rows, throughput_of_200_fields
from tests.bench.counting import cost_of_counting
from tests.bench.pages import lists_of_10_000, pages_beside_slow_checks, throughput_of_step_3, weight_of_the_first_load
from tests.bench.queue import work_of_two_workers
from tests.bench.superoffice import (
    cost_of_saving_on_both_sides,
    scope_dialog_of_10_000_users,
    time_of_reading_10_000_users,
)
from tests.bench.watch import cost_of_a_test, ten_thousand_every_minute

BARS = {
    "memory of a check": (memory_of_a_check, "under 300 MB"),
    "cost of a check / bare post": (cost_of_a_check, "at most 1.4"),
    "any check, seconds over its limit": (time_over_the_limit, "at most 1.5"),
    "cancelling, seconds": (time_to_cancel, "at most 1"),
    "check of 5,000 list fields, seconds": (time_of_very_many_lists, "at most 5"),
    "50 checks at once, seconds over their limit": (fifty_at_once, "at most 1.5"),
    "pages beside 50 slow checks, p95 / idle": (pages_beside_slow_checks, "at most 1.5"),
    "step 3 with 20 fields / empty view": (throughput_of_step_3, "at least 0.12"),
    "mapping page of 200 fields / empty view": (throughput_of_200_fields, "at least 0.067"),
    "counting a page / empty view": (cost_of_counting, "at most 0.02"),
    "10,000 rows / 10 rows, p95": (lists_of_10_000, "at most 1.3"),
    "saving on both sides / its calls alone": (cost_of_saving_on_both_sides, "at most 1.5"),
    "saving 200 rows of a mapping / its calls alone": (cost_of_saving_200_rows, "at most 1.5"),
    "10,000 users of SuperOffice read and stored, seconds": (time_of_reading_10_000_users, "at most 5"),
    "scope dialog of 10,000 users / 200, p95": (scope_dialog_of_10_000_users, "at most 1.5"),
    "work of two workers / one": (work_of_two_workers, "at least 1.7"),
    "CPU of a test of the watch / bare post": (cost_of_a_test, "at most 1.3"),
    "10,000 connectors watched every minute": (
        ten_thousand_every_minute,
        "at least 160 tests a second, under 1 processor, pages at most 2",
    ),
    "first load": (weight_of_the_first_load, "at most 60,000 bytes"),
}


def main() -> None:
    """Measures each in a process of its own, so that none has to do with what another one has left in memory."""
    found = {}
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn, max_tasks_per_child=1) as processes:
        for name, (measure, bar) in BARS.items():
            found[name] = {"bar": bar, "found": processes.submit(measure).result()}
            print(f"{name} ({bar}): {_shown(found[name]['found'])}", flush=True)
    Path("bench.json").write_text(json.dumps(found, indent=2))


def _shown(found: Any) -> str:
    if isinstance(found, float):
        return f"{found:.2f}"
    if isinstance(found, dict):
        return ", ".join(f"{name} {_shown(value)}" for name, value in found.items())
    return str(found)


if __name__ == "__main__":
    main()
