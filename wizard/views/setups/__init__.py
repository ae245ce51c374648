"""The guide's pages, and the same forms opened from a list."""

from wizard.views.setups import app, connection, connector, done, setup
from wizard.views.setups.base import blueprint

__all__ = ["app", "blueprint", "connection", "connector", "done", "setup"]
