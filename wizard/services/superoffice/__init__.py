"""The link to SuperOffice: `linked` finds it, `open_superoffice` opens a client for it, and what is read there."""

from wizard.services.superoffice.check import after_link_check, check_link_now, check_of_link
from wizard.services.superoffice.client import open_superoffice
from wizard.services.superoffice.entered_by_hand import Verification, verify_entered
from wizard.services.superoffice.find import find_link, linked, waiting_connections
from wizard.services.superoffice.link import (
    name_of,
    note_trouble,
    repeat_failed_link_check,
    start_link_check,
    unlink,
)
from wizard.services.superoffice.link_input import (
    given_by_settings,
    has_secret,
    replace_password,
    save_link_input,
    typed_before,
)
from wizard.services.superoffice.reading_connection import ReadConnection, read_connection
from wizard.services.superoffice.reading_registry import (
    last_registered,
    read_registered,
    read_registered_if_old,
    registered_elsewhere,
)
from wizard.services.superoffice.reading_users import read_users, read_users_if_old
from wizard.services.superoffice.readings import last_reading
from wizard.services.superoffice.sign_in import begin_link_sign_in, finish_link_sign_in
from wizard.services.superoffice.store_users import UserChanges, store_users

__all__ = [
    "ReadConnection",
    "UserChanges",
    "Verification",
    "after_link_check",
    "begin_link_sign_in",
    "check_link_now",
    "check_of_link",
    "find_link",
    "finish_link_sign_in",
    "given_by_settings",
    "has_secret",
    "last_reading",
    "last_registered",
    "linked",
    "name_of",
    "note_trouble",
    "open_superoffice",
    "read_connection",
    "read_registered",
    "read_registered_if_old",
    "read_users",
    "read_users_if_old",
    "registered_elsewhere",
    "repeat_failed_link_check",
    "replace_password",
    "save_link_input",
    "start_link_check",
    "store_users",
    "typed_before",
    "unlink",
    "verify_entered",
    "waiting_connections",
]
