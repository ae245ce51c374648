"""What SuperOffice has of a connection, as it is compared: after a save, and later."""

from __future__ import annotations

from wizard.domain.superoffice import ConnectionValues, SuperOfficeScope
from wizard.outside.superoffice.carriers import ErpConnection


def connection_values(carrier: ErpConnection) -> ConnectionValues:
    """What of a carrier is compared."""
    groups, associates = frozenset(carrier.user_group_access_ids), frozenset(carrier.associate_access_ids)
    return ConnectionValues(
        carrier.display_name,
        carrier.display_description,
        carrier.erp_connector_id,
        carrier.active,
        SuperOfficeScope(carrier.all_access, groups, associates),
        carrier.config_fields,
    )
