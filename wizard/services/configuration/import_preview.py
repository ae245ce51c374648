"""Asks SuperOffice what an import of records of the ERP would do. Nothing is imported, and nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wizard.domain.check import StageResult
from wizard.domain.configuration import ActorType, Criterion, Outcome, outcome_of
from wizard.extensions import db
from wizard.models import Connection, SuperOfficeLink
from wizard.outside.connector import ErpRecord
from wizard.outside.superoffice import SuperOffice, SuperOfficeError, configuration, registry
from wizard.outside.superoffice.carriers import ImportLine
from wizard.services.configuration.records import Query
from wizard.services.superoffice import linked, open_superoffice

PAGE_SECONDS = 20.0


@dataclass(frozen=True)
class ImportPreview:
    """What would become of each record, by its key in the ERP. Without outcomes, the rest says why.

    `engine_running` is None where nobody could be asked; `failure` is why SuperOffice did not answer.
    """

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    is_there: bool = False
    engine_running: bool | None = None
    failure: StageResult | None = None


def preview_import(
    connection: Connection,
    actor_type: ActorType,
    query: Query,
    records: Sequence[ErpRecord],
    keys: Sequence[str],
    language: str,
) -> ImportPreview:
    """Commits: no transaction may be open while SuperOffice is called. While it synchronises there is no preview."""
    link = linked()
    if link is None or not link.may_save or connection.superoffice_id is None:
        return ImportPreview(engine_running=link.engine_running if link else None)
    number, asked = connection.superoffice_id, _Asked(actor_type, query, records, keys, language)
    try:
        return _ask(link, number, asked)
    except SuperOfficeError as error:
        return ImportPreview(is_there=True, failure=error.result)


@dataclass(frozen=True)
class _Asked:
    actor_type: ActorType
    query: Query
    records: Sequence[ErpRecord]
    keys: Sequence[str]
    language: str


def _ask(link: SuperOfficeLink, connection_id: int, asked: _Asked) -> ImportPreview:
    with open_superoffice(link, seconds=PAGE_SECONDS) as superoffice:
        db.session.commit()
        if registry.engine_status(superoffice).is_running:
            return ImportPreview(is_there=True, engine_running=True)
        lines = _lines(superoffice, connection_id, asked)
        shown = configuration.preview_import(superoffice, lines, asked.keys, asked.language)
    outcomes = {each.external_key: outcome_of(each.operation) for each in shown}
    return ImportPreview(outcomes, is_there=True, engine_running=False)


def _lines(superoffice: SuperOffice, connection_id: int, asked: _Asked) -> Sequence[ImportLine]:
    """Those of the records that SuperOffice finds itself by the same criteria; it has no search by a text in every
    field."""
    if isinstance(asked.query, str) and asked.query:
        return [_line(each, asked) for each in asked.records]
    restrictions = [] if isinstance(asked.query, str) else list(map(_restriction, asked.query))
    name, keys = asked.actor_type.name, {each.key for each in asked.records}
    found = configuration.create_import(superoffice, connection_id, name, restrictions, asked.keys)
    return [each for each in found.import_lines if each.external_key in keys]


def _restriction(criterion: Criterion) -> configuration.Restriction:
    return configuration.Restriction(criterion.key, criterion.operator, criterion.values)


def _line(record: ErpRecord, asked: _Asked) -> ImportLine:
    values = tuple(record.values.get(key, "") for key in asked.keys)
    return ImportLine(values=values, selected=True, type=asked.actor_type.crm_type or "", external_key=record.key)
