"""The practice connector's server: its endpoint, its operations, its fields and its database."""

from wizard.practice.connector.server import create_blueprint

__all__ = ["create_blueprint"]
