"""The guide's pages, and the same forms opened from a list."""

from wizard.views.setups.base import blueprint
from wizard.views.setups import app, connection, connector, done, setup  # isort: skip

__all__ = ["app", "blueprint", "connection", "connector", "done", "setup"]
