"""The link to SuperOffice: `linked` finds it, `open_superoffice` opens a client for it, and what is read there."""

from wizard.services.superoffice.client import open_superoffice
from wizard.services.superoffice.find import find_link, linked
from wizard.services.superoffice.reading_registry import (
    last_registered,
    read_registered,
    read_registered_if_old,
    registered_elsewhere,
)
from wizard.services.superoffice.reading_users import read_users, read_users_if_old
from wizard.services.superoffice.readings import last_reading
from wizard.services.superoffice.store_users import UserChanges, store_users

__all__ = [
    "UserChanges",
    "find_link",
    "last_reading",
    "last_registered",
    "linked",
    "open_superoffice",
    "read_registered",
    "read_registered_if_old",
    "read_users",
    "read_users_if_old",
    "registered_elsewhere",
    "store_users",
]
