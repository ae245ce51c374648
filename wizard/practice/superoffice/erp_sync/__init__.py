"""The agent ErpSync: `OPERATIONS` by name, in small letters."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.practice.superoffice.erp_sync import connections, connectors, engine
from wizard.practice.superoffice.tenant import Operation

__all__ = ["OPERATIONS"]

OPERATIONS: Mapping[str, Operation] = {**connectors.OPERATIONS, **connections.OPERATIONS, **engine.OPERATIONS}
