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
    SUPEROFFICE_TEST = "superoffice_test"
    SAVED_HERE = "saved_here"
    SAVED_THERE = "saved_there"
    TESTED_THERE = "tested_there"
    ERP_FIELDS = "erp_fields"
    COMPARED = "compared"
    MANDATORY_FIELDS = "mandatory_fields"
    LISTS = "lists"
    DEFAULTS = "defaults"
    CONNECTOR = "connector"
    ERP = "erp"
    REACHED = "reached"
    SAME_THERE = "same_there"
    ACCEPTED = "accepted"


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
LINKED_STAGE = {Stage.FIELDS: Stage.SUPEROFFICE, Stage.CONFIG: Stage.SUPEROFFICE_TEST}
"""What SuperOffice does too after the last stage of a check, where it is linked."""
REGISTER_STAGES = (Stage.SAVED_THERE, Stage.COMPARED)
SAVE_BOTH_STAGES = (Stage.SAVED_HERE, Stage.SAVED_THERE, Stage.TESTED_THERE, Stage.ERP_FIELDS, Stage.COMPARED)

ACTIVATE_STAGES = (
    Stage.MANDATORY_FIELDS,
    Stage.LISTS,
    Stage.DEFAULTS,
    Stage.CONNECTOR,
    Stage.ERP,
    Stage.REACHED,
    Stage.SAME_THERE,
    Stage.ACCEPTED,
)
"""The last one only where it is to be activated: the others change nothing that somebody has not chosen."""


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
