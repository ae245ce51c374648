"""Writes a letter about what there is to tell."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from wizard.domain.notices import NoticeKind
from wizard.messages.letters.about import About
from wizard.messages.letters.common import letter
from wizard.messages.letters.letter import Letter, Reader
from wizard.messages.letters.one import letter_about
from wizard.messages.letters.several import letter_about_several


def write_letter(reader: Reader, abouts: Sequence[About], left_out: dict[NoticeKind, int] | None = None) -> Letter:
    """About at least one thing; `left_out` counts by kind what there is besides."""
    if len(abouts) == 1 and not left_out:
        return letter_about(reader, abouts[0])
    return letter_about_several(reader, abouts, left_out or {})


def write_test(reader: Reader) -> Letter:
    """A letter that only shows that letters arrive."""
    return letter(
        reader,
        title=_("Test of notifications"),
        heading=_("Notifications arrive here"),
        lead=_("this is a test. When a connection is down, a notification like this one comes, and says why."),
        button=(_("Open ERP Sync Setup"), f"{reader.origin}/"),
    )
