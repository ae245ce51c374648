"""The words for what was deleted or restored here and has to be so in SuperOffice too."""

from __future__ import annotations

from flask_babel import gettext as _

from wizard.services.superoffice.saving import Settled


def deleted_text(name: str, settled: Settled) -> str:
    """Empty where SuperOffice was not asked."""
    match settled:
        case Settled.NOTHING:
            return ""
        case Settled.DONE:
            return _("%(name)s is deleted, here and in SuperOffice.", name=name)
        case Settled.IN_USE:
            return _("%(name)s is deleted here. It stays in SuperOffice, where other connections use it.", name=name)
        case Settled.LATER:
            return _("%(name)s is deleted here. SuperOffice does not answer; it is deleted there later.", name=name)


def restored_text(name: str, settled: Settled) -> str:
    match settled:
        case Settled.DONE:
            return _("%(name)s is restored, here and in SuperOffice.", name=name)
        case Settled.LATER:
            return _("%(name)s is restored here. SuperOffice does not answer; it is restored there later.", name=name)
        case _:
            return _("%(name)s is restored.", name=name)
