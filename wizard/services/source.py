"""Where the present request comes from: the only place that asks for the client's address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flask import has_request_context, request

from wizard.domain.source import COMMAND_LINE

MAX_ADDRESS = 64
MAX_USER_AGENT = 254
_outside_requests: ContextVar[str] = ContextVar("source_outside_requests", default="")


def source_address() -> str:
    """The address of the client, `COMMAND_LINE` for a command, and nothing for background work."""
    if has_request_context():
        return (request.remote_addr or "")[:MAX_ADDRESS]
    return _outside_requests.get()


def source_user_agent() -> str:
    """The `User-Agent` header, cut; nothing outside a request."""
    return request.user_agent.string.replace("\0", "")[:MAX_USER_AGENT] if has_request_context() else ""


@contextmanager
def from_command_line() -> Iterator[None]:
    """What is done inside comes from the command line."""
    token = _outside_requests.set(COMMAND_LINE)
    try:
        yield
    finally:
        _outside_requests.reset(token)
