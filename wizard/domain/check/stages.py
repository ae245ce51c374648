"""The stages of a check in order, and how each can end."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """A layer between the browser and the ERP, in the order in which it is reached."""

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
