"""What the applications of all entries share: why one is left as it was, and the form that is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_babel import gettext as _

from wizard.messages import describe
from wizard.models import Account, CheckRun, Setup
from wizard.services.checks import wait_for
from wizard.services.setups import discard_setup


class NotApplied(Exception):
    """Why an entry is left as it was, in a sentence."""


@contextmanager
def discarded_on_error(account: Account, setup: Setup) -> Iterator[None]:
    """Discards a form that cannot be sent: the file has all of it."""
    try:
        yield
    except BaseException:
        discard_setup(account, setup)
        raise


def require_pass(run: CheckRun) -> None:
    ended = wait_for(run)
    if ended.passed:
        return
    failed = ended.failure
    if failed is None:
        raise NotApplied(_("The check was interrupted. Import once more."))
    words = describe(failed)
    raise NotApplied(" ".join(text for text in (words.says, words.what_to_do) if text))


def require_no_errors(form: Any) -> None:
    if form.errors:
        raise NotApplied(" ".join(f"{name}: {messages[0]}" for name, messages in form.errors.items()))
