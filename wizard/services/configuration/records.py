"""Searches the ERP of a connection, for a page. What is found is shown and not stored, here or in a log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.domain.check import StageResult
from wizard.domain.configuration import Criterion
from wizard.models import Connection
from wizard.outside.connector import ErpActors, ErpRecord
from wizard.outside.superoffice import configuration
from wizard.services.checks import ask_connector

MAX_FOUND = configuration.PREVIEW_LINES
"""Of one part of what is found."""
MAX_PARTS = 25
"""More are looked through in SuperOffice, by a narrower search."""
Query = str | Sequence[Criterion]
"""A text in any field that can be searched, or criteria that are all met."""


@dataclass(frozen=True)
class FoundRecords:
    """A part of what was found; without records, `failure` may say why."""

    records: Sequence[ErpRecord] = ()
    has_more: bool = False
    failure: StageResult | None = None


def search_erp(
    connection: Connection,
    actor_type: str,
    query: Query,
    keys: Sequence[str],
    *,
    part: int = 0,
    size: int = MAX_FOUND,
) -> FoundRecords:
    """Records with the values of these fields. The contract has no pages: what comes before a part is read and dropped.

    Commits: no transaction may be open while the connector is called.
    """
    first, behind = part * size, (part + 1) * size

    def question(erp: ErpActors) -> Sequence[ErpRecord]:
        if isinstance(query, str):
            return erp.search(actor_type, query, keys, behind + 1)
        restrictions = [(each.key, each.operator, each.values) for each in query]
        return erp.search_advanced(actor_type, restrictions, keys, behind + 1)

    found, failure = ask_connector(connection, question)
    records = found or ()
    return FoundRecords(records[first:behind], len(records) > behind and part + 1 < MAX_PARTS, failure)
