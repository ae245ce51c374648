"""For how long something is muted."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from wizard.domain.notices import Mute

OSLO = ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize(
    ("mute", "chosen", "end"),
    [
        (Mute.HOUR, "2026-11-27T23:30+00:00", "2026-11-28T00:30+00:00"),
        (Mute.TOMORROW, "2026-11-27T12:00+00:00", "2026-11-28T07:00+00:00"),
        (Mute.TOMORROW, "2026-11-27T23:30+00:00", "2026-11-29T07:00+00:00"),  # it is the 28th in Oslo already
        (Mute.TOMORROW, "2026-03-28T12:00+00:00", "2026-03-29T06:00+00:00"),  # the night before summer time
    ],
)
def test_it_ends_after_an_hour_or_at_eight_of_the_next_day(mute: Mute, chosen: str, end: str) -> None:
    assert mute.end(datetime.fromisoformat(chosen), OSLO) == datetime.fromisoformat(end)
