"""What follows a run that has saved in SuperOffice: our rows become what is there, or wait and are tried again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import selectinload, undefer

from wizard.domain.check import Stage
from wizard.domain.connector import ConnectorInput
from wizard.domain.steps import Step
from wizard.errors import InvalidInput, ReceiptMissing, StaleVersion
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connection, Connector, Continuation, Setup, SuperOfficeState
from wizard.models.columns import now
from wizard.models.database import reload_for_update
from wizard.outside.connector import CheckReport
from wizard.services.checks import AfterCommit
from wizard.services.connections import complete_save, give_up_save, mark_entered, owe_removal, start_removal_now
from wizard.services.connectors import register_connector
from wizard.services.superoffice.saving.journal import is_unsettled, remember

FIRST_DELAY = timedelta(minutes=1)
MAX_DELAY = timedelta(minutes=15)
MAX_TRIES = 100
"""About a day."""
DECISIONS = frozenset(
    f"superoffice.{name}"
    for name in ("exists", "here_already", "differs", "gone", "refused", "not_linked", "agent_forbidden")
)
"""Reasons after which a person has to decide: another try would end alike."""


_NEEDED = (
    undefer(Connection.superoffice_seen_token),
    undefer(Connection.receipt_token),
    selectinload(Connection.done_steps),
)
"""What would be read later, one by one, and have what was changed until then written first."""


def after_save_in_superoffice(run: CheckRun, report: CheckReport) -> AfterCommit | None:
    """Ends a save of both sides. What the connector has under a GUID that is not SuperOffice's, it has to forget."""
    setup = reload_for_update(Setup, run.setup_id) if run.setup_id else None
    connection = reload_for_update(Connection, run.connection_id, *_NEEDED) if run.connection_id else None
    if connection is None or connection.pending is None:
        return None
    before = _owned_guid(connection)
    if run.passed and complete_save(run, report, connection, setup):
        return _settled(run.account, connection, before)
    _remember_what_was_shown(run, setup)
    if _is_given_up(run, connection):
        give_up_save(run.account, connection, setup, False)
        return None
    _wait(run, connection)
    return None


def after_registration(run: CheckRun, _: CheckReport) -> None:
    """Registers the connector here, once SuperOffice has it. Why it cannot be registered, the form says."""
    setup = reload_for_update(Setup, run.setup_id) if run.setup_id else None
    if setup is None or setup.finished_at is not None:
        return
    if not run.passed:
        _remember_what_was_shown(run, setup)
        return
    db.session.flush()
    values = ConnectorInput.from_draft(setup.typed(Step.CONNECTOR))
    try:
        register_connector(run.account, setup, values, unreachable=bool(run.request.get("unreachable")))
    except (InvalidInput, ReceiptMissing, StaleVersion):
        run.continuation = Continuation.REFUSED
        return
    if setup.connector is not None:
        _take_number(setup.connector, run)


def _take_number(connector: Connector, run: CheckRun) -> None:
    facts = next(each.facts for each in run.stages if each.stage == Stage.SAVED_THERE)
    found = {"ErpConnectorId": int(facts["id"]), "DisplayName": facts["name"], "URL": facts["url"], "Deleted": False}
    remember(connector, int(facts["id"]), found)


def _owned_guid(connection: Connection) -> tuple[int, str, dict[str, Any]] | None:
    """What the wizard itself has told the connector: a connection that was saved before SuperOffice was linked."""
    if connection.receipt is None:
        return None
    connector = connection.connector
    place = {"name": connection.name, "url": connector.reachable_at, "ca_pem": connector.ca_pem}
    return connector.id, connection.guid, place


def _settled(
    account: Account, connection: Connection, before: tuple[int, str, dict[str, Any]] | None
) -> AfterCommit | None:
    connection.superoffice_state = SuperOfficeState.SAVED
    mark_entered(account, connection)
    seen = connection.superoffice_seen or {}
    guid = next((str(value) for name, value in seen.items() if name.lower() == "connectionid"), "")
    if not guid or guid == connection.guid:
        return None
    connection.guid = guid
    if before is None:
        return None
    connector_id, old, place = before
    return start_removal_now(owe_removal(account, connector_id, old, place, settles=False))


def _remember_what_was_shown(run: CheckRun, setup: Setup | None) -> None:
    """The next OK may replace what somebody else has changed in SuperOffice, as the page shows it."""
    if setup is not None and run.failure is not None and "shown" in run.failure.facts:
        setup.draft = {**setup.draft, "in_superoffice": {"shown": run.failure.facts["shown"]}}


def _is_given_up(run: CheckRun, connection: Connection) -> bool:
    reason = run.failure.reason if run.failure else None
    is_saved = connection.receipt is not None
    may_be_there = connection.superoffice_id is not None or is_unsettled(connection.id)
    return reason in DECISIONS and (is_saved or not may_be_there)


def _wait(run: CheckRun, connection: Connection) -> None:
    """Tries again later, unless a person has to decide; when, `resume_orphaned_saves` reads."""
    pending = connection.pending or {}
    tries = int(pending.get("retries", 0)) + 1
    reason, facts = (run.failure.reason, run.failure.facts) if run.failure else (None, {})
    at = now() + min(FIRST_DELAY * 2 ** min(tries - 1, 10), MAX_DELAY)
    when = max(at.isoformat(), facts.get("until", ""))
    is_over = tries > MAX_TRIES or reason in DECISIONS
    connection.pending = pending | {"retries": tries, "retry_at": "" if is_over else when, "tries": 0}
