"""What an account has as its second factor."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from wizard.extensions import db
from wizard.models import Account, AccountFactor, Passkey, RecoveryCode
from wizard.models.database import reload_for_update


@dataclass(frozen=True)
class SecondFactor:
    """An authenticator app since `app_since`, passkeys, and the number of recovery codes that are left."""

    app_since: datetime | None = None
    passkeys: Sequence[Passkey] = ()
    codes_left: int = 0

    def __bool__(self) -> bool:
        return self.app_since is not None or bool(self.passkeys)

    def passkeys_at(self, rp_id: str) -> list[Passkey]:
        """The passkeys that browsers offer at this host name."""
        return [passkey for passkey in self.passkeys if passkey.rp_id == rp_id]


def second_factor_of(account: Account) -> SecondFactor:
    return SecondFactor(
        app_since=db.session.scalar(select(AccountFactor.app_since).where(AccountFactor.account_id == account.id)),
        passkeys=db.session.scalars(
            select(Passkey).where(Passkey.account_id == account.id).order_by(Passkey.created_at, Passkey.id)
        ).all(),
        codes_left=db.session.scalar(
            select(func.count()).where(RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None))
        )
        or 0,
    )


def has_second_factor(account: Account) -> bool:
    has_app = exists().where(AccountFactor.account_id == account.id, AccountFactor.app_since.is_not(None))
    has_passkey = exists().where(Passkey.account_id == account.id)
    return bool(db.session.scalar(select(has_app | has_passkey)))


def list_second_factors() -> dict[int, SecondFactor]:
    """The apps and passkeys of all accounts that have one, by the account's id."""
    has_app = select(AccountFactor.account_id, AccountFactor.app_since).where(AccountFactor.app_since.is_not(None))
    apps = dict(db.session.execute(has_app).all())
    passkeys: dict[int, list[Passkey]] = {}
    for passkey in db.session.scalars(select(Passkey)):
        passkeys.setdefault(passkey.account_id, []).append(passkey)
    return {each: SecondFactor(apps.get(each), passkeys.get(each, ())) for each in apps.keys() | passkeys.keys()}


def lock_factor(account: Account) -> AccountFactor:
    """The account's row, made if it is missing; others wait for the account until the transaction ends."""
    reload_for_update(Account, account.id)
    factor = db.session.scalar(
        select(AccountFactor).where(AccountFactor.account_id == account.id).execution_options(populate_existing=True)
    )
    if factor is None:
        factor = AccountFactor(account_id=account.id, user_handle=secrets.token_urlsafe(32))
        db.session.add(factor)
        db.session.flush()
    return factor
