"""The words of one reason."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from wizard.messages.facts import Texts

_WHICH_ADDRESS = _l("Tell me which address I have to enter.")


@dataclass(frozen=True, slots=True)
class Row:
    """What happened, what the administrator does about it, and what is asked of the person who can repair it.

    Without `asks`, the administrator repairs it alone and the provider is only asked for the right address.
    """

    happened: Texts
    repair: Texts
    asks: Texts = _WHICH_ADDRESS
    address_in_doubt: bool = False
    """Whether somebody else repairs it unless the address that was entered is wrong."""
