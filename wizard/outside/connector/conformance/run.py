"""Runs the conformance cases in order and deletes the throw-away connection at the end, however they end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wizard.outside.connector.checks.run import CheckLimits, Endpoint, client_for
from wizard.outside.connector.conformance import before_saving, with_connection
from wizard.outside.connector.conformance.findings import Finding, Violation
from wizard.outside.connector.conformance.requirements import require_ok
from wizard.outside.connector.conformance.session import ConformanceSession
from wizard.outside.connector.conformance.with_connection import BROKEN
from wizard.outside.http import Deadline, Policy
from wizard.outside.soap import contract as c

CLEAN_UP_SECONDS = 5.0

_CASES = (
    before_saving.first_answer,
    before_saving.configuration_fields,
    before_saving.lists_before_saving,
    before_saving.good_configuration,
    before_saving.empty_configuration,
    before_saving.unknown_connection,
    with_connection.save_connection,
    with_connection.actor_types,
    with_connection.actor_fields,
    with_connection.lists,
    with_connection.searching,
    with_connection.writing_nothing,
    with_connection.delete,
)
_NEEDED = (before_saving.first_answer, with_connection.save_connection)


def run_conformance(
    endpoint: Endpoint,
    values: Mapping[str, str],
    secrets: Iterable[str],
    *,
    policy: Policy,
    limits: CheckLimits,
    seconds: float,
    on_finding: Callable[[Finding], None] = lambda _: None,
) -> tuple[Finding, ...]:
    """Tries every operation with encoded `values`. `on_finding` is called with each finding as it is made.

    `limits` are those of one call; after `seconds` no call is begun. Raises Failure for a forbidden address.
    """
    with client_for(endpoint, tuple(secrets), policy=policy, limits=limits) as (client, redactor):
        session = ConformanceSession(client, values, redactor, limits.seconds, Deadline(seconds), on_finding)
        try:
            for case in _CASES:
                before = len(session.findings)
                case(session)
                if case in _NEEDED and session.findings[before].outcome in BROKEN:
                    break  # nothing after it can be tried
            if session.late:
                with session.case("Every operation is tried within the time limit", session.findings[-1].operation):
                    raise Violation(f"{seconds:g} s were not enough")
        finally:
            if session.saved:
                _clean_up(session)
    return tuple(session.findings)


def _clean_up(session: ConformanceSession) -> None:
    """Deletes the connection, however the run has ended."""
    with (
        session.client.within(Deadline(min(CLEAN_UP_SECONDS, session.call_seconds))),
        session.case("The throw-away connection is deleted in the end", "WSDeleteConnection"),
    ):
        request = c.ConnectionRequest(connection_guid=session.guid)
        require_ok(session.client.call("WSDeleteConnection", request)[0], "deleting")
