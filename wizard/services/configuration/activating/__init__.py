"""Activates a connection in SuperOffice after a check of all that could stop it, and deactivates it."""

from wizard.services.configuration.activating.deactivate import deactivate
from wizard.services.configuration.activating.follow_up import after_activation
from wizard.services.configuration.activating.run import activate_in_superoffice

__all__ = ["activate_in_superoffice", "after_activation", "deactivate"]
