"""The models, one module per table or group of tables; columns and the database's settings are beside them."""

from wizard.models.accounts.account import Account, LoginLink
from wizard.models.accounts.audit_event import AuditEvent
from wizard.models.accounts.rate_entry import RateEntry
from wizard.models.accounts.second_factor import AccountFactor, Passkey, RecoveryCode, RequiredFor, SignInPolicy
from wizard.models.accounts.session import AccountNotice, AccountSession
from wizard.models.check_run import PASSED, UNFINISHED, CheckRun, Continuation
from wizard.models.configuration.actors import ActorFieldRow, ActorTypeRow
from wizard.models.configuration.state import ConfigurationState
from wizard.models.connection import Connection, ConnectionState, DoneStep, ScopeEntry, SuperOfficeState
from wizard.models.connector import Connector, Owed
from wizard.models.notices.notice import Delivery, Notice
from wizard.models.notices.recipient import Recipient, recipient_target
from wizard.models.removal import Removal
from wizard.models.setup import SecretRequest, Setup, SetupKind
from wizard.models.superoffice.drift import SuperOfficeDrift
from wizard.models.superoffice.link import SuperOfficeLink, SuperOfficeSignIn
from wizard.models.superoffice.reading import Source, SuperOfficeReading
from wizard.models.superoffice.write import CONFIGURING, SuperOfficeWrite, WriteOperation, WriteState
from wizard.models.sync_app import ProviderKey, Route, SyncApp
from wizard.models.user import User, UserGroup, group_membership
from wizard.models.watch.watch import Outage, Watch, WatchDay

__all__ = [
    "CONFIGURING",
    "PASSED",
    "UNFINISHED",
    "Account",
    "AccountFactor",
    "AccountNotice",
    "AccountSession",
    "ActorFieldRow",
    "ActorTypeRow",
    "AuditEvent",
    "CheckRun",
    "ConfigurationState",
    "Connection",
    "ConnectionState",
    "Connector",
    "Continuation",
    "Delivery",
    "DoneStep",
    "LoginLink",
    "Notice",
    "Outage",
    "Owed",
    "Passkey",
    "ProviderKey",
    "RateEntry",
    "Recipient",
    "RecoveryCode",
    "Removal",
    "RequiredFor",
    "Route",
    "ScopeEntry",
    "SecretRequest",
    "Setup",
    "SetupKind",
    "SignInPolicy",
    "Source",
    "SuperOfficeDrift",
    "SuperOfficeLink",
    "SuperOfficeReading",
    "SuperOfficeSignIn",
    "SuperOfficeState",
    "SuperOfficeWrite",
    "SyncApp",
    "User",
    "UserGroup",
    "Watch",
    "WatchDay",
    "WriteOperation",
    "WriteState",
    "group_membership",
    "recipient_target",
]
