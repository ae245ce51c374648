"""Why OK is off: what has to be so before step 3 can be saved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.check import RunKind, Verdict
from wizard.domain.fields import ConfigField, FieldType
from wizard.forms import CONNECTION_LABELS
from wizard.models import CheckRun
from wizard.views.setups.connection.changes import FieldChange
from wizard.views.setups.connection.run_on_page import RunOnPage
from wizard.views.setups.connection.state import ConnectionFormState


@dataclass(frozen=True)
class GateItem:
    """One thing that has to be so before OK is on."""

    met: bool
    text: str
    link: tuple[str, str] | None = None


def gate_of(state: ConnectionFormState, on_page: RunOnPage, changes: Sequence[FieldChange]) -> list[GateItem]:
    items = [_missing(name) for name, code in state.input.problems().items() if code == "missing"]
    if not items:
        items.append(GateItem(True, _("Name, connector and scope")))
    fields = _field_items(state, on_page.blamed)
    if state.fields is not None and not fields:
        fields.append(GateItem(True, _("All needed fields")))
    return [*items, *fields, _test_item(state, on_page.run, changes)]


def _field_items(state: ConnectionFormState, blamed: Collection[str]) -> list[GateItem]:
    """The fields to fill in or to correct; `blamed` are the ids of those that the ERP has refused."""
    wrong = {*state.config.errors_by_id(), *blamed}
    rows = [(field, state.config.id_of(field), state.config.label_of(field)) for field in state.config.fields]
    return [
        GateItem(False, _what_is_wrong(state, field, label, refused=field_id in blamed), (label, f"#{field_id}"))
        for field, field_id, label in rows
        if field_id in wrong
    ]


def _what_is_wrong(state: ConnectionFormState, field: ConfigField, label: str, *, refused: bool) -> str:
    if refused:
        return _("%(field)s was refused", field=label)
    if field not in state.config.missing:
        return _("%(field)s has to be corrected", field=label)
    chosen = field.type == FieldType.LIST
    return _("%(field)s is not chosen", field=label) if chosen else _("%(field)s is empty", field=label)


def _missing(name: str) -> GateItem:
    if name == "connector_id":
        return GateItem(False, _("Connector is not chosen"), (_("Connector"), "#connector_id"))
    if name == "scope":
        return GateItem(False, _("Nobody is chosen yet"), (_("Nobody is chosen"), "#people-change"))
    label = str(CONNECTION_LABELS[name])
    return GateItem(False, _("%(field)s is empty", field=label), (label, f"#{name}"))


def _test_item(state: ConnectionFormState, run: CheckRun | None, changes: Sequence[FieldChange]) -> GateItem:
    if run is not None and run.unfinished:
        return GateItem(False, _("The test is running"))
    if state.runs.receipt is not None:
        return GateItem(True, _("The test has passed"))
    if run is not None and run.verdict == Verdict.FAILED and run.kind == RunKind.SAVE:
        return GateItem(False, _("Test again, because the connection could not be saved"))
    if run is not None and run.verdict == Verdict.FAILED:
        return GateItem(False, _("The test has not passed"))
    if len(changes) > 1:
        many = ngettext(
            "Test again, because %(num)s field was changed",
            "Test again, because %(num)s fields were changed",
            len(changes),
        )
        return GateItem(False, many)
    if changes:
        change = changes[0]
        text = _("Test again, because %(field)s was changed", field=change.label)
        return GateItem(False, text, (change.label, change.href))
    if state.runs.passed is not None:
        return GateItem(False, _("Test again, because the test is too old"))
    return GateItem(False, _("The test has not been run"))
