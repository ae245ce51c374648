"""SuperOffice's users and user groups: adding and changing them, importing them from CSV, counting those of a scope."""

from wizard.services.users.count import count_everyone, count_groups, count_users, names_of_left
from wizard.services.users.import_csv import Preview, UserLine, decode_csv, import_users, preview_import
from wizard.services.users.manage import (
    Shown,
    count_shown,
    count_there,
    delete_group,
    delete_user,
    find_group,
    find_user,
    group_sizes,
    groups_there,
    ids_by_name,
    list_groups,
    list_users,
    restore_user_or_group,
    save_group,
    save_user,
    users_there,
)
from wizard.services.users.match import match_group, match_user

__all__ = [
    "Preview",
    "Shown",
    "UserLine",
    "count_everyone",
    "count_groups",
    "count_shown",
    "count_there",
    "count_users",
    "decode_csv",
    "delete_group",
    "delete_user",
    "find_group",
    "find_user",
    "group_sizes",
    "groups_there",
    "ids_by_name",
    "import_users",
    "list_groups",
    "list_users",
    "match_group",
    "match_user",
    "names_of_left",
    "preview_import",
    "restore_user_or_group",
    "save_group",
    "save_user",
    "users_there",
]
