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
from wizard.domain.superoffice.drift import Drift, DriftState, agree, config_code, find_drift, with_values
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
from wizard.domain.superoffice.seen_users import (
    MAX_USERS,
    OwnRow,
    SeenGroup,
    SeenUser,
    SeenUsers,
    clean_name,
    partners,
    plain_key,
    short_name,
    unique_keys,
)

__all__ = [
    "MAX_USERS",
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
    "OwnRow",
    "Part",
    "SeenGroup",
    "SeenUser",
    "SeenUsers",
    "SuperOfficeScope",
    "TenantState",
    "Values",
    "agree",
    "clean_name",
    "config_code",
    "differences",
    "find_drift",
    "is_named",
    "matching_connections",
    "matching_connectors",
    "partners",
    "plain_key",
    "readable_secrets",
    "saved_since",
    "short_name",
    "unique_keys",
    "with_values",
]
