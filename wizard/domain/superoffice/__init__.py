"""The link to SuperOffice as plain values: its kinds and states, and what is typed for it."""

from wizard.domain.superoffice.kinds import Environment, LinkAccess, LinkKind, TenantState
from wizard.domain.superoffice.link_input import LinkInput

__all__ = ["Environment", "LinkAccess", "LinkInput", "LinkKind", "TenantState"]
