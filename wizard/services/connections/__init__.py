"""ERP connections: finds, saves, deletes and restores them, and finds the users and groups of their scope."""

from wizard.services.connections.delete import delete_connection, restore_connection
from wizard.services.connections.find import (
    changed_fields,
    count_connections,
    current_connections,
    find_connection,
    list_connections,
)
from wizard.services.connections.follow_up import after_connection_test, after_save
from wizard.services.connections.save import resume_orphaned_saves, save_connection
from wizard.services.connections.scope import (
    MAX_USERS,
    choose_scope,
    count_groups,
    find_groups,
    find_users,
    scope_names,
    scope_of_draft,
    without_deleted,
)

__all__ = [
    "MAX_USERS",
    "after_connection_test",
    "after_save",
    "changed_fields",
    "choose_scope",
    "count_connections",
    "count_groups",
    "current_connections",
    "delete_connection",
    "find_connection",
    "find_groups",
    "find_users",
    "list_connections",
    "restore_connection",
    "resume_orphaned_saves",
    "save_connection",
    "scope_names",
    "scope_of_draft",
    "without_deleted",
]
