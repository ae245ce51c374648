"""Searches the ERP of a connection, for a page. What is found is shown and not stored, here or in a log."""

from __future__ import annotations

from collections.abc import Sequence

from wizard.domain.check import StageResult
from wizard.domain.configuration import Criterion
from wizard.models import Connection
from wizard.outside.connector import ErpActors, ErpRecord
from wizard.services.checks import ask_connector

MAX_FOUND = 200
"""Of one search: more are looked through in SuperOffice, by a narrower one."""


def search_erp(
    connection: Connection, actor_type: str, wanted: str | Criterion, keys: Sequence[str], *, limit: int = MAX_FOUND
) -> tuple[Sequence[ErpRecord], StageResult | None]:
    """Records that have a text, or that meet a criterion, with the values of these fields; else why there are none.

    Commits: no transaction may be open while the connector is called.
    """

    def question(erp: ErpActors) -> Sequence[ErpRecord]:
        if isinstance(wanted, str):
            return erp.search(actor_type, wanted, keys, limit)
        return erp.search_advanced(actor_type, [(wanted.key, wanted.operator, wanted.values)], keys, limit)

    found, failure = ask_connector(connection, question)
    return found or (), failure
