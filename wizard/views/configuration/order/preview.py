"""The ERP tab as colleagues will see it: its fields in their order, with the values of one record of the ERP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from wizard.domain.configuration import Part, title_of
from wizard.messages import Words, actor_type_name, describe
from wizard.outside.connector import ErpRecord
from wizard.services.configuration import example
from wizard.views.configuration.display import displayed
from wizard.views.configuration.parts import part_url
from wizard.views.configuration.subject import Subject


@dataclass(frozen=True)
class PreviewRow:
    """A field of the ERP tab; `text` is empty where no record was read, or it has no value."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class PreviewView:
    """`example_url` reads a record; it is empty for who may not see records of the ERP.

    `asks`: the page asks once it is there. `failure` says why there is none.
    """

    rows: Sequence[PreviewRow]
    title: str
    source: str
    actor_type: str
    button: str
    next_example: int
    mappings_url: str
    page_url: str
    example_url: str
    asks: bool
    failure: Words | None = None
    is_empty: bool = False


@dataclass(frozen=True)
class _Example:
    """One record of the ERP, or why there is none; neither, if the ERP has no record of the type."""

    record: ErpRecord | None = None
    failure: Words | None = None


def preview_of(subject: Subject) -> PreviewView:
    """Before a record was read."""
    return _preview(subject, 0, None)


def preview_with_example(subject: Subject, number: int) -> PreviewView:
    """With one of the first records of the ERP, which is asked. Commits."""
    return _preview(subject, number, _read(subject, number))


def _read(subject: Subject, number: int) -> _Example:
    record, failure = example(subject.connection, subject.actor_type.name, number)
    return _Example(record, describe(failure) if failure else None)


def _preview(subject: Subject, number: int, read: _Example | None) -> PreviewView:
    record = read.record if read else None
    values: Mapping[str, str] = record.values if record else {}
    rows = _rows(subject, values)
    connection, name = subject.connection, subject.actor_type.name
    may_read = current_user.is_administrator and bool(rows)
    return PreviewView(
        rows=rows,
        title=(title_of(values, subject.targets) or record.key) if record else "",
        source=_("%(connection)s, %(actor_type)s", connection=connection.name, actor_type=actor_type_name(name)),
        actor_type=name,
        button=_("Another example") if record else _("Show values of the ERP"),
        next_example=number + 1 if record else number,
        mappings_url=part_url(connection.id, Part.MAPPINGS, name),
        page_url=url_for("configuration.rank", connection_id=connection.id),
        example_url=url_for("configuration.rank_example", connection_id=connection.id) if may_read else "",
        asks=read is None,
        failure=read.failure if read else None,
        is_empty=read is not None and record is None and read.failure is None,
    )


def _rows(subject: Subject, values: Mapping[str, str]) -> list[PreviewRow]:
    return [_row(subject, each.key, values.get(each.key, "")) for each in subject.settings.fields if each.show_in_tab]


def _row(subject: Subject, key: str, encoded: str) -> PreviewRow:
    field = subject.actor_type.field(key)
    shown = displayed(field, encoded, subject.schema, subject.language)
    return PreviewRow(key, subject.name_of(key), shown)
