"""SuperOffice's users and user groups: adding and changing them, importing them from CSV, counting those of a scope."""

from wizard.services.users.count import count_everyone, count_users
from wizard.services.users.import_csv import Preview, UserLine, decode_csv, import_users, preview_import
from wizard.services.users.manage import (
    count_current_and_deleted,
    delete_group,
    delete_user,
    find_group,
    find_user,
    group_sizes,
    ids_by_name,
    list_groups,
    list_users,
    restore_user_or_group,
    save_group,
    save_user,
)

__all__ = [
    "Preview",
    "UserLine",
    "count_current_and_deleted",
    "count_everyone",
    "count_users",
    "decode_csv",
    "delete_group",
    "delete_user",
    "find_group",
    "find_user",
    "group_sizes",
    "ids_by_name",
    "import_users",
    "list_groups",
    "list_users",
    "preview_import",
    "restore_user_or_group",
    "save_group",
    "save_user",
]
