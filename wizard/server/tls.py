"""Passwords never travel unencrypted: what other machines can reach needs a TLS proxy in front."""

from __future__ import annotations

from wizard.config import Settings
from wizard.errors import ConfigError


def require_tls(settings: Settings) -> None:
    """Raises ConfigError for a server that other machines reach without TLS."""
    if not settings.listens_on_loopback and not settings.behind_tls:
        raise ConfigError(
            f"{settings.host} can be reached from other machines, and passwords would travel unencrypted. Put a proxy"
            " that speaks TLS in front and set ERP_WIZARD_BEHIND_TLS=yes, or listen on 127.0.0.1."
        )
