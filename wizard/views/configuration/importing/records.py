"""The records that a search has found, as a table: what each becomes in SuperOffice, and what an import would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.configuration import Outcome, Target, title_of
from wizard.forms import field_of
from wizard.messages import crm_field_name, display_value
from wizard.services.configuration import MAX_FOUND

PAGE_SIZE = 10
MAX_COLUMNS = 3


@dataclass(frozen=True)
class Record:
    """A record of the ERP; values are encoded. It lives as long as the request: nothing of it is stored."""

    key: str
    values: Mapping[str, str]
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Cell:
    """A value as SuperOffice gets it. `note` says why it gets none."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class RecordRow:
    """A record of the page. `badge`: text, tone, icon; `says` what to do about it."""

    title: str
    key: str
    cells: Sequence[Cell]
    more: Sequence[Cell]
    badge: tuple[str, str, str] | None
    says: str
    is_marked: bool


@dataclass(frozen=True)
class OutcomeFilter:
    """A button that shows the records of one outcome, or all."""

    code: str
    text: str
    current: bool


def row_of(record: Record, targets: Sequence[Target], crm_type: str, language: str) -> RecordRow:
    columns = columns_of(targets)
    cells = [cell_of(record, each, crm_type, language) for each in columns]
    more = [cell_of(record, each, crm_type, language) for each in targets if each not in columns]
    badge, says = _badge(record.outcome, crm_type)
    return RecordRow(
        title=title_of(record.values, targets) or record.key,
        key=record.key,
        cells=cells,
        more=more,
        badge=badge,
        says=says,
        is_marked=record.outcome is not None and record.outcome.needs_a_look,
    )


def columns_of(targets: Sequence[Target]) -> list[Target]:
    """The first fields beside the name, which stands in front anyway; the rest is folded away.

    Numbers come last: the one of the ERP's record stands below its name.
    """
    others = [each for each in targets if not each.is_name]
    return sorted(others, key=lambda each: each.superoffice.documented.startswith("NUMBER"))[:MAX_COLUMNS]


def cell_of(record: Record, target: Target, crm_type: str, language: str) -> Cell:
    encoded = record.values.get(target.field.key, "")
    label = crm_field_name(target.superoffice, crm_type, language)
    if not encoded:
        return Cell(label, "")
    shown = display_value(field_of(target.field, target.erp_items), encoded, language)
    if target.items is None:
        return Cell(label, shown)
    item = target.items.get(encoded)
    return (
        Cell(label, item, "") if item else Cell(label, "", _("%(item)s is not mapped under List mapping.", item=shown))
    )


def filters_of(records: Sequence[Record], chosen: str) -> list[OutcomeFilter]:
    """All, and each outcome that there is; none without a preview of SuperOffice."""
    counts = Counter(group_of(each) for each in records if each.outcome)
    words = {
        "new": _("New %(count)s", count=counts["new"]),
        "changed": _("Changed %(count)s", count=counts["changed"]),
        "same": _("No change %(count)s", count=counts["same"]),
        "check": _("To check %(count)s", count=counts["check"]),
        "unknown": _("Not known %(count)s", count=counts["unknown"]),
    }
    present = [OutcomeFilter(code, text, chosen == code) for code, text in words.items() if counts[code]]
    every = OutcomeFilter("", _("All %(count)s", count=len(records)), not any(each.current for each in present))
    return [every, *present] if present else []


def group_of(record: Record) -> str:
    """What the record is counted among."""
    if record.outcome is None:
        return ""
    return "check" if record.outcome.needs_a_look else record.outcome.value


def found_text(count: int, part: int = 0, *, has_more: bool = False) -> str:
    """How many there are, or which of them these are."""
    if part and count:
        return _("Records %(first)s to %(last)s", first=part * MAX_FOUND + 1, last=part * MAX_FOUND + count)
    if has_more:
        return _("The first %(num)s records", num=count)
    return ngettext("%(num)s record found", "%(num)s records found", count) if count else _("Nothing found")


def _badge(outcome: Outcome | None, crm_type: str) -> tuple[tuple[str, str, str] | None, str]:
    """The badge with its tone and icon, and a sentence below it."""
    match outcome:
        case Outcome.NEW:
            return (_new(crm_type), "ok", "plus"), ""
        case Outcome.CHANGED:
            return (_("Is there; changes it"), "note", "pencil-simple"), ""
        case Outcome.SAME:
            return (_("Is there; no change"), "", "check-circle-fill"), ""
        case Outcome.CHECK:
            return (_("To check"), "warn", "warning-fill"), _("SuperOffice has something like it, or cannot import it.")
        case Outcome.TWICE:
            return (_("Twice in the ERP"), "warn", "warning-fill"), _("Import it only if they are two.")
        case Outcome.UNKNOWN:
            return (_("Not known"), "", "circle-dashed"), ""
        case None:
            return None, ""


def _new(crm_type: str) -> str:
    match crm_type:
        case "Contact":
            return _("New company")
        case "Person":
            return _("New contact")
        case "Project":
            return _("New project")
        case _:
            return _("New")
