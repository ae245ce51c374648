"""The practice SuperOffice: an embedded twin of its web API for a made-up tenant, with faults that can be chosen.

`create_superoffice` and `create_consent` make its two parts of an app for a `Tenant`. Shapes and readings are its own
and not the client's, so that a mistake of the client's is not made twice.
"""

from wizard.practice.superoffice.behaviour import CLIENT_ID, CLIENT_SECRET, PASSWORD, TENANT, Behaviour, Fault, Planned
from wizard.practice.superoffice.connector_calls import ConnectorCalls
from wizard.practice.superoffice.server import PATH, create_consent, create_superoffice
from wizard.practice.superoffice.sign_in import Grant, Tokens
from wizard.practice.superoffice.store import Store
from wizard.practice.superoffice.tenant import Tenant
from wizard.practice.superoffice.users import ADMINISTRATOR, NO_ADMINISTRATOR, Directory

__all__ = [
    "ADMINISTRATOR",
    "CLIENT_ID",
    "CLIENT_SECRET",
    "NO_ADMINISTRATOR",
    "PASSWORD",
    "PATH",
    "TENANT",
    "Behaviour",
    "ConnectorCalls",
    "Directory",
    "Fault",
    "Grant",
    "Planned",
    "Store",
    "Tenant",
    "Tokens",
    "create_consent",
    "create_superoffice",
]
