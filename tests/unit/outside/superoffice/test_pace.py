"""Calls go one after the other, five a second at most."""

from __future__ import annotations

import threading

import pytest

from wizard.outside.http import Cancelled, Deadline, TimeIsUp
from wizard.outside.superoffice.calls import Pace, pace_of


class Clock:
    """Moves only by being slept on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_no_second_has_more_than_five_calls() -> None:
    clock = Clock()
    pace, made = Pace(clock=clock, sleep=clock.sleep), list[float]()
    for _ in range(23):
        pace.next_call(Deadline(60))
        made.append(clock.now)
    assert all(later - earlier >= 1 - 1e-9 for earlier, later in zip(made, made[5:], strict=False))
    assert made[-1] == pytest.approx(104)


def test_a_call_does_not_wait_after_a_pause() -> None:
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep)
    for _ in range(5):
        pace.next_call(Deadline(60))
    clock.now += 2
    pace.next_call(Deadline(60))
    assert clock.now == 102


def test_a_wait_ends_when_the_call_is_cancelled() -> None:
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep)
    with pytest.raises(Cancelled):
        pace.wait(3600, Deadline(7200, cancelled=lambda: clock.now > 103))
    assert clock.now < 105


def test_one_call_waits_for_the_other() -> None:
    pace, entered, done = Pace(), threading.Event(), threading.Event()

    def call() -> None:
        with pace.turn(Deadline(60)):
            entered.set()
            done.wait(60)

    thread = threading.Thread(target=call)
    thread.start()
    entered.wait(60)
    with pytest.raises(TimeIsUp), pace.turn(Deadline(0.01)):
        pass
    done.set()
    with pace.turn(Deadline(60)):
        pass
    thread.join()


def test_all_calls_of_a_tenant_share_a_pace() -> None:
    assert pace_of("https://h", "Cust1") is pace_of("https://h", "Cust1")
    assert pace_of("https://h", "Cust1") is not pace_of("https://h", "Cust2")
