"""Passwords."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError

from wizard.security.passwords import _unmatched, hash_password, verify_password


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
    assert extract_parameters(_unmatched) == extract_parameters(hash_password("correct horse battery"))
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(_unmatched, "correct horse battery")


@pytest.mark.parametrize("stored", ["", "x", "$argon2id$v=19$m=1$broken", "plain text"])
def test_a_spoiled_hash_is_nobody_s_password(stored: str) -> None:
    assert not verify_password(stored, stored)
