"""The agents ErpSync and Import: `OPERATIONS` and `IMPORT`, by name."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.practice.superoffice.erp_sync import (
    activation,
    connections,
    connectors,
    defaults,
    engine,
    list_mappings,
    mapping,
)
from wizard.practice.superoffice.erp_sync.preview import IMPORT
from wizard.practice.superoffice.tenant import Operation

__all__ = ["IMPORT", "OPERATIONS"]

OPERATIONS: Mapping[str, Operation] = {
    **connectors.OPERATIONS,
    **connections.OPERATIONS,
    **mapping.OPERATIONS,
    **list_mappings.OPERATIONS,
    **defaults.OPERATIONS,
    **activation.OPERATIONS,
    **engine.OPERATIONS,
}
