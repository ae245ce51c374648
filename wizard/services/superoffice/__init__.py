"""The link to SuperOffice: `linked` finds it."""

from wizard.services.superoffice.find import find_link, linked
from wizard.services.superoffice.store_users import UserChanges, store_users

__all__ = ["UserChanges", "find_link", "linked", "store_users"]
