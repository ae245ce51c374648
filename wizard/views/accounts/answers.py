"""The words for what was entered as second factor."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.services.accounts.second_factor import Answer, Verdict


def wrong_answer_text(answer: Answer, *, by_passkey: bool) -> str:
    if by_passkey:
        return _("The passkey was not accepted. Try again, or use another way.")
    if answer.verdict == Verdict.USED:
        return _("This code has been used already. Wait for the next one.")
    return wrong_code_text()


def wrong_code_text() -> str:
    return _(
        "This code is not right. Enter the newest one. If that is refused too, the clock of your phone is wrong: let it"
        " set its time automatically."
    )


def flash_codes_left(answer: Answer) -> None:
    """Says that a recovery code was used, if one was."""
    if answer.codes_left is not None:
        text = ngettext(
            "You used a recovery code. %(num)s is left.",
            "You used a recovery code. %(num)s are left.",
            answer.codes_left,
        )
        flash(text, "warn")
