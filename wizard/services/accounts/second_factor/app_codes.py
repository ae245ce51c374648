"""Codes of an authenticator app (TOTP): six digits that change every thirty seconds, each of which counts once."""

from __future__ import annotations

import re
from hmac import compare_digest

import pyotp
from sqlalchemy import select

from wizard.extensions import db
from wizard.models import Account, AccountFactor
from wizard.models.columns import now
from wizard.services.accounts.second_factor.state import lock_factor

WINDOW = 1
"""How many steps of thirty seconds the clock of a phone may be off, either way."""


def begin_app(account: Account) -> None:
    """Makes a secret for an app; what is set up already stays in use until a code confirms the new one."""
    lock_factor(account).pending_secret = pyotp.random_base32()
    db.session.commit()


def pending_secret(account: Account) -> str | None:
    """The secret that waits for its first code."""
    factor = db.session.scalar(select(AccountFactor).where(AccountFactor.account_id == account.id))
    return factor.pending_secret if factor else None


def matching_step(secret: str | None, code: str) -> int | None:
    """The step whose code this is, among those that a clock may be off.

    None without a secret too: a restored backup may have one that no key decrypts.
    """
    if not secret:
        return None
    totp, typed = pyotp.TOTP(secret), re.sub(r"\s", "", code).encode()
    current = totp.timecode(now())
    steps = range(current - WINDOW, current + WINDOW + 1)
    return next((step for step in steps if compare_digest(totp.generate_otp(step).encode(), typed)), None)
