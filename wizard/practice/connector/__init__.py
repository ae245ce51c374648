"""The practice connector's server: its endpoint, its operations, its fields and its database."""

from wizard.practice.connector.fields import PASSWORD
from wizard.practice.connector.server import PATH, create_blueprint

__all__ = ["PASSWORD", "PATH", "create_blueprint"]
