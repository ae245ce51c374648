"""What the page of the mappings shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from wizard.domain.configuration import (
    FieldSettings,
    Gap,
    Part,
    Problem,
    Refusal,
    TypeSettings,
    is_supported,
    suggest_for,
    title_of,
)
from wizard.messages import (
    Words,
    actor_type_name,
    crm_type_name,
    describe,
    problem_words,
    refusal_words,
)
from wizard.models import ConfigurationState
from wizard.outside.connector import ErpRecord
from wizard.services.configuration import example, fields_left
from wizard.views.configuration.display import displayed
from wizard.views.configuration.mapping.narrowing import Narrowing, NarrowView, Rows
from wizard.views.configuration.mapping.radios import DIRECTIONS
from wizard.views.configuration.mapping.rows import Marks, RowMaker, RowView
from wizard.views.configuration.mapping.sent import base_of
from wizard.views.configuration.mapping.type_links import TypeLink, links_to_types, next_page
from wizard.views.configuration.parts import part_url
from wizard.views.configuration.subject import Subject


@dataclass(frozen=True)
class ExampleView:
    """A real record of the ERP, or why there is none. `values` are by key, in words."""

    values: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    key: str = ""
    number: int = 0
    failure: Words | None = None
    is_empty: bool = False


@dataclass(frozen=True)
class MappingView:
    """`asks`: the page asks for an example once it is there. `suggestions` says how many could be suggested. `narrow`
    are search and filters, None for few rows; `choices` are options that rows share, by the id of their template;
    `opened` is the key of the row that shows all of them.

    `left` are the rows that need something, with their ids; `why_left` says what is missing where it is none of them.
    `next_page`: where to go on once nothing is left here."""

    url: str
    actor_type: str
    sync_label: str
    is_synced: bool
    is_supported: bool
    types: Sequence[TypeLink]
    narrow: NarrowView | None
    rows: Sequence[RowView]
    choices: Mapping[str, Markup]
    base: str
    example: ExampleView
    asks: bool
    example_url: str
    suggestions: int
    left: Sequence[tuple[str, str]]
    why_left: str
    next_page: tuple[str, str] | None
    may_change: bool
    is_changed: bool
    opened: str


@dataclass(frozen=True)
class Shown:
    """What a page shows of an actor type: as it is saved, or as it was typed. `base` are the versions of the rows that
    it was rendered with first."""

    settings: TypeSettings
    base: Mapping[str, int] = field(default_factory=dict)
    marks: Marks = Marks()
    read: ExampleView | None = None
    asked: Narrowing = Narrowing()


def mapping_view(subject: Subject, shown: Shown) -> MappingView:
    connection, name, state, settings = subject.connection, subject.actor_type.name, subject.state, shown.settings
    example_shown = shown.read or ExampleView()
    found = subject.summary
    left = [gap for gap in found.gaps if gap.part == Part.MAPPINGS]
    marks = _with_left(_with_refused(shown.marks, state, name), _of_rows_as_saved(left, subject, settings))
    may_change = current_user.is_administrator and connection.deleted_at is None
    maker = RowMaker(subject, settings, marks, example_shown.values, may_change=may_change)
    suggestions = suggest_for(subject.actor_type, settings, subject.schema)
    todo = maker.todo()
    why_left = "" if todo else _why_left(settings)
    rows_left = fields_left([*found.gaps, *found.changes], state)
    types = links_to_types(subject, settings, rows_left | {name: {*todo} or {why_left} - {""}})
    suggested = {*marks.suggested, *(each.erp_key for each in suggestions)}
    narrowed = Rows(settings, todo, suggested, _kept(shown, subject.settings))
    keys = narrowed.on_page(shown.asked, maker.texts)
    rows = maker.rows(keys, shown.asked.opened)
    return MappingView(
        url=part_url(connection.id, Part.MAPPINGS, name),
        actor_type=name,
        sync_label=_sync_label(subject),
        is_synced=settings.is_synced,
        is_supported=is_supported(subject.actor_type),
        types=types,
        narrow=narrowed.view(shown.asked, len(keys)),
        rows=rows,
        choices=maker.shared_choices(rows),
        base=base_of(subject.settings, shown.base, keys),
        example=example_shown,
        asks=shown.read is None,
        example_url=url_for("configuration.mapping_example", connection_id=connection.id, type=name)
        if may_change
        else "",
        suggestions=len(suggestions),
        left=_links_to(todo, rows),
        why_left=why_left,
        next_page=next_page(subject) if settings.is_synced and not (todo or why_left) else None,
        may_change=may_change,
        is_changed=settings != subject.settings,
        opened=shown.asked.opened,
    )


def _links_to(names: Mapping[str, str], rows: Sequence[RowView]) -> list[tuple[str, str]]:
    """Each name with the id of its row; "" where the row is not on the page."""
    ids = {row.key: row.id for row in rows}
    found = [(name, ids.get(key, "")) for key, name in names.items()]
    return sorted(found, key=lambda each: not each[1])


def _sync_label(subject: Subject) -> str:
    crm_name = crm_type_name(subject.actor_type.crm_type)
    erp_name = actor_type_name(subject.actor_type.name)
    return _("Sync ERP “%(erp)s” to SuperOffice “%(crm)s”", erp=erp_name, crm=crm_name)


def _kept(shown: Shown, saved: TypeSettings) -> set[str]:
    """Rows that are on the page whatever is searched for: those that were changed, suggested or refused."""
    changed = (each.key for each in shown.settings.fields if each != saved.field(each.key))
    return {*changed, *shown.marks.suggested, *shown.marks.bad}


def read_example(subject: Subject, number: int) -> ExampleView:
    """Asks the ERP for one of its first records. Commits."""
    record, failure = example(subject.connection, subject.actor_type.name, number)
    if record is None:
        return ExampleView(number=number, failure=describe(failure) if failure else None, is_empty=failure is None)
    return ExampleView(_values(subject, record), title_of(record.values, subject.targets), record.key, number + 1)


def marks_of(problems: Sequence[Problem], theirs: Mapping[str, list[str]], suggested: Mapping[str, bool]) -> Marks:
    """What could not be saved, at its rows."""
    found = {key: [*words] for key, words in theirs.items()}
    for each in problems:
        found.setdefault(each.key, []).append(problem_words(each))
    return Marks(bad=found, suggested=suggested)


def conflict_marks(theirs: Mapping[str, FieldSettings], subject: Subject) -> dict[str, list[str]]:
    """What somebody else has chosen meanwhile for rows that were changed here too, in words."""
    words = {}
    for key, each in theirs.items():
        now = ", ".join(filter(None, (str(DIRECTIONS[each.direction][0]), subject.crm_name_of(each.crm_key))))
        words[key] = [_("It is now: %(now)s. Save again to put yours in its place.", now=now)]
    return words


def _with_refused(marks: Marks, state: ConfigurationState | None, actor_type: str) -> Marks:
    """With what SuperOffice has refused at the last attempt, in its own words."""
    refused = ((state.refused if state else None) or {}).get(actor_type, {})
    words = {key: [_refused_words(each)] for key, each in refused.items()}
    return Marks(marks.bad, {**words, **marks.warn}, marks.suggested)


def _of_rows_as_saved(found: Sequence[Gap], subject: Subject, settings: TypeSettings) -> list[Gap]:
    """What is about rows of this page that nobody has changed on it."""
    saved = subject.settings
    here = (gap for gap in found if gap.actor_type == saved.actor_type)
    return [gap for gap in here if settings.field(gap.key) == saved.field(gap.key)]


def _with_left(marks: Marks, gaps_of_type: Sequence[Gap]) -> Marks:
    """With what is wrong in rows as they are saved. That a direction is missing is said by the row itself."""
    words = {gap.key: [problem_words(gap)] for gap in gaps_of_type if gap.refusal != Refusal.NO_DIRECTION}
    return replace(marks, warn={**words, **marks.warn})


def _refused_words(words: str) -> str:
    return _("SuperOffice refused it: %(words)s", words=words) if words else _("SuperOffice has kept something else.")


def _values(subject: Subject, record: ErpRecord) -> dict[str, str]:
    return {
        key: displayed(subject.actor_type.field(key), encoded, subject.schema, subject.language)
        for key, encoded in record.values.items()
    }


def _why_left(settings: TypeSettings) -> str:
    if not settings.is_synced or any(each.is_mapped for each in settings.fields):
        return ""
    return refusal_words(Refusal.NOTHING_MAPPED)
