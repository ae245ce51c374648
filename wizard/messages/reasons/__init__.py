"""The words of every reason: what happened, what to do about it, and the request to the person who can.

A text may name facts of its result as `%(name)s`: `wizard.outside.connector.checks.run` and
`wizard.outside.superoffice.checks` list them, and
`wizard.messages.facts` puts them into words. Where one may be missing, a plainer text follows that needs only `host`.

A key is a reason's code. `code/superoffice` is preferred to it where SuperOffice was called and not a connector,
`code/kind` for a result whose fact `kind` says so, and `code/late` at a stage that comes after the connector has
answered once.
"""

from __future__ import annotations

from collections.abc import Mapping

from wizard.messages.reasons.activating import ACTIVATING_ROWS
from wizard.messages.reasons.address import ADDRESS_ROWS
from wizard.messages.reasons.configuration import CONFIGURATION_ROWS
from wizard.messages.reasons.contract import CONTRACT_ROWS
from wizard.messages.reasons.http import HTTP_ROWS
from wizard.messages.reasons.on_the_way import ON_THE_WAY_ROWS
from wizard.messages.reasons.row import Row
from wizard.messages.reasons.saving import SAVING_ROWS
from wizard.messages.reasons.superoffice import SUPEROFFICE_ROWS
from wizard.messages.reasons.tls import TLS_ROWS

__all__ = ["ROWS", "Row"]

ROWS: Mapping[str, Row] = {
    **ADDRESS_ROWS,
    **TLS_ROWS,
    **HTTP_ROWS,
    **CONTRACT_ROWS,
    **CONFIGURATION_ROWS,
    **SUPEROFFICE_ROWS,
    **SAVING_ROWS,
    **ON_THE_WAY_ROWS,
    **ACTIVATING_ROWS,
}
