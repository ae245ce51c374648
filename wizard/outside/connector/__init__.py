"""Calls and checks of a connector: `check_connector`, `check_connection`, `check_configuration`, `save_connection`.

`wizard.outside.connector.conformance` runs all of its operations; it is loaded only where it is needed.
"""

from wizard.outside.connector.checks.run import (
    check_configuration,
    check_connection,
    check_connector,
    client_for,
    delete_connection,
    read_saved_catalog,
    save_connection,
)
from wizard.outside.connector.report import Catalog, CheckReport
from wizard.outside.connector.session import CheckOptions, Endpoint
from wizard.outside.running_check import CheckLimits, without_secrets

__all__ = [
    "Catalog",
    "CheckLimits",
    "CheckOptions",
    "CheckReport",
    "Endpoint",
    "check_configuration",
    "check_connection",
    "check_connector",
    "client_for",
    "delete_connection",
    "read_saved_catalog",
    "save_connection",
    "without_secrets",
]
