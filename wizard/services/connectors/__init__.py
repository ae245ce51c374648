"""Sync Connectors: finds, registers, deletes and restores them."""

from wizard.services.connectors.delete import delete_connector, restore_connector
from wizard.services.connectors.find import (
    connections_of,
    count_connectors,
    current_connectors,
    find_connector,
    list_connectors,
)
from wizard.services.connectors.follow_up import after_connector_check, store_fields
from wizard.services.connectors.register import begin_registration, free_name, register_connector, require_registrable

__all__ = [
    "after_connector_check",
    "begin_registration",
    "connections_of",
    "count_connectors",
    "current_connectors",
    "delete_connector",
    "find_connector",
    "free_name",
    "list_connectors",
    "register_connector",
    "require_registrable",
    "restore_connector",
    "store_fields",
]
