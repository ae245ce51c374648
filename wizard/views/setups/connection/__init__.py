"""Step 3: add an ERP connection, or change one."""

from wizard.views.setups.connection import routes

__all__ = ["routes"]
