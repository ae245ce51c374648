"""One real record of the ERP, for the examples beside the fields. Nothing of it is stored, here or in a log."""

from __future__ import annotations

from collections.abc import Sequence

from wizard.domain.check import StageResult
from wizard.domain.configuration import ActorType
from wizard.models import Connection
from wizard.outside.connector import ErpActors, ErpRecord
from wizard.services.checks import ask_connector
from wizard.services.configuration.find import load_schema

EXAMPLES = 10
"""So many records are gone through, one at a time."""
SEARCHES = ("", "a", "e", "1")
"""What is searched for until something is found: some connectors find nothing by an empty text."""


def example(connection: Connection, actor_type: str, number: int) -> tuple[ErpRecord | None, StageResult | None]:
    """One of the first records with all its values, but for passwords; or why there is none.

    Neither where the ERP has no record of the type. Commits: no transaction may be open while the connector is called.
    """
    schema = load_schema(connection)
    keys = _keys(schema.type(actor_type)) if schema else []
    found, failure = (
        ask_connector(connection, lambda erp: _example(erp, actor_type, number, keys)) if keys else ((), None)
    )
    return (found[0] if found else None), failure


def _keys(actor_type: ActorType) -> list[str]:
    """Of the fields that can be shown; those that can be searched come first."""
    shown = [each for each in actor_type.fields if each.is_mappable and not each.is_missing]
    return [each.key for each in sorted(shown, key=lambda each: not each.is_searchable)]


def _example(erp: ErpActors, actor_type: str, number: int, keys: Sequence[str]) -> Sequence[ErpRecord]:
    """Two calls, so that the ERP does not send all values of all its records."""
    for text in SEARCHES:
        if found := erp.search(actor_type, text, keys[:1], EXAMPLES):
            return erp.get(actor_type, [found[number % len(found)].key], keys)
    return ()
