"""Where passkeys are made and used: the address at which browsers reach the wizard."""

from __future__ import annotations

from urllib.parse import urlsplit

from wizard.services.accounts.second_factor import RelyingParty
from wizard.web import public_origin


def relying_party() -> RelyingParty:
    origin = public_origin()
    return RelyingParty(id=urlsplit(origin).hostname or "", origin=origin)


def allows_passkeys() -> bool:
    """Whether browsers allow passkeys here: over https, or on this machine by the name localhost."""
    party = relying_party()
    return party.origin.startswith("https:") or party.id == "localhost" or party.id.endswith(".localhost")
