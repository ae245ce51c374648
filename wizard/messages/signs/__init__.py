"""The words of every sign, in place of those of its reason. Signs that mean the same share their words."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.messages.reasons.row import Row
from wizard.messages.signs.between import BETWEEN_ROWS
from wizard.messages.signs.pages import PAGE_ROWS
from wizard.messages.signs.servers import SERVER_ROWS
from wizard.messages.signs.stacks import STACK_ROWS
from wizard.messages.signs.tls import TLS_SIGN_ROWS

__all__ = ["SIGN_ROWS"]

SIGN_ROWS: Mapping[str, Row] = {**BETWEEN_ROWS, **SERVER_ROWS, **STACK_ROWS, **PAGE_ROWS, **TLS_SIGN_ROWS}
