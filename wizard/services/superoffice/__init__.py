"""The link to SuperOffice: `linked` finds it."""

from wizard.services.superoffice.find import find_link, linked

__all__ = ["find_link", "linked"]
