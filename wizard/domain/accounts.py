"""What an account may do, what it is notified of, and how strong its password is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MIN_SCORE = 3
"""Of 0 to 4: about 10^8 guesses or more, however well the guesser knows this product and its users."""


class Role(StrEnum):
    """An administrator does everything; a reader reads and tests, saves nothing and sees no configuration values."""

    ADMINISTRATOR = "administrator"
    READER = "reader"


class NoticeKind(StrEnum):
    """What a notice says has happened to the account."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - no password
    ROLE_CHANGED = "role_changed"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    SECOND_FACTOR_RESET = "second_factor_reset"
    RECOVERY_CODE_USED = "recovery_code_used"


@dataclass(frozen=True)
class Strength:
    """`score` from 0 to 4, and the reasons and advice of zxcvbn, in its own English words."""

    score: int
    warning: str = ""
    suggestions: Sequence[str] = ()

    @property
    def is_enough(self) -> bool:
        return self.score >= MIN_SCORE
