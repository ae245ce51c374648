"""ERP connections: finds, saves, deletes and restores them, with the users and groups of their scope.

`entered` is about what an administrator has done for them in SuperOffice.
"""

from wizard.services.connections.delete import (
    delete_connection,
    delete_with_connections,
    restore_connection,
    restore_with_connections,
)
from wizard.services.connections.entered import (
    has_changed,
    known_entered,
    mark_entered,
    tick_step,
    untick_step,
    versions_of,
)
from wizard.services.connections.find import (
    MAX_CHOICES,
    changed_fields,
    connections_on,
    count_connections,
    current_connections,
    find_choices,
    find_connection,
    list_connections,
)
from wizard.services.connections.finish import complete_save, give_up_save
from wizard.services.connections.follow_up import after_connection_test, after_save
from wizard.services.connections.kept_receipt import void_receipt
from wizard.services.connections.removals import (
    after_removal,
    give_up_removals,
    owe_removal,
    removals_of,
    start_removal_now,
    start_removals,
)
from wizard.services.connections.resume import resume_orphaned_saves
from wizard.services.connections.save import save_connection
from wizard.services.connections.saving_again import save_again
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
    "MAX_CHOICES",
    "MAX_USERS",
    "after_connection_test",
    "after_removal",
    "after_save",
    "changed_fields",
    "choose_scope",
    "complete_save",
    "connections_on",
    "count_connections",
    "count_groups",
    "current_connections",
    "delete_connection",
    "delete_with_connections",
    "find_choices",
    "find_connection",
    "find_groups",
    "find_users",
    "give_up_removals",
    "give_up_save",
    "has_changed",
    "known_entered",
    "list_connections",
    "mark_entered",
    "owe_removal",
    "removals_of",
    "restore_connection",
    "restore_with_connections",
    "resume_orphaned_saves",
    "save_again",
    "save_connection",
    "scope_names",
    "scope_of_draft",
    "start_removal_now",
    "start_removals",
    "tick_step",
    "untick_step",
    "versions_of",
    "void_receipt",
    "without_deleted",
]
