"""Adds an app or a passkey to an account, and takes them away."""

from __future__ import annotations

from sqlalchemy import delete

from wizard.domain.accounts import NoticeKind
from wizard.errors import InvalidInput
from wizard.extensions import db
from wizard.models import Account, AccountFactor, Passkey
from wizard.models.columns import now
from wizard.services import audit
from wizard.services.accounts import notices
from wizard.services.accounts.second_factor.app_codes import matching_step
from wizard.services.accounts.second_factor.passkeys import RelyingParty, find_passkey, verified_passkey
from wizard.services.accounts.second_factor.policy import requires_second_factor
from wizard.services.accounts.second_factor.recovery import delete_codes, make_codes
from wizard.services.accounts.second_factor.state import has_second_factor, lock_factor
from wizard.services.accounts.sessions import revoke_access


def add_app(account: Account, code: str) -> list[str]:
    """Sets the app up that the pending secret was given to. Returns recovery codes as `_complete` does.

    Raises InvalidInput for a code that is not one of its.
    """
    factor = lock_factor(account)
    step = matching_step(factor.pending_secret, code)
    if step is None:
        raise InvalidInput({"code": "wrong"})
    is_first = not has_second_factor(account)
    factor.app_secret, factor.pending_secret = factor.pending_secret, None
    factor.app_since, factor.app_last_step = now(), step
    audit.note(account, "account.app_added", account.username)
    return _complete(account, is_first)


def add_passkey(account: Account, party: RelyingParty, name: str, credential: str) -> list[str]:
    """Stores a new passkey. Returns recovery codes as `_complete` does.

    Raises InvalidInput for an answer that does not fit the challenge or the origin, or for one passkey too many.
    """
    passkey = verified_passkey(account, party, name, credential)
    is_first = not has_second_factor(account)
    db.session.add(passkey)
    audit.note(account, "account.passkey_added", account.username, name)
    return _complete(account, is_first)


def _complete(account: Account, is_first: bool) -> list[str]:
    """Commits. The first one comes with recovery codes, which can be shown now only."""
    codes = make_codes(account) if is_first else []
    notices.add(account, NoticeKind.SECOND_FACTOR_SET)
    db.session.commit()
    return codes


def remove_app(account: Account) -> None:
    """Raises InvalidInput for the last second factor of an account that has to have one."""
    factor = lock_factor(account)
    factor.app_secret = factor.pending_secret = factor.app_since = factor.app_last_step = None
    audit.note(account, "account.app_removed", account.username)
    _settle_removal(account)


def remove_passkey(account: Account, passkey_id: int) -> None:
    """Raises NotFound for a passkey of somebody else, and InvalidInput as `remove_app` does."""
    passkey = find_passkey(account, passkey_id)
    db.session.delete(passkey)
    audit.note(account, "account.passkey_removed", account.username, passkey.name)
    _settle_removal(account)


def _settle_removal(account: Account) -> None:
    db.session.flush()
    if not has_second_factor(account):
        if requires_second_factor(account):
            db.session.rollback()
            raise InvalidInput({"factor": "required"})
        delete_codes(account)
    notices.add(account, NoticeKind.SECOND_FACTOR_REMOVED)
    db.session.commit()


def reset_second_factor(by: Account, account: Account) -> None:
    """Takes the second factor of an account away and ends its sessions and one-time links."""
    remove_second_factor(by, account)
    revoke_access(account)
    db.session.commit()


def remove_second_factor(by: Account | None, account: Account) -> None:
    """Removes the app, the passkeys and the recovery codes; `by` is None for a link. The caller commits."""
    lock_factor(account)
    db.session.execute(delete(Passkey).where(Passkey.account_id == account.id))
    db.session.execute(delete(AccountFactor).where(AccountFactor.account_id == account.id))
    delete_codes(account)
    notices.add(account, NoticeKind.SECOND_FACTOR_RESET, by=by)
    audit.note(by, "account.second_factor_reset", account.username)
