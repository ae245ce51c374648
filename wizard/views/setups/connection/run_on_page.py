"""Which test step 3 shows, and what it says of the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.check import SAVES, RunKind, Verdict
from wizard.domain.fields import count_inputs, fields_named_in, in_language
from wizard.messages import describe, verdict_line
from wizard.models import CheckRun
from wizard.services.setups import provider_of
from wizard.views.checks.check_view import CheckView, check_view, not_run_yet
from wizard.views.checks.receipt_view import void_receipt
from wizard.views.setups.connection.changes import FieldChange
from wizard.views.setups.connection.field_changes import fingerprint_of_page
from wizard.views.setups.connection.state import ConnectionFormState
from wizard.web import current_language


@dataclass(frozen=True)
class RunOnPage:
    """The run that step 3 shows, or None, and the fields that it blames: its words by input id."""

    run: CheckRun | None
    blamed: Mapping[str, str]

    @property
    def has_failed(self) -> bool:
        return self.run is not None and self.run.verdict == Verdict.FAILED

    @property
    def is_saving(self) -> bool:
        return self.run is not None and self.run.kind in SAVES and self.run.unfinished


def run_on_page(state: ConnectionFormState) -> RunOnPage:
    """The run that runs, else the newest that says something of these values."""
    runs = state.runs
    latest = runs.latest
    if latest is not None and latest.unfinished:
        return RunOnPage(latest, {})
    if latest is None or (latest.verdict is None and runs.receipt is not None):
        return RunOnPage(runs.receipt, {})
    if latest.verdict == Verdict.FAILED:
        return RunOnPage(latest, _blamed(state, latest) if runs.covers(latest) else {})
    return RunOnPage(latest if runs.covers(latest) and latest.kind not in SAVES else runs.receipt, {})


def answered_fields(state: ConnectionFormState) -> set[str]:
    """Ids of the fields whose look a test may have changed: secrets, and what this test or the one before blamed."""
    secrets = {state.config.id_of(field) for field in state.config.fields if field.is_secret}
    return secrets.union(*(_blamed(state, run) for run in state.runs.failures))


def summary_of(on_page: RunOnPage, errors: Mapping[str, str]) -> tuple[str, list[tuple[str, str]]] | None:
    """The title and the rows of the summary on top: what the form lacks, else what a test has found."""
    if errors:
        return _("Something is missing or not right yet"), _links(errors)
    failure = on_page.run.failure if on_page.run is not None else None
    if on_page.run is None or failure is None:
        return None
    rows = _links(on_page.blamed) or [(describe(failure).says, "#check-title")]
    return verdict_line(on_page.run.kind), rows


def view_of_test(state: ConnectionFormState, on_page: RunOnPage, changes: Sequence[FieldChange]) -> CheckView:
    """The run on the page, else the void receipt of an older one, else what a test will do."""
    if on_page.run is not None:
        count = count_inputs(state.config.fields)
        name = state.connector.name if state.connector else ""
        link = next(((_label_at(state, field_id), f"#{field_id}") for field_id in on_page.blamed), None)
        fields_seen = fingerprint_of_page(state)
        return check_view(
            on_page.run,
            poll_url=url_for("setups.connection_check", setup_id=state.setup.id, fields_seen=fields_seen),
            covers=ngettext(
                "%(connector)s and its field", "%(connector)s and all %(num)s fields", count, connector=name
            ),
            provider=provider_of(state.setup, state.connector),
            link=link,
        )
    if state.runs.passed is not None:
        reason = None if changes else _("It was valid for 24 hours.")
        void = void_receipt(state.runs.passed, [change[1:] for change in changes], reason)
        return not_run_yet(RunKind.CONNECTION, _("Test again"), "", void)
    hint = _("The test signs in to your ERP with these details. It changes nothing there and takes a few seconds.")
    return not_run_yet(RunKind.CONNECTION, _("Test and save"), hint)


def reading_view(state: ConnectionFormState) -> CheckView | None:
    """The check that asks the connector for its fields, while they are not known."""
    run = state.runs.reading
    if state.fields is not None or run is None or not run.connector_id:
        return None
    return check_view(
        run,
        poll_url=url_for("setups.connection_fields_check", setup_id=state.setup.id),
        provider=provider_of(state.setup, state.connector),
    )


def _blamed(state: ConnectionFormState, run: CheckRun) -> dict[str, str]:
    """The fields that the connector's explanation names, with its words."""
    failed = run.failure
    answer = failed.facts.get("answer", "") if failed else ""
    text = in_language(answer, current_language())
    quoted = _("“%(answer)s”", answer=text)
    return {state.config.id_of(field): quoted for field in fields_named_in(answer, state.config.fields)}


def _links(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(text, f"#{field_id}") for field_id, text in texts.items()]


def _label_at(state: ConnectionFormState, field_id: str) -> str:
    return next(state.config.label_of(field) for field in state.config.fields if state.config.id_of(field) == field_id)
