"""Who has to have a second factor."""

from __future__ import annotations

from sqlalchemy import select

from wizard.extensions import db
from wizard.models import Account, RequiredFor, SignInPolicy
from wizard.services import audit
from wizard.services.accounts.second_factor.state import has_second_factor


def required_for() -> RequiredFor:
    return db.session.scalar(select(SignInPolicy.second_factor)) or RequiredFor.NOBODY


def set_policy(by: Account, whom: RequiredFor) -> None:
    """Holds from the next sign-in of each account."""
    policy = db.session.scalar(select(SignInPolicy).with_for_update())
    before = policy.second_factor if policy else RequiredFor.NOBODY
    if policy is None:
        db.session.add(SignInPolicy(id=1, second_factor=whom))
    else:
        policy.second_factor = whom
    if whom != before:
        audit.note(by, "accounts.second_factor_required", detail=f"{before} → {whom}")
    db.session.commit()


def requires_second_factor(account: Account) -> bool:
    whom = required_for()
    return whom == RequiredFor.EVERYONE or (whom == RequiredFor.ADMINISTRATORS and account.is_administrator)


def must_set_up(account: Account) -> bool:
    """Whether the account has to have a second factor and has none yet."""
    return requires_second_factor(account) and not has_second_factor(account)
