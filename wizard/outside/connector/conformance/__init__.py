"""A conformance run: all 17 operations on a throw-away connection, which is deleted at the end.

It reports what a connector does against the contract. Nothing is written to the ERP: WSCreateActor and WSSaveActors are
called with nothing to write, which a connector has to answer too.
"""

from wizard.outside.connector.conformance.findings import Finding
from wizard.outside.connector.conformance.run import run_conformance

__all__ = ["Finding", "run_conformance"]
