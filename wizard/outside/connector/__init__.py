"""Calls and checks of a connector: `check_connector`, `check_connection`, `check_configuration`, `save_connection`.

`check_briefly` is for what is repeated very often. `ask_actors` asks for the fields and records of a saved connection.

`wizard.outside.connector.conformance` runs all of its operations; it is loaded only where it is needed.
"""

from wizard.outside.connector.actors import ActorTypeRead, ActorTypesRead, ErpActors, ErpRecord, ask_actors
from wizard.outside.connector.checks.brief import KnownAnswers, certificate_end, check_briefly
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
    "ActorTypeRead",
    "ActorTypesRead",
    "Catalog",
    "CheckLimits",
    "CheckOptions",
    "CheckReport",
    "Endpoint",
    "ErpActors",
    "ErpRecord",
    "KnownAnswers",
    "ask_actors",
    "certificate_end",
    "check_briefly",
    "check_configuration",
    "check_connection",
    "check_connector",
    "client_for",
    "delete_connection",
    "read_saved_catalog",
    "save_connection",
    "without_secrets",
]
