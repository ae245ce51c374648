"""The page Notifications: who is told when something breaks, and what could not be delivered."""

from wizard.views.notices import edit as edit
from wizard.views.notices.pages import blueprint

__all__ = ["blueprint"]
