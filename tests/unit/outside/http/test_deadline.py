"""One limit over everything."""

from __future__ import annotations

import pytest

from wizard.outside.http.deadline import SLICE, Cancelled, Deadline, TimeIsUp


def test_a_deadline_has_time_left_until_it_has_none() -> None:
    assert 0 < Deadline(60).left() <= 60
    with pytest.raises(TimeIsUp):
        Deadline(0).left()


def test_no_wait_is_longer_than_a_slice() -> None:
    assert Deadline(60).slice() == SLICE
    assert Deadline(SLICE / 4).slice() <= SLICE / 4


@pytest.mark.parametrize("seconds", [60, 0])
def test_a_cancel_is_noticed_first(seconds: float) -> None:
    with pytest.raises(Cancelled):
        Deadline(seconds, lambda: True).left()


def test_a_part_ends_no_later_than_the_whole_and_is_cancelled_with_it() -> None:
    assert Deadline(60).part(5).left() <= 5
    assert Deadline(5).part(60).left() <= 5
    cancelled = False
    part = Deadline(60, lambda: cancelled).part(5)
    cancelled = True
    with pytest.raises(Cancelled):
        part.left()
