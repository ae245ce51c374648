"""Recovery codes: each replaces the second factor once."""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

from sqlalchemy import Select, delete, func, select

from wizard.extensions import db
from wizard.models import Account, RecoveryCode
from wizard.models.columns import now
from wizard.services import audit
from wizard.services.accounts.second_factor.state import lock_factor

NUMBER = 10
LENGTH = 16
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks alike in print: i and l, o and 0, 1."""


def renew_codes(account: Account) -> list[str]:
    """Replaces the account's codes by new ones, which can be shown now only."""
    lock_factor(account)
    codes = make_codes(account)
    db.session.commit()
    return codes


def make_codes(account: Account) -> list[str]:
    """Does the same for a locked account. The caller commits."""
    delete_codes(account)
    codes = [_new_code() for _ in range(NUMBER)]
    db.session.add_all(RecoveryCode(account_id=account.id, code_hash=_hash(account, code)) for code in codes)
    audit.note(account, "account.recovery_codes_made", account.username)
    return codes


def delete_codes(account: Account) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))


def use_code(account: Account, code: str) -> int | None:
    """Returns how many are left, or None if the code is wrong or was used. The account has to be locked."""
    row = db.session.scalar(_unused(account, code))
    if row is None:
        return None
    row.used_at = now()
    db.session.flush()
    left = select(func.count()).where(RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(left) or 0


def is_own_code(account: Account, code: str) -> bool:
    """Whether it is one of the account's codes that were not used yet."""
    return db.session.scalar(_unused(account, code)) is not None


def looks_like_recovery_code(code: str) -> bool:
    """Whether it is as long as one: they have too many possible values to be guessed."""
    return len(_plain(code)) == LENGTH


def _unused(account: Account, code: str) -> Select[RecoveryCode]:
    return select(RecoveryCode).where(
        RecoveryCode.account_id == account.id,
        RecoveryCode.code_hash == _hash(account, code),
        RecoveryCode.used_at.is_(None),
    )


def _new_code() -> str:
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def _plain(code: str) -> str:
    """Hyphens, blanks and case do not count."""
    return re.sub(r"[^a-z0-9]", "", code.lower())


def _hash(account: Account, code: str) -> str:
    """Not a slow hash: a code has 79 random bits."""
    return sha256(f"{account.id}:{_plain(code)}".encode()).hexdigest()
