"""The practice connector: a real SOAP endpoint on a small made-up ERP, with faults that can be chosen."""

from wizard.practice.connector import PASSWORD, PATH, create_blueprint

__all__ = ["PASSWORD", "PATH", "create_blueprint"]
