"""How the practice SuperOffice behaves: readings of what is not documented, and faults on purpose."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from wizard.practice.superoffice.users import USERS, Directory

TENANT = "Cust00001"
CLIENT_ID = "practice"
CLIENT_SECRET = "practice-secret"  # noqa: S105 - made up, and public
PASSWORD = "practice"  # noqa: S105 - made up, and public


class Fault(StrEnum):
    """What goes wrong with a call of the API."""

    UNAUTHORISED = "unauthorised"
    FORBIDDEN = "forbidden"
    MOVED = "moved"
    THROTTLED = "throttled"
    THROTTLED_WITHOUT_TIME = "throttled_without_time"
    UNAVAILABLE = "unavailable"
    SLOW = "slow"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"
    NULL = "null"
    EMPTY = "empty"
    ERROR_OBJECT = "error_object"
    EXCEPTION = "exception"
    HTML = "html"
    MISSING_MEMBER = "missing_member"
    UNKNOWN_MEMBER = "unknown_member"
    UNKNOWN_ENUM = "unknown_enum"
    DROPPED_MEMBER = "dropped_member"
    EDITED_MEANWHILE = "edited_meanwhile"
    TOGGLED_MEANWHILE = "toggled_meanwhile"
    REFUSED = "refused"


@dataclass
class Planned:
    """A fault of the calls of one operation, or of all (""), for some times or for ever (None)."""

    fault: Fault
    operation: str = ""
    times: int | None = None

    def applies(self, operation: str) -> bool:
        return self.times != 0 and self.operation.lower() in ("", operation.lower())

    def use(self) -> Fault:
        if self.times is not None:
            self.times -= 1
        return self.fault


@dataclass(kw_only=True)
class Behaviour:
    """Readings first, then faults. The defaults are a tenant that is well."""

    directory: Directory = USERS
    keeps_sent_guid: bool = False
    """Whether SaveConnection keeps a GUID that is sent, instead of making one."""
    tests_config_of_connection: bool = False
    """Whether the id of TestConnectionByConfig is a connection's; else it is a connector's."""
    saves_at_connector: bool = True
    """Whether SaveConnection calls the connector; else UpdateConnectionFields does."""
    deletes_at_connector: bool = False
    obeys_active: bool = False
    """Whether SaveConnection sets what is sent as Active."""
    edits_active: str = "done"
    """What SaveConnection does with other values of an active connection: done, ignored or refused."""
    illegal_crm_field: str = "refused"
    """What SaveActorTypeMapping does with a CRM field that the type does not have: refused or dropped."""
    keeps_unsent_mappings: bool = True
    """Whether fields that SaveActorTypeMapping is not sent keep their mapping."""
    unsupported_type: str = "empty"
    """What GetActorTypeMapping answers for a type that the connector lacks: empty, null or exception."""
    crm_fields: str = "by_type"
    """The list crmfields: by_type (an argument names the type), flat (all at once), headings, filler or empty."""
    absent: str | None = ""
    """What stands for no text."""
    number: int = 0
    """Of the host that has the tenant; its API lies below /online<number>, and below no such folder for 0."""
    asks_consent: bool = True
    """Whether the sign-in shows its page; else the browser is sent back at once."""
    token_tenant: str = TENANT
    """For which tenant the id_token is."""
    tenant_state: str = "Running"
    version: str = "12.4.1514.0"
    token_seconds: int = 3600
    clock_seconds: int = 0
    """How far the clock of its id_tokens is ahead."""
    basic: bool = True
    is_administrator: bool = True
    consent_error: int = 0
    """AuthorizeErrorCode with which the sign-in comes back: 4 is denied, 5 needs a new approval."""
    refresh_revoked: bool = False
    agent_closed: int = 0
    """The status with which the agent ErpSync is closed to the app, 401 or 403; 0 is open."""
    has_licence: bool = True
    reaches_connectors: bool = True
    """Whether TestConnectorUrl finds a connector that answers others."""
    tests_pass: bool = True
    dropped_member: str = "DisplayDescription"
    """What a save loses by the fault of that name."""
    refusal: tuple[str, str] = ("SoValidationException", "SuperOffice refuses this on purpose.")
    """Type and message of the exception by the fault of that name."""
    toggle_reasons: tuple[str, ...] = ()
    """Why no connection may become active."""
    retry_after: int = 1
    slow_seconds: float = 3.0
    planned: list[Planned] = field(default_factory=list)

    def api_base(self, base: str) -> str:
        """Where the tenant lies below this server's address."""
        return f"{base}{f'/online{self.number}' if self.number else ''}/{TENANT}"

    def fault_of(self, operation: str) -> Fault | None:
        """The next planned fault of an operation; it is used up by this."""
        return next((each.use() for each in self.planned if each.applies(operation)), None)
