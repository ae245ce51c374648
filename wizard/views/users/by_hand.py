"""What may be changed by hand."""

from __future__ import annotations

from wizard.errors import InvalidState
from wizard.models import User, UserGroup
from wizard.services.superoffice import linked


def require_by_hand(row: User | UserGroup | None = None) -> None:
    """Raises InvalidState for what is changed in the linked SuperOffice; without a row, for anything new."""
    if linked() is not None and (row is None or row.superoffice_id is not None):
        raise InvalidState("linked")
