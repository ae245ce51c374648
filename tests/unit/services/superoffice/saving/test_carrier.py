"""Whole carriers: what is not changed stays as SuperOffice has it."""

from __future__ import annotations

import pytest

from wizard.domain.connection import ConnectionInput
from wizard.outside.superoffice.carriers import ErpConnection
from wizard.services.in_superoffice import ScopeThere
from wizard.services.superoffice.saving.carrier import changed_text, connection_carrier

NORWEGIAN = 'NO:"Acme Norge";US:"Acme Norway"'


@pytest.mark.parametrize(
    ("there", "before", "after", "text"),
    [
        ("", "", "Acme", "Acme"),
        ("Acme", "Acme", "Acme Oslo", "Acme Oslo"),
        (NORWEGIAN, "Acme Norway", "Acme Norway", NORWEGIAN),
        (NORWEGIAN, "Acme Norway", "Acme Oslo", 'NO:"Acme Norge";US:"Acme Oslo"'),
        (NORWEGIAN, "Another", "Acme Oslo", "Acme Oslo"),
        (NORWEGIAN, "Acme Norway", 'The "Acme"', 'The "Acme"'),
    ],
)
def test_a_text_is_changed_in_the_language_where_it_reads_so(there: str, before: str, after: str, text: str) -> None:
    assert changed_text(there, before, after) == text


def test_members_that_are_not_ours_are_sent_back() -> None:
    there = ErpConnection(erp_connection_id=372, most_recent_timestamp="42", deleted=True, others={"TableRight": None})

    carrier = connection_carrier(there, ConnectionInput("Acme"), {}, ScopeThere(True), 61)

    kept = (carrier.erp_connection_id, carrier.most_recent_timestamp, carrier.others)
    assert kept == (372, "42", {"TableRight": None})
    changed = (carrier.erp_connector_id, carrier.display_name, carrier.deleted, carrier.all_access)
    assert changed == (61, "Acme", False, True)
