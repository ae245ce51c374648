"""Notices for an account: what happened to it and from where, shown once, after its next sign-in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from wizard.domain.accounts import NoticeKind
from wizard.extensions import db
from wizard.models import Account, AccountNotice, AccountSession
from wizard.models.columns import now
from wizard.services import audit
from wizard.services.source import source_address, source_user_agent

MAX_WAITING = 20
"""How many different notices wait at most; whatever happens then is counted with the latest of its kind."""

_OF_SIGNING_IN = (NoticeKind.SIGNED_IN, NoticeKind.SIGN_IN_FAILED)


def add(account: Account, kind: NoticeKind, detail: str = "", by: Account | None = None) -> None:
    """Adds a notice to the running transaction, with the source of this request unless another account did it."""
    by_other = by is not None and by.id != account.id
    fresh = AccountNotice(
        account_id=account.id,
        kind=kind,
        detail=detail,
        changed_by=audit.name_of(by) if by is not None and by_other else "",
        address="" if by_other else source_address(),
        user_agent="" if by_other else source_user_agent(),
    )
    same = _repeated(fresh)
    if same is None:
        db.session.add(fresh)
    else:
        same.count, same.at = same.count + 1, now()
        same.address, same.user_agent = fresh.address, fresh.user_agent


def show_in(session: AccountSession) -> None:
    """Lets this session show the waiting notices; tries to sign in from the same place are the user's own."""
    for notice in _waiting(session.account_id):
        if notice.kind in _OF_SIGNING_IN and _source(notice) == _source(session):
            db.session.delete(notice)
        else:
            notice.session_id = session.id


def list_notices(session: AccountSession) -> Sequence[AccountNotice]:
    """What this session shows, the latest first."""
    query = select(AccountNotice).where(AccountNotice.session_id == session.id)
    return db.session.scalars(query.order_by(AccountNotice.at.desc(), AccountNotice.id.desc())).all()


def dismiss_notices(session: AccountSession) -> None:
    """Shows them no more. What happened stays in the activity."""
    db.session.execute(delete(AccountNotice).where(AccountNotice.session_id == session.id))
    db.session.commit()


def _repeated(fresh: AccountNotice) -> AccountNotice | None:
    """The waiting notice that says the same, or the latest of its kind when too many wait."""
    waiting = _waiting(fresh.account_id)
    alike = [each for each in waiting if (each.kind, each.detail) == (fresh.kind, fresh.detail)]
    same = [each for each in alike if (each.changed_by, *_source(each)) == (fresh.changed_by, *_source(fresh))]
    if same or len(waiting) < MAX_WAITING:
        return same[0] if same else None
    return alike[0] if alike else waiting[-1]


def _waiting(account_id: int) -> Sequence[AccountNotice]:
    own = AccountNotice.account_id == account_id, AccountNotice.session_id.is_(None)
    return db.session.scalars(select(AccountNotice).where(*own).order_by(AccountNotice.at.desc())).all()


def _source(row: AccountNotice | AccountSession) -> tuple[str, str]:
    return row.address, row.user_agent
