"""What all letters share."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _

from wizard.messages.letters.letter import Letter, Reader


def letter(reader: Reader, **parts: Any) -> Letter:
    """A letter with its greeting and its end."""
    return Letter(
        greeting=_("Hello %(name)s,", name=reader.name),
        footer=_("You get this because an administrator has added you to the recipients of notifications."),
        change=(_("Change notifications"), f"{reader.origin}/notices/"),
        signature=_("ERP Sync Setup at %(host)s", host=urlsplit(reader.origin).hostname or ""),
        **parts,
    )
