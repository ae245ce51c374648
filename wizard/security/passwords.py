"""Hashes passwords with argon2, with the parameters that the library recommends."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_unmatched = (  # a literal, because computing one would take a tenth of a second at every start
    f"$argon2id$v=19$m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}${'A' * 22}${'A' * 43}"
)


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Whether it is the password; takes as long without a stored hash, so that the time does not tell user names."""
    try:
        return _hasher.verify(stored or _unmatched, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
