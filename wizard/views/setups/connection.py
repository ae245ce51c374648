"""Step 3: add an ERP connection, or change one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from wizard.domain.blame import fields_named_in
from wizard.domain.config_field import ConfigField, FieldType, compare_fields, fields_fingerprint
from wizard.domain.multilang import in_language
from wizard.domain.steps import Step
from wizard.domain.typed import in_other_language
from wizard.errors import InUse, InvalidInput, NotProven, StaleVersion
from wizard.forms.config_fields import PREFIX, ConfigForm, typed_values
from wizard.forms.row_ids import row_ids
from wizard.forms.steps import ConnectionForm
from wizard.messages import describe, moment, verdict_line
from wizard.models import CheckRun, Connector, RunKind, Setup, SetupKind
from wizard.models.columns import now
from wizard.services.cancel_check import cancel_check
from wizard.services.check_runs import covers_connection, latest_pass, latest_run, proof_of, recent_failures, sign
from wizard.services.choose_scope import members_of_draft
from wizard.services.count_people import count_everyone, count_people
from wizard.services.list_connectors import current_connectors
from wizard.services.save_connection import Wanted, save_connection
from wizard.services.setups import chosen_connector, provider_of, see_version
from wizard.services.start_check import check_connector, test_values
from wizard.services.start_setup import typed_from
from wizard.views.check_view import Change, CheckView, check_view, not_run_yet, void_receipt
from wizard.views.flashes import some_of
from wizard.views.htmx import render
from wizard.views.language import current_language
from wizard.views.setups.base import (
    Difference,
    blueprint,
    check_url,
    current,
    deleted_meanwhile,
    draft_saved,
    keep,
    step_url,
    steps,
    titles,
)
from wizard.views.setups.connector import a_check_each_second
from wizard.views.setups.versions import both_versions


@dataclass(frozen=True)
class GateItem:
    """One thing that has to be so before OK is on."""

    met: bool
    text: str
    link: tuple[str, str] | None = None


@dataclass(frozen=True)
class PeopleView:
    """Whom the chosen users and groups are, for `partials/_people.html`."""

    summary: str
    count: str
    change_url: str


@dataclass(frozen=True)
class NewFields:
    """What the connector asks for now and did not when the page was made, and the other way round."""

    came: Sequence[str]
    went: Sequence[str]
    moved: bool = False


class Sheet:
    """Step 3 as it stands: what was typed, what the connector asks for, and what has been tested of it."""

    def __init__(self, setup: Setup, form: ConnectionForm | None = None) -> None:
        self.setup = setup
        self.typed = setup.typed(Step.CONNECTION)
        self.form = form or ConnectionForm(formdata=None, data=self.typed)
        if self.form.scope.data is None:
            self.form.scope.data = self.typed.get("scope", "everyone")
        self.groups, self.people = members_of_draft(setup)
        self.connector = chosen_connector(setup)
        fields = self.connector.config_fields() if self.connector else None
        self.fields = fields
        self.config = ConfigForm(
            fields or (),
            self.typed.get("values", {}),
            self.typed.get("secrets", {}),
            origin=self.connector.origin if self.connector else "",
            language=current_language(),
            typed_in=self.typed.get("language"),
        )

    @cached_property
    def message(self) -> bytes | None:
        """What a receipt has to cover; None while something is missing or wrong."""
        if self.connector is None or self.fields is None or not self.config.complete:
            return None
        return covers_connection(self.connector, self.config.values)

    @cached_property
    def proof(self) -> CheckRun | None:
        return proof_of(self.message) if self.message else None

    @cached_property
    def passed(self) -> CheckRun | None:
        """The newest test that has passed, whatever it covers."""
        return latest_pass(self.setup, RunKind.CONNECTION)

    @cached_property
    def fingerprint(self) -> str:
        """Of the fields as they are asked for now, and by whom; empty while they are not known."""
        if self.connector is None or self.fields is None:
            return ""
        return f"{fields_fingerprint(self.fields)}.{_asked_by(self.connector)}"

    @property
    def members_missing(self) -> bool:
        return self.form.scope.data == "specific" and not (self.groups or self.people)


@blueprint.get("/<int:setup_id>/connection")
def connection() -> Response:
    return _page(Sheet(current()))


@blueprint.post("/<int:setup_id>/connection")
@a_check_each_second
def connection_send() -> Response:
    """Whatever button was pressed, the form is kept first."""
    setup, form = current(), ConnectionForm()
    before = chosen_connector(setup)
    theirs = _keep(setup, form)
    if theirs:
        return _page(Sheet(setup, form), theirs=theirs, status=409)
    sheet = Sheet(setup, form)
    action = request.form.get("action", "ok")
    if action == "cancel":
        return _cancel(setup)
    if action == "scope":
        return redirect(url_for("scope.show", setup_id=setup.id), 303)
    if action == "fields":
        return redirect(step_url(setup, Step.CONNECTION) + "#config", 303)
    if action == "read_fields" and sheet.connector is not None:
        check_connector(current_user, sheet.connector, setup)
        return redirect(step_url(setup, Step.CONNECTION) + "#config", 303)
    new_fields = _new_fields(sheet, before)
    if new_fields is not None:
        return _page(sheet, new_fields=new_fields, status=422)
    return _test(sheet) if action == "test" else _save(sheet)


@blueprint.post("/<int:setup_id>/connection/draft")
def connection_draft() -> Response:
    """Keeps what is typed while it is typed, and says what that means for the receipt and OK."""
    setup, form = current(), ConnectionForm()
    theirs = _keep(setup, form)
    if theirs:
        return _page(Sheet(setup, form), theirs=theirs, status=409)
    return render("pages/connection.html", "partials/_connection_part.html", **_context(Sheet(setup)))


@blueprint.post("/<int:setup_id>/connection/fields")
def connection_fields() -> Response:
    """The fields of another connector, with the values of equal keys."""
    setup, form = current(), ConnectionForm()
    theirs = _keep(setup, form)
    if theirs:
        return _page(Sheet(setup, form), theirs=theirs, status=409)
    return render("pages/connection.html", "partials/_connection_config.html", swap_part=True, **_context(Sheet(setup)))


@blueprint.get("/<int:setup_id>/connection/fields")
def connection_fields_check() -> Response:
    """The progress of reading a connector's fields."""
    return render(
        "pages/connection.html", "partials/_connection_config.html", swap_part=True, **_context(Sheet(current()))
    )


@blueprint.get("/<int:setup_id>/connection/check")
def connection_check() -> Response:
    """The progress of the test, or of saving."""
    setup = current()
    sheet = Sheet(setup)
    fragment = "partials/_connection_part.html"
    return render("pages/connection.html", fragment, answered=True, **_context(sheet))


def _keep(setup: Setup, form: ConnectionForm) -> list[Difference]:
    return keep(Step.CONNECTION, _typed(setup, form), form, both_versions)


def _typed(setup: Setup, form: ConnectionForm) -> dict[str, Any]:
    """What was typed before, with what the page sent. Blank keeps a secret; values of other connectors stay."""
    before = setup.typed(Step.CONNECTION)
    chosen = row_ids([form.connector_id.data or ""])
    typed = before | {
        "language": current_language(),
        "name": form.name.data or "",
        "scope": form.scope.data or before.get("scope", "everyone"),
        "description": form.description.data or "",
        "connector_id": chosen[0] if chosen else before.get("connector_id", setup.connector_id),
    }
    shown = _fields_of(setup)
    sent = typed_values(MultiDict(request.form))
    secret = {field.key for field in shown if field.type == FieldType.PASSWORD}
    secret |= {name.removeprefix(PREFIX) for name in request.form.getlist("secret")}  # on that page they were
    plain = {key: text for key, text in sent.items() if key not in secret}
    typed["values"] = _in_language(before, shown) | plain
    typed["secrets"] = _secrets(setup, before, {key: sent[key] for key in sent if key in secret and sent[key]})
    return typed


def _fields_of(setup: Setup) -> tuple[ConfigField, ...]:
    connector = chosen_connector(setup)
    return (connector.config_fields() or ()) if connector else ()


def _in_language(before: Mapping[str, Any], fields: Sequence[ConfigField]) -> dict[str, str]:
    """Values typed earlier, in the format of the language that is read now."""
    types = {field.key: field.type for field in fields}
    language = current_language()
    typed_in = before.get("language", language)
    return {
        key: in_other_language(types[key], text, typed_in, language) if key in types else text
        for key, text in before.get("values", {}).items()
    }


def _secrets(setup: Setup, before: Mapping[str, Any], sent: Mapping[str, str]) -> dict[str, Any]:
    """Those given before and those that the page sent; not what was typed for a host that its connector has left."""
    connector = chosen_connector(setup)
    kept: dict[str, Any] = dict(before.get("secrets", {}))
    if _has_moved(connector, request.form.get("fields_seen", "")):
        return kept
    for key, value in sent.items():
        if kept.get(key, {}).get("value") != value or kept[key]["origin"] != (connector.origin if connector else ""):
            origin = connector.origin if connector else ""
            kept[key] = {"value": value, "origin": origin, "at": now().isoformat()}
    return kept


def _new_fields(sheet: Sheet, before: Connector | None) -> NewFields | None:
    """What changed between the page and the press, when the connector asks for other fields than the page had."""
    seen = request.form.get("fields_seen", "")
    if sheet.fields is None or seen in ("", sheet.fingerprint):
        return None
    moved = sheet.connector is before and _has_moved(before, seen)
    if not moved and seen.partition(".")[0] == sheet.fingerprint.partition(".")[0]:
        return None  # another connector, which asks for the same
    had = set(typed_values(MultiDict(request.form)))
    has = {field.key: field for field in sheet.fields if field.type != FieldType.LABEL}
    came = [sheet.config.label_of(field) for key, field in has.items() if key not in had]
    return NewFields(came, sorted(had - set(has)), moved)


def _test(sheet: Sheet) -> Response:
    if sheet.connector is None or sheet.fields is None or not sheet.config.complete:
        return _page(sheet, errors=_errors(sheet, with_form=False), status=422)
    test_values(current_user, sheet.setup, sheet.connector, sheet.form.name.data or "", sheet.config.values)
    return redirect(check_url(sheet.setup, Step.CONNECTION), 303)


def _save(sheet: Sheet) -> Response:
    sheet.form.validate()
    errors = _errors(sheet)
    if errors or sheet.connector is None:
        return _page(sheet, errors=errors, status=422)
    specific = sheet.form.scope.data == "specific"
    wanted = Wanted(
        name=sheet.form.name.data or "",
        description=sheet.form.description.data or "",
        connector=sheet.connector,
        all_access=not specific,
        group_ids=sheet.groups if specific else [],
        person_ids=sheet.people if specific else [],
        config=sheet.config.values,
    )
    try:
        save_connection(current_user, sheet.setup, wanted)
    except NotProven:
        return _page(sheet, errors={"part": _("These values have not been tested. Test them, then save.")}, status=422)
    except InvalidInput:
        errors = {"name": _("Another connection has this name. Choose another one.")}
        return _page(sheet, errors=errors, status=422)
    except InUse as gone:
        words = _("Deleted meanwhile: %(names)s. Look through the form and save again.", names=some_of(gone.names))
        return _page(Sheet(sheet.setup, sheet.form), errors={"part": words}, status=422)
    except StaleVersion:
        see_version(sheet.setup)
        return _page(sheet, theirs=_saved_version(sheet), status=409)
    return redirect(check_url(sheet.setup, Step.CONNECTION), 303)


def _saved_version(sheet: Sheet) -> list[Difference]:
    """How what is saved now differs from this form."""
    connection = sheet.setup.connection
    if connection is None:
        return []
    found = both_versions(typed_from(connection, current_language()), sheet.typed)
    return [deleted_meanwhile(), *found] if connection.deleted_at is not None else found


def _cancel(setup: Setup) -> Response:
    run = latest_run(setup, RunKind.CONNECTION, RunKind.CONNECTOR)
    if run is not None:
        cancel_check(current_user, run)
    return redirect(check_url(setup, Step.CONNECTION), 303)


def _errors(sheet: Sheet, *, with_form: bool = True) -> dict[str, str]:
    """Every error by the id of its input, in the order of the page."""
    found: dict[str, str] = {}
    if with_form:
        found = {name: str(messages[0]) for name, messages in sheet.form.errors.items() if name != "csrf_token"}
        if sheet.members_missing:
            found["scope"] = _("Choose at least one user or group, or Everyone.")
    if sheet.connector is None:
        found["connector_id"] = _("Choose a connector.")
    elif sheet.fields is None:
        found["connector_id"] = _("This connector has not answered yet, so its fields are not known.")
    return found | sheet.config.errors_by_id()


# --- what the page shows


def _page(
    sheet: Sheet,
    *,
    errors: Mapping[str, str] | None = None,
    theirs: list[Difference] | None = None,
    new_fields: NewFields | None = None,
    status: int = 200,
) -> Response:
    context = _context(sheet, errors or {})
    return render(
        "pages/connection.html", status=status, **context, theirs=theirs or [], new_fields=new_fields, answered=False
    )


def _context(sheet: Sheet, errors: Mapping[str, str] | None = None) -> dict[str, Any]:
    setup, config = sheet.setup, sheet.config
    guided = setup.kind == SetupKind.GUIDED
    run, refused = _run_to_show(sheet)
    changes = _changes(sheet)
    check = _check(sheet, run, changes, refused)
    shown = {**refused, **(errors or {})}
    saved_at = {key: _saved_at(secret) for key, secret in sheet.typed.get("secrets", {}).items()}
    changed = {label_key for label_key, *_rest in changes} if check.receipt and check.receipt.void else set()
    reading = latest_run(setup, RunKind.CONNECTOR) if sheet.fields is None else None
    reading = reading if sheet.fields is None and reading is not None and reading.connector_id else None
    return {
        "setup": setup,
        "form": sheet.form,
        "steps": steps(setup, Step.CONNECTION),
        "guided": guided,
        "title": titles()[Step.CONNECTION] if setup.connection_id is None or guided else _("Edit the ERP connection"),
        "kicker": _("Step 3 of 3") if guided else None,
        "connector": sheet.connector,
        "connectors": current_connectors(),
        "connector_hint": _connector_hint(sheet.connector),
        "fields": None if sheet.fields is None else config.views(saved_at, shown, changed),
        "fields_seen": sheet.fingerprint,
        "reading": _reading_view(setup, reading, sheet),
        "fields_differ": _fields_differ(sheet),
        "errors": errors or {},
        "refused": refused,
        "refusal": _refusal(run),
        "verdict_line": verdict_line(run.kind, run.results()) if run is not None else "",
        "answered_fields": _answered_fields(sheet),
        "people": people_view(setup),
        "everyone": _everyone(count_everyone()),
        "check": check,
        "run": run,
        "saving": run is not None and run.kind == RunKind.SAVE.value and run.unfinished,
        "passed": sheet.proof is not None,
        "gate": _gate(sheet, run, changes),
        "failed": bool(errors) or (run is not None and run.verdict == "failed"),
        "draft_saved": draft_saved(setup),
        "refresh_seconds": 1 if check.running or (reading is not None and reading.unfinished) else None,
    }


def _run_to_show(sheet: Sheet) -> tuple[CheckRun | None, dict[str, str]]:
    """The run that runs, else the newest that says something of these values; and the fields that it blames, by id."""
    latest = latest_run(sheet.setup, RunKind.CONNECTION, RunKind.SAVE)
    if latest is not None and latest.unfinished:
        return latest, {}
    if latest is None or (latest.verdict is None and sheet.proof is not None):
        return sheet.proof, {}
    same = sheet.message is not None and latest.covers == sign(sheet.message)
    if latest.verdict == "failed":
        return latest, _blamed(sheet, latest) if same else {}
    return (latest if same and latest.kind != RunKind.SAVE.value else sheet.proof), {}


def _blamed(sheet: Sheet, run: CheckRun) -> dict[str, str]:
    """The fields that the connector's explanation names, with its words."""
    failed = run.failure
    answer = failed.facts.get("answer", "") if failed else ""
    text = in_language(answer, current_language())
    return {
        sheet.config.id_of(field): _("The ERP says: %(answer)s", answer=text)
        for field in fields_named_in(answer, sheet.config.fields)
    }


def _answered_fields(sheet: Sheet) -> set[str]:
    """Ids of the fields whose look a test may have changed: secrets, and what this test or the one before blamed."""
    secrets = {sheet.config.id_of(field) for field in sheet.config.fields if field.type == FieldType.PASSWORD}
    return secrets.union(*(_blamed(sheet, run) for run in recent_failures(sheet.setup)))


def _refusal(run: CheckRun | None) -> str | None:
    failed = run.failure if run else None
    return describe(failed).says if failed else None


def _check(
    sheet: Sheet, run: CheckRun | None, changes: Sequence[tuple[str, Change]], refused: Mapping[str, str]
) -> CheckView:
    setup = sheet.setup
    if run is not None:
        count = sum(field.type != FieldType.LABEL for field in sheet.config.fields)
        name = sheet.connector.name if sheet.connector else ""
        covers = ngettext("%(connector)s and its field", "%(connector)s and all %(num)s fields", count, connector=name)
        link = next(((_label_at(sheet, field_id), f"#{field_id}") for field_id in refused), None)
        return check_view(
            run,
            poll_url=url_for("setups.connection_check", setup_id=setup.id, fields_seen=_seen_by_page(sheet)),
            covers=covers,
            provider=provider_of(setup, sheet.connector),
            link=link,
        )
    passed = sheet.passed
    if passed is not None:
        reason = None if changes else _("It was valid for 24 hours.")
        void = void_receipt(passed, [change for _key, change in changes], reason)
        return not_run_yet(RunKind.CONNECTION, _("Test again"), "", void)
    hint = _("The test signs in to your ERP with these details. It changes nothing there and takes a few seconds.")
    return not_run_yet(RunKind.CONNECTION, _("Test and save"), hint)


def _changes(sheet: Sheet) -> list[tuple[str, Change]]:
    """What differs from the newest passed test: the field's key, and how the receipt shows it."""
    passed = sheet.passed
    if passed is None or sheet.connector is None:
        return []
    tested: Mapping[str, str] = passed.request["values"]
    changes: list[tuple[str, Change]] = []
    if passed.request["url"] != sheet.connector.reachable_at or passed.request["ca_pem"] != sheet.connector.ca_pem:
        changes.append(("", (_("ERP Sync Connector"), "#connector_id", None, None)))
    for field in sheet.config.fields:
        now_value = sheet.config.values.get(field.key)
        if field.type == FieldType.LABEL or tested.get(field.key) == now_value:
            continue
        secret = field.type == FieldType.PASSWORD or field.key in passed.request["secret_keys"]
        before = None if secret else sheet.config.display(field, tested.get(field.key, ""))
        after = None if secret else sheet.config.display(field, now_value or "")
        label = sheet.config.label_of(field)
        changes.append((field.key, (label, "#" + sheet.config.id_of(field), before, after)))
    return changes


def _gate(sheet: Sheet, run: CheckRun | None, changes: Sequence[tuple[str, Change]]) -> list[GateItem]:
    items: list[GateItem] = []
    form = sheet.form
    if not (form.name.data or "").strip():
        items.append(GateItem(False, _("Name is empty"), (_("Name"), "#name")))
    if sheet.connector is None:
        items.append(GateItem(False, _("Connector is not chosen"), (_("Connector"), "#connector_id")))
    if sheet.members_missing:
        items.append(GateItem(False, _("Nobody is chosen yet"), (_("Nobody is chosen"), "#people-change")))
    met = not items
    if met:
        items.append(GateItem(True, _("Name, connector and scope")))
    missing = sheet.config.errors_by_id()
    for field in sheet.config.fields:
        field_id, label = sheet.config.id_of(field), sheet.config.label_of(field)
        if field_id not in missing:
            continue
        empty = field in sheet.config.missing
        chosen = field.type == FieldType.LIST
        text = _("%(field)s is not chosen", field=label) if empty and chosen else _("%(field)s is empty", field=label)
        items.append(
            GateItem(False, text if empty else _("%(field)s has to be corrected", field=label), (label, f"#{field_id}"))
        )
    if sheet.fields is not None and not missing:
        items.append(GateItem(True, _("All needed fields")))
    items.append(_test_item(sheet, run, changes))
    return items


def _test_item(sheet: Sheet, run: CheckRun | None, changes: Sequence[tuple[str, Change]]) -> GateItem:
    if sheet.proof is not None:
        return GateItem(True, _("The test has passed"))
    if run is not None and run.unfinished:
        return GateItem(False, _("The test is running"))
    if run is not None and run.verdict == "failed":
        return GateItem(False, _("The test has not passed"))
    if changes:
        label, link = changes[0][1][:2]
        return GateItem(False, _("Test again, because %(field)s was changed", field=label), (label, link))
    if sheet.passed is not None:
        return GateItem(False, _("Test again, because the test is too old"))
    return GateItem(False, _("The test has not been run"))


def _seen_by_page(sheet: Sheet) -> str:
    """The fields that the page has which asks for a part of itself; a whole page has the present ones."""
    parts = ("setups.connection_draft", "setups.connection_check")
    asked = request.values.get("fields_seen", "") if request.endpoint in parts else ""
    return asked or sheet.fingerprint


def _asked_by(connector: Connector) -> str:
    """A short text for whom a page's values are given to; a URL may hold a password, so that it is not the origin."""
    return sha256(connector.origin.encode()).hexdigest()[:16]


def _has_moved(connector: Connector | None, seen: str) -> bool:
    """Whether a page with these `fields_seen` was made for another host than a connector is at now."""
    asked_by = seen.partition(".")[2]
    return connector is not None and asked_by not in ("", _asked_by(connector))


def _fields_differ(sheet: Sheet) -> NewFields | None:
    """Whether the connector asks for other fields than the page that waits for this part was made with."""
    if sheet.fields is None or _seen_by_page(sheet) == sheet.fingerprint:
        return None
    saved = sheet.setup.connection.config_fields() if sheet.setup.connection else ()
    changes = compare_fields(saved, sheet.fields)
    return NewFields(
        [sheet.config.label_of(field) for field in changes.added],
        [field.key for field in changes.removed],
        _has_moved(sheet.connector, _seen_by_page(sheet)),
    )


def _reading_view(setup: Setup, run: CheckRun | None, sheet: Sheet) -> CheckView | None:
    if run is None:
        return None
    return check_view(
        run,
        poll_url=url_for("setups.connection_fields_check", setup_id=setup.id),
        provider=provider_of(setup, sheet.connector),
    )


def _connector_hint(connector: Connector | None) -> str:
    if connector is None:
        return _("The app that speaks to your ERP.")
    if not connector.health:
        return _("It has not been reached yet.")
    at = moment(datetime.fromisoformat(connector.health["at"]))
    if connector.health["verdict"] == "failed":
        return _("It did not answer as it should %(moment)s.", moment=at)
    return _("It answered %(moment)s.", moment=at)


def _saved_at(secret: Mapping[str, str]) -> str:
    return _("Saved %(moment)s.", moment=moment(datetime.fromisoformat(secret["at"])))


def _label_at(sheet: Sheet, field_id: str) -> str:
    return next(sheet.config.label_of(field) for field in sheet.config.fields if sheet.config.id_of(field) == field_id)


def people_view(setup: Setup) -> PeopleView:
    """Whom the draft's users and groups mean."""
    groups, people = members_of_draft(setup)
    change_url = url_for("scope.show", setup_id=setup.id)
    return PeopleView(members_summary(len(groups), len(people)), people_text(count_people(groups, people)), change_url)


def members_summary(groups: int, people: int) -> str:
    """ "2 groups + 1 user"; empty for none."""
    parts = []
    if groups:
        parts.append(ngettext("%(num)s group", "%(num)s groups", groups))
    if people:
        parts.append(ngettext("%(num)s user", "%(num)s users", people))
    return " + ".join(parts)


def _everyone(count: int) -> str:
    return people_text(count) if count else _("All users of SuperOffice")


def people_text(count: int) -> str:
    return ngettext("%(num)s person", "%(num)s people", count)
