"""The receipt of a passed check in words, valid or void."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from wizard.domain import receipt
from wizard.domain.check import Outcome, Stage
from wizard.messages import duration, zoned_moment
from wizard.models import CheckRun
from wizard.models.columns import now

Change = tuple[str, str, str | None, str | None]
"""Label, link to the field, what was tested, what it is now; the last two None for a secret."""


@dataclass(frozen=True)
class ReceiptView:
    """`dated` is when, in words that are true on any later day, for one that is kept with a connection."""

    number: str
    who: str
    when: str
    dated: str = ""
    covers: str = ""
    until: str = ""
    void: bool = False
    reason: str | None = None
    changes: Sequence[Change] = ()


def receipt_of(run: CheckRun, covers: str) -> ReceiptView:
    until = zoned_moment((run.finished_at or now()) + receipt.RECEIPT_LIFETIME)
    return ReceiptView(
        number=receipt.receipt_number(run.kind, run.id),
        who=_("%(name)s, and SuperOffice", name=run.account.name) if _superoffice_has_passed(run) else run.account.name,
        when=when_checked(run),
        covers=covers,
        until=_("%(moment)s, or any change", moment=capitalised(until)),
    )


def void_receipt(run: CheckRun, changes: Sequence[Change], reason: str | None = None) -> ReceiptView:
    """The receipt of a run that does not cover what the form says now."""
    return ReceiptView(
        number=receipt.receipt_number(run.kind, run.id),
        who=run.account.name,
        when=when_checked(run),
        void=True,
        reason=reason,
        changes=changes,
    )


def _superoffice_has_passed(run: CheckRun) -> bool:
    too = (Stage.SUPEROFFICE, Stage.SUPEROFFICE_TEST)
    return any(each.stage in too and each.outcome == Outcome.PASSED for each in run.stages)


def when_checked(run: CheckRun) -> str:
    elapsed = run.elapsed_ms
    at = capitalised(zoned_moment(run.finished_at or now()))
    return _("%(moment)s, in %(duration)s", moment=at, duration=duration(elapsed))


def capitalised(text: str) -> str:
    """With a capital at its beginning, as a text of its own."""
    return text[:1].upper() + text[1:]
