"""Times that are measured in turn, and their ratios."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any


def timed(do: Callable[[], Any]) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def in_turn(ours: Callable[[], Any], theirs: Callable[[], Any], times: int) -> tuple[list[float], list[float]]:
    """Seconds of both, measured in turn, after a warm-up."""
    ours(), theirs()
    pairs = [(timed(ours), timed(theirs)) for _ in range(times)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def ratio(ours: Sequence[float], theirs: Sequence[float], of: Callable[[Sequence[float]], float]) -> dict[str, float]:
    """The ratio, and its spread over five slices of the run."""
    size = max(20, len(ours) // 5)
    slices = [of(ours[i : i + size]) / of(theirs[i : i + size]) for i in range(0, len(ours) - size + 1, size)]
    return {"ratio": of(ours) / of(theirs), "least": min(slices), "most": max(slices)}
