"""Judges what was entered as second factor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wizard.domain.accounts import NoticeKind
from wizard.extensions import db
from wizard.models import Account
from wizard.services import audit
from wizard.services.accounts import notices
from wizard.services.accounts.failures import report_failed_sign_in
from wizard.services.accounts.second_factor.app_codes import matching_step
from wizard.services.accounts.second_factor.passkeys import RelyingParty, is_signed_by_passkey
from wizard.services.accounts.second_factor.recovery import looks_like_recovery_code, use_code
from wizard.services.accounts.second_factor.state import lock_factor


class Verdict(StrEnum):
    """`USED` is a right code of the app that was entered before."""

    RIGHT = "right"
    WRONG = "wrong"
    USED = "used"


@dataclass(frozen=True)
class Answer:
    """The verdict, and how many recovery codes are left if one of them was used."""

    verdict: Verdict
    codes_left: int | None = None

    @property
    def is_right(self) -> bool:
        return self.verdict == Verdict.RIGHT


def verify_second_factor(account: Account, code: str, credential: str, party: RelyingParty) -> Answer:
    """Judges the answer of a passkey if there is one, else a code of the app or a recovery code."""
    if credential:
        answer = Answer(Verdict.RIGHT if is_signed_by_passkey(account, party, credential) else Verdict.WRONG)
    elif looks_like_recovery_code(code):
        answer = _recovery_answer(account, code)
    else:
        answer = Answer(_app_verdict(account, code))
    if not answer.is_right:
        report_failed_sign_in(account, "account.second_factor_failed")
    db.session.commit()
    return answer


def _recovery_answer(account: Account, code: str) -> Answer:
    lock_factor(account)
    left = use_code(account, code)
    if left is None:
        return Answer(Verdict.WRONG)
    notices.add(account, NoticeKind.RECOVERY_CODE_USED)
    audit.note(account, "account.recovery_code_used", account.username)
    return Answer(Verdict.RIGHT, left)


def _app_verdict(account: Account, code: str) -> Verdict:
    factor = lock_factor(account)
    step = matching_step(factor.app_secret, code) if factor.app_since else None
    if step is None:
        return Verdict.WRONG
    if factor.app_last_step is not None and step <= factor.app_last_step:
        return Verdict.USED
    factor.app_last_step = step
    return Verdict.RIGHT
