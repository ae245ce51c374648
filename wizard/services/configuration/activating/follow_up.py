"""What follows a run that has checked or activated a connection."""

from __future__ import annotations

from wizard.domain.check import Stage, StageResult
from wizard.domain.configuration import fields_named
from wizard.extensions import db
from wizard.models import CheckRun, Connection
from wizard.models.database import reload_for_update
from wizard.outside.connector import CheckReport
from wizard.services import audit
from wizard.services.configuration.find import load, need_state
from wizard.services.superoffice import linked


def after_activation(run: CheckRun, report: CheckReport) -> None:
    """Keeps what was found of the link; that it is active is known from reading, and the words of a refusal stay at
    the rows that they name."""
    connection = reload_for_update(Connection, run.connection_id) if run.connection_id else None
    if connection is None:
        return
    results = {each.stage: each for each in report.results}
    _keep_engine(results.get(Stage.REACHED))
    if not run.request["activate"]:
        return
    if run.passed:
        state = need_state(connection)
        state.refused = None
        state.activated_by = state.activated_by or (run.account and audit.name_of(run.account))
        audit.note(run.account, "configuration.activated", connection.name)
    elif run.failure is not None and run.failure.reason == "superoffice.activation_refused":
        _keep_words(connection, run.failure.facts.get("answer", ""))


def _keep_engine(result: StageResult | None) -> None:
    link = linked()
    if link is not None and result is not None and "engine" in result.facts:
        link.engine_running = result.facts["engine"] == "on"
    db.session.flush()


def _keep_words(connection: Connection, answer: str) -> None:
    """Each reason at the fields that it names, in SuperOffice's own words."""
    state = need_state(connection)
    if state.schema is None:
        return
    configuration = load(connection)
    refused: dict[str, dict[str, str]] = {}
    for words in filter(None, answer.split("\n")):
        for actor_type, key in fields_named(words, configuration, state.schema):
            refused.setdefault(actor_type, {})[key] = words
    state.refused = refused or state.refused
