"""What the page of the mappings shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from wizard.domain.configuration import (
    FieldSettings,
    Gap,
    Part,
    Problem,
    Refusal,
    TypeSettings,
    gaps,
    suggest_for,
    title_of,
)
from wizard.domain.fields import in_language
from wizard.messages import (
    Words,
    actor_type_name,
    crm_type_name,
    describe,
    problem_words,
)
from wizard.outside.connector import ErpRecord
from wizard.services.configuration import example
from wizard.views.configuration.display import displayed
from wizard.views.configuration.mapping.radios import DIRECTIONS
from wizard.views.configuration.mapping.rows import Marks, RowMaker, RowView
from wizard.views.configuration.parts import part_url
from wizard.views.configuration.subject import Subject


@dataclass(frozen=True)
class TypeLink:
    """An actor type above the table; `count` says what is left there, or that it is not synced."""

    text: str
    href: str
    current: bool
    count: str
    tone: str


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
    """`asks`: the page asks for an example once it is there. `suggestions` says how many could be suggested."""

    url: str
    actor_type: str
    sync_label: str
    is_synced: bool
    is_supported: bool
    types: Sequence[TypeLink]
    rows: Sequence[RowView]
    base: str
    example: ExampleView
    asks: bool
    example_url: str
    suggestions: int
    left: Sequence[tuple[str, str]]
    may_change: bool
    is_active: bool


def mapping_view(
    subject: Subject, settings: TypeSettings, base: str, marks: Marks, read: ExampleView | None = None
) -> MappingView:
    connection, name = subject.connection, subject.actor_type.name
    shown = read or ExampleView()
    state = subject.state
    refused = ((state.refused if state else None) or {}).get(name, {})
    may_change = current_user.is_administrator and connection.deleted_at is None
    left = [gap for gap in gaps(subject.configuration, subject.schema) if gap.part == Part.MAPPINGS]
    as_saved = {each.key for each in settings.fields if each == subject.settings.field(each.key)}
    marks = _with_left(
        _with_refused(marks, refused), [gap for gap in left if gap.actor_type == name and gap.key in as_saved]
    )
    rows = RowMaker(subject, settings, marks, shown.values, may_change=may_change).rows()
    crm_name = crm_type_name(subject.actor_type.crm_type)
    return MappingView(
        url=part_url(connection.id, Part.MAPPINGS, name),
        actor_type=name,
        sync_label=_("Sync ERP “%(erp)s” to SuperOffice “%(crm)s”", erp=actor_type_name(name), crm=crm_name),
        is_synced=settings.is_synced,
        is_supported=subject.actor_type.entity is not None,
        types=_types(subject, left),
        rows=rows,
        base=base,
        example=shown,
        asks=read is None,
        example_url=url_for("configuration.mapping_example", connection_id=connection.id, type=name)
        if may_change
        else "",
        suggestions=len(suggest_for(subject.actor_type, settings, subject.schema)),
        left=[(row.name, row.id) for row in rows if any(tone == "warn" for tone, _text in row.notes)],
        may_change=may_change,
        is_active=bool(state and state.is_active),
    )


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
        maker = RowMaker(subject, TypeSettings("", fields=(each,)), Marks(), {})
        (row,) = maker.rows()
        title = str(DIRECTIONS[each.direction][0])
        now = f"{title}, {row.crm_name}" if row.crm_name else title
        words[key] = [_("It is now: %(now)s. Save again to put yours in its place.", now=now)]
    return words


def _with_refused(marks: Marks, refused: Mapping[str, str]) -> Marks:
    """With what SuperOffice has refused at the last attempt, in its own words."""
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


def _types(subject: Subject, gaps_of_mappings: Sequence[Gap]) -> list[TypeLink]:
    left = Counter(gap.actor_type for gap in gaps_of_mappings)
    return [
        _type_link(subject, each.name, subject.configuration.type(each.name).is_synced, left[each.name])
        for each in subject.schema.types
    ]


def _type_link(subject: Subject, name: str, is_synced: bool, left: int) -> TypeLink:
    if not is_synced:
        count, tone = _("not synced"), ""
    else:
        count, tone = (ngettext("%(num)s left", "%(num)s left", left), "warn") if left else ("", "")
    url = part_url(subject.connection.id, Part.MAPPINGS, name)
    return TypeLink(actor_type_name(name), url, name == subject.actor_type.name, count, tone)


def field_name(subject: Subject, key: str) -> str:
    return in_language(subject.actor_type.field(key).name, subject.language) or key
