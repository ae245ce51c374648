"""Database rows, one file each."""

from wizard.models.account import Account, LoginLink, Role
from wizard.models.audit_event import AuditEvent
from wizard.models.check_run import UNFINISHED, CheckRun, Continuation, RunKind, RunState
from wizard.models.connection import Connection, ConnectionState, ScopeMember
from wizard.models.connector import Connector
from wizard.models.rate_entry import RateEntry
from wizard.models.setup import Setup, SetupKind
from wizard.models.sync_app import Route, SyncApp
from wizard.models.user import Person, UserGroup, group_member

__all__ = [
    "UNFINISHED",
    "Account",
    "AuditEvent",
    "CheckRun",
    "Connection",
    "ConnectionState",
    "Connector",
    "Continuation",
    "LoginLink",
    "Person",
    "RateEntry",
    "Role",
    "Route",
    "RunKind",
    "RunState",
    "ScopeMember",
    "Setup",
    "SetupKind",
    "SyncApp",
    "UserGroup",
    "group_member",
]
