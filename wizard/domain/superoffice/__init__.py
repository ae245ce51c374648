"""The link to SuperOffice as plain values, what is typed for it, and how what stands there differs from here."""

from wizard.domain.superoffice.compare import (
    ConnectionValues,
    ConnectorValues,
    Difference,
    Part,
    SuperOfficeScope,
    Values,
    differences,
    readable_secrets,
)
from wizard.domain.superoffice.drift import Drift, DriftState, agree, config_code, drift, with_values
from wizard.domain.superoffice.kinds import Environment, LinkAccess, LinkKind, TenantState
from wizard.domain.superoffice.link_input import LinkInput
from wizard.domain.superoffice.matching import (
    ConnectionThere,
    ConnectorThere,
    is_named,
    matching_connections,
    matching_connectors,
    saved_since,
)

__all__ = [
    "ConnectionThere",
    "ConnectionValues",
    "ConnectorThere",
    "ConnectorValues",
    "Difference",
    "Drift",
    "DriftState",
    "Environment",
    "LinkAccess",
    "LinkInput",
    "LinkKind",
    "Part",
    "SuperOfficeScope",
    "TenantState",
    "Values",
    "agree",
    "config_code",
    "differences",
    "drift",
    "is_named",
    "matching_connections",
    "matching_connectors",
    "readable_secrets",
    "saved_since",
    "with_values",
]
