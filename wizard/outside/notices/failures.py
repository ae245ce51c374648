"""Why a message was not sent, without the address that it was for."""

from __future__ import annotations

from wizard.domain.notices import Undelivered


class InvalidAddress(ValueError):
    """No message can be sent to this address."""


class SendFailure(Exception):
    """A message was not taken. `detail` is a code of the other side, or the IP address that is forbidden."""

    def __init__(self, reason: Undelivered, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail
