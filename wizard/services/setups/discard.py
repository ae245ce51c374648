"""Throws a draft away, and takes it back."""

from __future__ import annotations

from wizard.domain.check import SAVES
from wizard.extensions import db
from wizard.models import Account, Setup
from wizard.models.columns import now
from wizard.models.encrypted import Undecryptable
from wizard.services import audit
from wizard.services.checks import latest_pass


def discard_setup(account: Account, setup: Setup) -> None:
    """Takes it off the list; what it has registered stays. A draft that cannot be decrypted is emptied."""
    if isinstance(setup.draft, Undecryptable):
        setup.draft = {}
    setup.finished_at = now()
    audit.note(account, "setup.discarded", setup.name)
    db.session.commit()


def restore_setup(account: Account, setup: Setup) -> None:
    """Undo: puts it back on the list, unless it has been saved: sent again, it would overwrite without a warning."""
    if latest_pass(setup, *SAVES) is not None:
        return
    setup.finished_at = None
    audit.note(account, "setup.restored", setup.name)
    db.session.commit()
