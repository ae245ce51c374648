"""What the page of step 3 shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from wizard.domain.check import RunKind, Verdict
from wizard.domain.fields.blame import fields_named_in
from wizard.domain.fields.field import count_inputs
from wizard.domain.fields.multilang import in_language
from wizard.domain.steps import Step
from wizard.messages import describe, moment, verdict_line
from wizard.models import CheckRun, Connector, Setup, SetupKind
from wizard.services.checks.receipts import sign_payload
from wizard.services.checks.runs import latest_run, recent_failures
from wizard.services.connectors.find import current_connectors
from wizard.services.setups.find import provider_of
from wizard.services.users.count import count_everyone
from wizard.views.checks.check_view import Change, CheckView, check_view, not_run_yet, void_receipt
from wizard.views.setups.base import Difference, draft_saved, steps, titles
from wizard.views.setups.connection.field_changes import NewFields, fields_differ, seen_by_page
from wizard.views.setups.connection.gate import gate_of
from wizard.views.setups.connection.state import Filled
from wizard.views.users.scope_text import chosen_users_view, everyone_text
from wizard.web.htmx import render
from wizard.web.language import current_language


def page_of(
    filled: Filled,
    *,
    errors: Mapping[str, str] | None = None,
    theirs: list[Difference] | None = None,
    new_fields: NewFields | None = None,
    status: int = 200,
) -> Response:
    context = context_of(filled, errors or {})
    if new_fields is not None:
        context["refusal"] = None  # what a test of other fields has said
    return render(
        "connections/form.html", status=status, **context, theirs=theirs or [], new_fields=new_fields, answered=False
    )


def context_of(filled: Filled, errors: Mapping[str, str] | None = None) -> dict[str, Any]:
    setup, config = filled.setup, filled.config
    guided = setup.kind == SetupKind.GUIDED
    run, refused = _run_to_show(filled)
    changes = _changes(filled)
    check = _check(filled, run, changes, refused)
    shown = {**refused, **(errors or {})}
    saved_at = {key: _saved_at(secret) for key, secret in filled.typed.get("secrets", {}).items()}
    changed = {label_key for label_key, *_rest in changes} if check.receipt and check.receipt.void else set()
    reading = latest_run(setup, RunKind.CONNECTOR) if filled.fields is None else None
    reading = reading if filled.fields is None and reading is not None and reading.connector_id else None
    return {
        "setup": setup,
        "form": filled.form,
        "steps": steps(setup, Step.CONNECTION),
        "guided": guided,
        "title": _("Edit the ERP connection") if setup.edits else titles()[Step.CONNECTION],
        "kicker": _("Step 3 of 3") if guided else None,
        "lead": _lead(setup),
        "connector": filled.connector,
        "connectors": current_connectors(),
        "connector_hint": _connector_hint(filled.connector),
        "fields": None if filled.fields is None else config.views(saved_at, shown, changed),
        "fields_seen": filled.fingerprint,
        "reading": _reading_view(setup, reading, filled),
        "fields_differ": fields_differ(filled),
        "errors": errors or {},
        "refused": refused,
        "refusal": _refusal(run),
        "verdict_line": verdict_line(run.kind, run.stages) if run is not None else "",
        "answered_fields": _answered_fields(filled),
        "chosen": chosen_users_view(setup),
        "everyone": everyone_text(count_everyone()),
        "check": check,
        "run": run,
        "saving": run is not None and run.kind == RunKind.SAVE and run.unfinished,
        "passed": filled.proof is not None,
        "gate": gate_of(filled, run, changes),
        "failed": bool(errors) or (run is not None and run.verdict == Verdict.FAILED),
        "draft_saved": draft_saved(setup),
        "refresh_seconds": 1 if check.running or (reading is not None and reading.unfinished) else None,
    }


def _lead(setup: Setup) -> str:
    copied = setup.draft.get("copy_of")
    if copied:
        return _("Copy of %(name)s. Give it a name and enter its passwords anew.", name=copied)
    return _("One for each company in your ERP. It stays inactive until you choose what is synchronised.")


def _run_to_show(filled: Filled) -> tuple[CheckRun | None, dict[str, str]]:
    """The run that runs, else the newest that says something of these values; and the fields that it blames, by id."""
    latest = latest_run(filled.setup, RunKind.CONNECTION, RunKind.SAVE)
    if latest is not None and latest.unfinished:
        return latest, {}
    if latest is None or (latest.verdict is None and filled.proof is not None):
        return filled.proof, {}
    same = filled.message is not None and latest.receipt_signature == sign_payload(filled.message)
    if latest.verdict == Verdict.FAILED:
        return latest, _blamed(filled, latest) if same else {}
    return (latest if same and latest.kind != RunKind.SAVE else filled.proof), {}


def _blamed(filled: Filled, run: CheckRun) -> dict[str, str]:
    """The fields that the connector's explanation names, with its words."""
    failed = run.failure
    answer = failed.facts.get("answer", "") if failed else ""
    text = in_language(answer, current_language())
    return {
        filled.config.id_of(field): _("The ERP says: %(answer)s", answer=text)
        for field in fields_named_in(answer, filled.config.fields)
    }


def _answered_fields(filled: Filled) -> set[str]:
    """Ids of the fields whose look a test may have changed: secrets, and what this test or the one before blamed."""
    secrets = {filled.config.id_of(field) for field in filled.config.fields if field.is_secret}
    return secrets.union(*(_blamed(filled, run) for run in recent_failures(filled.setup)))


def _refusal(run: CheckRun | None) -> str | None:
    failed = run.failure if run else None
    return describe(failed).says if failed else None


def _check(
    filled: Filled, run: CheckRun | None, changes: Sequence[tuple[str, Change]], refused: Mapping[str, str]
) -> CheckView:
    setup = filled.setup
    if run is not None:
        count = count_inputs(filled.config.fields)
        name = filled.connector.name if filled.connector else ""
        covers = ngettext("%(connector)s and its field", "%(connector)s and all %(num)s fields", count, connector=name)
        link = next(((_label_at(filled, field_id), f"#{field_id}") for field_id in refused), None)
        return check_view(
            run,
            poll_url=url_for("setups.connection_check", setup_id=setup.id, fields_seen=seen_by_page(filled)),
            covers=covers,
            provider=provider_of(setup, filled.connector),
            link=link,
        )
    passed = filled.passed
    if passed is not None:
        reason = None if changes else _("It was valid for 24 hours.")
        void = void_receipt(passed, [change for _key, change in changes], reason)
        return not_run_yet(RunKind.CONNECTION, _("Test again"), "", void)
    hint = _("The test signs in to your ERP with these details. It changes nothing there and takes a few seconds.")
    return not_run_yet(RunKind.CONNECTION, _("Test and save"), hint)


def _changes(filled: Filled) -> list[tuple[str, Change]]:
    """What differs from the newest passed test: the field's key, and how the receipt shows it."""
    passed = filled.passed
    if passed is None or filled.connector is None:
        return []
    tested: Mapping[str, str] = passed.request["values"]
    changes: list[tuple[str, Change]] = []
    if passed.request["url"] != filled.connector.reachable_at or passed.request["ca_pem"] != filled.connector.ca_pem:
        changes.append(("", (_("ERP Sync Connector"), "#connector_id", None, None)))
    for field in filled.config.fields:
        now_value = filled.config.values.get(field.key)
        if not field.takes_input or tested.get(field.key) == now_value:
            continue
        secret = field.is_secret or field.key in passed.request["secret_keys"]
        before = None if secret else filled.config.display(field, tested.get(field.key, ""))
        after = None if secret else filled.config.display(field, now_value or "")
        label = filled.config.label_of(field)
        changes.append((field.key, (label, "#" + filled.config.id_of(field), before, after)))
    return changes


def _reading_view(setup: Setup, run: CheckRun | None, filled: Filled) -> CheckView | None:
    if run is None:
        return None
    return check_view(
        run,
        poll_url=url_for("setups.connection_fields_check", setup_id=setup.id),
        provider=provider_of(setup, filled.connector),
    )


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
    return _("Saved %(moment)s.", moment=moment(datetime.fromisoformat(secret["at"])))


def _label_at(filled: Filled, field_id: str) -> str:
    return next(
        filled.config.label_of(field) for field in filled.config.fields if filled.config.id_of(field) == field_id
    )
