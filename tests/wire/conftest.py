"""Prints how many ways prove each reason."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.wire.ways import WAYS, superoffice


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    ways = Counter(way.reason for way in (*WAYS, *superoffice.WAYS))
    terminalreporter.section("reasons and the ways that prove them")
    for reason, count in ways.items():
        terminalreporter.write_line(f"{reason:32} {count}")
    terminalreporter.write_line(f"{len(ways)} reasons, {sum(ways.values())} ways")
