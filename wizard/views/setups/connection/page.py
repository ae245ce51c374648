"""What the page of step 3 shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from wizard.domain.check import Verdict
from wizard.domain.connection import TEXTS
from wizard.domain.drafts import texts_of
from wizard.domain.steps import Step
from wizard.messages import moment
from wizard.models import Connector, Setup
from wizard.views.setups.connection.changes import changes_since_test
from wizard.views.setups.connection.field_changes import FieldsDiffer, fields_differ
from wizard.views.setups.connection.gate import gate_of
from wizard.views.setups.connection.run_on_page import (
    answered_fields,
    reading_view,
    run_on_page,
    summary_of,
    view_of_test,
)
from wizard.views.setups.connection.saving import saving_view
from wizard.views.setups.connection.state import ConnectionFormState
from wizard.views.setups.differences import Difference
from wizard.views.setups.drafts import Meanwhile
from wizard.views.setups.steps import step_context
from wizard.views.users.scope_text import chosen_users_view, everyone_text
from wizard.web import render


def page_of(
    state: ConnectionFormState,
    *,
    errors: Mapping[str, str] | None = None,
    theirs: Sequence[Difference] = (),
    new_fields: FieldsDiffer | None = None,
    status: int = 200,
) -> Response:
    context = _context(state, errors or {}, new_fields)
    return render(
        "connections/form.html", status=status, **context, theirs=theirs, new_fields=new_fields, answered=False
    )


def stale_page(setup: Setup, meanwhile: Meanwhile) -> Response:
    """The page, once another one has changed what it shows."""
    context = _context(ConnectionFormState(setup, draft=meanwhile.draft))
    return render("connections/form.html", status=409, **context, meanwhile=meanwhile, answered=False)


def is_ready(state: ConnectionFormState) -> bool:
    """Whether OK is on."""
    return all(item.met for item in gate_of(state, run_on_page(state), changes_since_test(state)))


def part_of(state: ConnectionFormState, *, answered: bool, saved: bool = False) -> Response:
    """What depends on the test.

    `answered`: it is rendered because the test has gone on, `saved`: because the page has saved what it shows.
    """
    context = _context(state)
    return render("connections/form.html", "connections/_part.html", answered=answered, saved=saved, **context)


def config_of(state: ConnectionFormState, *, saved: bool) -> Response:
    """The connector's fields, and beside them what depends on the test; `saved` as for `part_of`."""
    return render("connections/form.html", "connections/_config.html", swap_part=True, saved=saved, **_context(state))


def _context(
    state: ConnectionFormState, errors: Mapping[str, str] | None = None, new_fields: FieldsDiffer | None = None
) -> dict[str, Any]:
    setup, errors = state.setup, errors or {}
    choices: list[tuple[int | str, str]] = [(connector.id, connector.name) for connector in state.connectors]
    on_page = run_on_page(state)
    changes = changes_since_test(state)
    check = view_of_test(state, on_page, changes)
    reading = reading_view(state)
    saved_at = {key: _saved_at(secret) for key, secret in state.draft.get("secrets", {}).items()}
    changed = {change.key for change in changes} if check.receipt and check.receipt.void else set()
    gate = gate_of(state, on_page, changes)
    fields = None if state.fields is None else state.config.views(saved_at, {**on_page.blamed, **errors}, changed)
    differ = fields_differ(state)
    return {
        **step_context(setup, Step.CONNECTION, shown=_shown(state)),
        "form": state.form,
        "lead": _lead(setup),
        "connector": state.connector,
        "connector_choices": choices if state.connector else [("", _("Choose one")), *choices],
        "connector_hint": _connector_hint(state.connector),
        "fields": fields,
        "ask_colleague": any(field.is_secret for field in state.fields or ()),
        "fields_seen": state.fingerprint,
        "reading": reading,
        "can_read": not (reading and reading.running),
        "fields_differ": differ,
        "errors": errors,
        # a test of other fields says nothing of those that the page shows now
        "summary": summary_of(on_page, errors) if errors or new_fields is None else None,
        "answered_fields": [] if differ else _select(fields, answered_fields(state)),
        "chosen": chosen_users_view(setup, state.scope),
        "everyone": everyone_text(),
        "there": saving_view(state, on_page),
        "check": check,
        "saving": on_page.is_saving,
        "passed": state.runs.receipt is not None,
        "gate": gate,
        "can_save": all(item.met for item in gate),
        "failed": bool(errors) or on_page.has_failed,
        "refresh_seconds": 1 if check.running or (reading is not None and reading.running) else None,
    }


def _shown(state: ConnectionFormState) -> dict[str, Any]:
    """What is saved, as a form shows it: with the defaults of what was not typed yet."""
    saved = state.setup.typed(Step.CONNECTION)
    defaults = {**dict.fromkeys(TEXTS, ""), "connector_id": state.setup.connector_id, "scope": "everyone"}
    return texts_of({**defaults, **saved, "values": state.config_of(saved).texts})


def _select(fields: Sequence[Any] | None, ids: set[str]) -> list[Any]:
    return [field for field in fields or () if field.id in ids]


def _lead(setup: Setup) -> str:
    copied = setup.draft.get("copy_of")
    if copied:
        return _("Copy of %(name)s. Give it a name and enter its passwords anew.", name=copied)
    if setup.edits:
        return _("What you change is tested before it is saved.")
    return _("One for each company in your ERP. It stays inactive until you choose what is synchronised.")


def _connector_hint(connector: Connector | None) -> str:
    if connector is None:
        return _("The app that speaks to your ERP.")
    if not connector.health:
        return _("It has not been reached yet.")
    at = moment(connector.health.at)
    if connector.health.verdict == Verdict.FAILED:
        return _("It did not answer as it should %(moment)s.", moment=at)
    return _("It answered %(moment)s.", moment=at)


def _saved_at(secret: Mapping[str, str]) -> str:
    at = moment(datetime.fromisoformat(secret["at"]))
    if who := secret.get("by"):
        return _("Filled in by %(who)s %(moment)s.", who=who, moment=at)
    return _("Saved %(moment)s.", moment=at)
