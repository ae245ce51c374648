"""Step 2: add a Sync Connector, or change one."""

from wizard.views.setups.connector import routes

__all__ = ["routes"]
