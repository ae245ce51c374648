"""The stages of a check in order, and how each can end."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """A layer between the browser and the ERP, in the order in which it is reached; then those of SuperOffice."""

    ADDRESS = "address"
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    HTTP = "http"
    CONTRACT = "contract"
    FIELDS = "fields"
    CONFIG = "config"
    SAVE = "save"
    CONNECTION = "connection"
    CATALOG = "catalog"
    SIGN_IN = "sign_in"
    LICENCE = "licence"
    RIGHTS = "rights"
    AGENT = "agent"
    USERS = "users"
    SUPEROFFICE = "superoffice"


CONNECTOR_STAGES = (
    Stage.ADDRESS,
    Stage.DNS,
    Stage.CONNECT,
    Stage.TLS,
    Stage.HTTP,
    Stage.CONTRACT,
    Stage.FIELDS,
)
CONNECTION_STAGES = (*CONNECTOR_STAGES, Stage.CONFIG)
SAVE_STAGES = (Stage.SAVE, Stage.CONNECTION, Stage.CATALOG)
LINK_STAGES = (
    Stage.ADDRESS,
    Stage.DNS,
    Stage.CONNECT,
    Stage.TLS,
    Stage.HTTP,
    Stage.SIGN_IN,
    Stage.LICENCE,
    Stage.RIGHTS,
    Stage.AGENT,
    Stage.USERS,
)
"""Of the link with SuperOffice. Where there is one, `superoffice` is a connector's last stage."""


class Outcome(StrEnum):
    """How a stage ended."""

    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"


class Verdict(StrEnum):
    """The worst outcome of a check, or how it came to an early end."""

    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"
    CANCELLED = "cancelled"
