"""Passwords."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Event, Lock, Thread

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError

from wizard.errors import TooBusy
from wizard.security.passwords import NO_PASSWORD, HashingQueue, hash_password, verify_password


@pytest.mark.parametrize("password", ["correct horse battery", "å" * 12, "\N{SNOWMAN}\x00 \n end", "x" * 1000])
def test_a_password_is_known_by_its_hash(password: str) -> None:
    stored = hash_password(password)
    assert stored.startswith("$argon2id$")
    assert password not in stored
    assert verify_password(stored, password)
    assert not verify_password(stored, password + "x")


def test_the_same_password_has_another_hash_each_time() -> None:
    assert hash_password("correct horse battery") != hash_password("correct horse battery")


def test_nobody_has_a_password_and_that_takes_as_long_to_find_out() -> None:
    assert not verify_password(None, "correct horse battery")
    assert extract_parameters(NO_PASSWORD) == extract_parameters(hash_password("correct horse battery"))
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(NO_PASSWORD, "correct horse battery")


@pytest.mark.parametrize("stored", ["", "x", "$argon2id$v=19$m=1$broken", "plain text"])
def test_a_spoiled_hash_is_nobody_s_password(stored: str) -> None:
    assert not verify_password(stored, stored)


def together(count: int, work: Callable[[], None]) -> None:
    threads = [Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def test_no_more_hashes_are_computed_at_once_than_are_allowed() -> None:
    queue, lock, meet = HashingQueue(at_once=2, waiting=30, seconds=60), Lock(), Barrier(2)
    present, peak = 0, 0

    def work() -> None:
        nonlocal present, peak
        with queue.turn():
            with lock:
                present += 1
                peak = max(peak, present)
            meet.wait(60)
            with lock:
                present -= 1

    together(32, work)

    assert (peak, present) == (2, 0)


def test_whoever_waits_too_long_or_with_too_many_is_told_to_come_back() -> None:
    queue, taken, done = HashingQueue(at_once=1, waiting=1, seconds=0.1), Event(), Event()
    refused: list[TooBusy] = []

    def hold() -> None:
        with queue.turn():
            taken.set()
            done.wait(60)

    def ask() -> None:
        try:
            with queue.turn():
                pass
        except TooBusy as error:
            refused.append(error)

    holder = Thread(target=hold)
    holder.start()
    taken.wait(60)
    together(3, ask)
    done.set()
    holder.join(60)

    assert len(refused) == 3
    with queue.turn():
        pass
