"""What the page Import from ERP shows, as `configuration/importing/import.html` renders it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wizard.domain.configuration import Operator, Target
from wizard.messages import Words, crm_field_name
from wizard.services.configuration import MAX_FOUND
from wizard.views.configuration.importing.records import (
    PAGE_SIZE,
    OutcomeFilter,
    Record,
    RecordRow,
    columns_of,
    filters_of,
    found_text,
    group_of,
    row_of,
)
from wizard.views.configuration.importing.search import CriterionInput, Options, SearchInput
from wizard.views.configuration.importing.steps import Step
from wizard.views.configuration.subject import Unread
from wizard.web import Filter


@dataclass(frozen=True)
class CriterionRow:
    """A criterion as it was typed, with the names of its inputs; `error` says why it is refused."""

    number: int
    by: str
    how: str
    what: str
    second: str
    typed: CriterionInput
    error: str | None = None


@dataclass(frozen=True)
class SearchForm:
    """The search as it was typed."""

    url: str
    types: Sequence[Filter]
    criteria: Sequence[CriterionRow]
    may_add: bool
    fields: Sequence[tuple[str, Options]]
    operators: Options

    @property
    def has_between(self) -> bool:
        return any(code == Operator.BETWEEN for code, _text in self.operators)


@dataclass(frozen=True)
class ImportView:
    """The page. Without a form, `why_not` says why nothing can be searched, and `what_then` what to do."""

    form: SearchForm | None = None
    found: Found | None = None
    failure: Words | None = None
    why_not: str = ""
    what_then: str = ""
    mappings_url: str = ""
    unread: Unread | None = None


@dataclass(frozen=True)
class Found:
    """One page of what a search has found. `hidden` is what a form sends to search for the same again.

    `no_preview` says why SuperOffice was not asked what is there; `steps` are what to press in SuperOffice.
    """

    title: str
    hidden: Mapping[str, str]
    outcome: str
    filters: Sequence[OutcomeFilter]
    columns: Sequence[str]
    rows: Sequence[RecordRow]
    has_outcomes: bool
    no_preview: str
    superoffice_url: str | None
    first: int
    total: int
    previous: int | None
    next: int | None
    previous_part: int | None
    next_part: int | None
    steps: Sequence[Step]

    @property
    def part_size(self) -> int:
        return MAX_FOUND

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def found_of(
    typed: SearchInput,
    records: Sequence[Record],
    targets: Sequence[Target],
    crm_type: str,
    language: str,
    *,
    has_more: bool,
    no_preview: str,
    superoffice_url: str | None,
    steps: Sequence[Step],
) -> Found:
    chosen = [each for each in records if typed.outcome in ("", group_of(each))]
    pages = max(1, -(-len(chosen) // PAGE_SIZE))
    page = min(max(typed.page, 1), pages)
    on_page = chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Found(
        title=found_text(len(records), typed.part, has_more=has_more),
        hidden=typed.values,
        outcome=typed.outcome,
        filters=filters_of(records, typed.outcome),
        columns=[crm_field_name(each.superoffice, crm_type, language) for each in columns_of(targets)],
        rows=[row_of(each, targets, crm_type, language) for each in on_page],
        has_outcomes=any(each.outcome for each in records),
        no_preview=no_preview,
        superoffice_url=superoffice_url,
        first=(page - 1) * PAGE_SIZE + 1 if on_page else 0,
        total=len(chosen),
        previous=page - 1 if page > 1 else None,
        next=page + 1 if page < pages else None,
        previous_part=typed.part - 1 if typed.part else None,
        next_part=typed.part + 1 if has_more else None,
        steps=steps,
    )
