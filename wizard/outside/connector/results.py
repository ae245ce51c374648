"""Interprets the result that every operation of the contract returns."""

from __future__ import annotations

from typing import Any

from wizard.domain.check import Stage
from wizard.outside.connector.client import ConnectorClient
from wizard.outside.http import Evidence, Failure
from wizard.outside.soap import Unsendable
from wizard.outside.soap.contract import Result, State


def send(client: ConnectorClient, operation: str, request: Any) -> tuple[Any, Evidence]:
    try:
        return client.call(operation, request)
    except Unsendable as error:
        facts = {"answer": "", "operation": operation}
        raise Failure(
            Stage.CONFIG, "config.rejected", facts, (("error", "a character that XML cannot carry"),)
        ) from error


def refusal(result: Result) -> str | None:
    """The reason for which a configuration counts as refused; None for one that is accepted."""
    if result.is_ok is not None and result.is_ok != (result.state != State.ERROR):
        return "config.contradiction"
    if not is_error(result):
        return None
    return "config.rejected" if explanation(result) else "config.no_explanation"


def is_error(result: Result) -> bool:
    """Whether State or IsOk reports an error."""
    return result.state == State.ERROR or result.is_ok is False


def explanation(result: Result) -> str:
    return (result.user_explanation or "").strip()


def evidence_of(result: Result) -> Evidence:
    rows = (
        ("state", str(result.state)),
        ("is ok", "" if result.is_ok is None else str(result.is_ok)),
        ("error code", result.error_code or ""),
        ("explanation", result.user_explanation or ""),
        ("technical explanation", result.tech_explanation or ""),
    )
    return tuple((label, text) for label, text in rows if text)
