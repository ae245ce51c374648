"""Reports failed sign-ins: in the activity, to the account at its next sign-in, and in the log for fail2ban."""

from __future__ import annotations

import json
import logging

from wizard.domain.accounts import NoticeKind
from wizard.models import Account
from wizard.services import audit
from wizard.services.accounts import notices
from wizard.services.source import source_address

logger = logging.getLogger("wizard.sign_in")


def report_failed_sign_in(account: Account | None, action: str = "account.sign_in_failed") -> None:
    """Adds it to the running transaction and logs it. A user name that no account has is left out: it may be a
    password that was typed into the wrong field.
    """
    audit.note(None, action, account.username if account else "")
    if account is not None:
        notices.add(account, NoticeKind.SIGN_IN_FAILED)
    facts = {"event": "sign_in_failed", "address": source_address(), "account": account.username if account else None}
    whom = f"account {json.dumps(account.username)}" if account else "an unknown account"  # quoted: it may have breaks
    logger.warning("failed sign-in from %s to %s", facts["address"], whom, extra={"facts": facts})


def report_refused_sign_in() -> None:
    """Logs an attempt that a rate limit has refused."""
    facts = {"event": "sign_in_refused", "address": source_address()}
    logger.warning("refused sign-in from %s after too many tries", facts["address"], extra={"facts": facts})
