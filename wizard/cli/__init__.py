"""The command line `erp-wizard`, one module a command; each loads what it needs when it is asked for."""

from wizard.cli.group import cli, main

__all__ = ["cli", "main"]
