"""Passwords never travel unencrypted: what other machines can reach needs a TLS proxy in front."""

from __future__ import annotations

import logging

from wizard.config import Settings
from wizard.errors import ConfigError

logger = logging.getLogger(__name__)


def require_tls(settings: Settings) -> None:
    """Raises ConfigError for a server that other machines reach without TLS."""
    if not settings.listens_on_loopback and not settings.behind_tls:
        raise ConfigError(
            f"{settings.host} can be reached from other machines, and passwords would travel unencrypted. Put a proxy"
            " that speaks TLS in front and set ERP_WIZARD_PUBLIC_URL to its address, like https://erp-setup.example, or"
            " listen on 127.0.0.1."
        )


def warn_of_any_host(settings: Settings) -> None:
    """Logs that the settings of version 1.0 believe whatever a request says about its host and its client."""
    if settings.believes_any_host:
        logger.warning(
            "ERP_WIZARD_BEHIND_TLS is deprecated: it believes any host and any proxy. Set ERP_WIZARD_PUBLIC_URL to the"
            " address that browsers open, and ERP_WIZARD_TRUSTED_PROXIES if the proxy is on another machine."
        )
