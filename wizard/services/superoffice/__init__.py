"""The link to SuperOffice: `linked` finds it, and `open_superoffice` opens a client for it."""

from wizard.services.superoffice.client import open_superoffice
from wizard.services.superoffice.find import find_link, linked
from wizard.services.superoffice.store_users import UserChanges, store_users

__all__ = ["UserChanges", "find_link", "linked", "open_superoffice", "store_users"]
