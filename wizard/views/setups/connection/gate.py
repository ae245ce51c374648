"""Why OK is off: what has to be so before step 3 can be saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.check import RunKind, Verdict
from wizard.domain.fields.field import FieldType
from wizard.models import CheckRun
from wizard.views.checks.check_view import Change
from wizard.views.setups.connection.state import Filled


@dataclass(frozen=True)
class GateItem:
    """One thing that has to be so before OK is on."""

    met: bool
    text: str
    link: tuple[str, str] | None = None


def gate_of(filled: Filled, run: CheckRun | None, changes: Sequence[tuple[str, Change]]) -> list[GateItem]:
    items: list[GateItem] = []
    form = filled.form
    if not (form.name.data or "").strip():
        items.append(GateItem(False, _("Name is empty"), (_("Name"), "#name")))
    if filled.connector is None:
        items.append(GateItem(False, _("Connector is not chosen"), (_("Connector"), "#connector_id")))
    if filled.members_missing:
        items.append(GateItem(False, _("Nobody is chosen yet"), (_("Nobody is chosen"), "#people-change")))
    met = not items
    if met:
        items.append(GateItem(True, _("Name, connector and scope")))
    missing = filled.config.errors_by_id()
    for field in filled.config.fields:
        field_id, label = filled.config.id_of(field), filled.config.label_of(field)
        if field_id not in missing:
            continue
        empty = field in filled.config.missing
        chosen = field.type == FieldType.LIST
        text = _("%(field)s is not chosen", field=label) if empty and chosen else _("%(field)s is empty", field=label)
        items.append(
            GateItem(False, text if empty else _("%(field)s has to be corrected", field=label), (label, f"#{field_id}"))
        )
    if filled.fields is not None and not missing:
        items.append(GateItem(True, _("All needed fields")))
    items.append(_test_item(filled, run, changes))
    return items


def _test_item(filled: Filled, run: CheckRun | None, changes: Sequence[tuple[str, Change]]) -> GateItem:
    if filled.proof is not None:
        return GateItem(True, _("The test has passed"))
    if run is not None and run.unfinished:
        return GateItem(False, _("The test is running"))
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
        label, link = changes[0][1][:2]
        return GateItem(False, _("Test again, because %(field)s was changed", field=label), (label, link))
    if filled.passed is not None:
        return GateItem(False, _("Test again, because the test is too old"))
    return GateItem(False, _("The test has not been run"))
