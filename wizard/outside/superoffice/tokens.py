"""The tokens of a sign-in Online: refreshed and revoked."""

from __future__ import annotations

from wizard.outside.superoffice.calls import Caller
from wizard.outside.superoffice.site import BearerTokens, Site


def refresh(caller: Caller, site: Site, tokens: BearerTokens) -> BearerTokens:
    """A new access token; the refresh token stays unless a new one comes along. Raises SuperOfficeError."""
    raise NotImplementedError


def revoke(caller: Caller, site: Site, tokens: BearerTokens) -> None:
    """Withdraws the tokens. Raises SuperOfficeError."""
    raise NotImplementedError
