"""What SuperOffice's preview of an import says of a record."""

from __future__ import annotations

import pytest

from wizard.domain.configuration import Outcome, outcome_of


@pytest.mark.parametrize(
    ("operation", "outcome"),
    [
        ("ContactAdded", Outcome.NEW),
        ("PersonUpdated", Outcome.CHANGED),
        ("ContactNoChange", Outcome.SAME),
        ("Obs", Outcome.CHECK),
        ("ObsERPDuplicate", Outcome.TWICE),
        ("Unknown", Outcome.UNKNOWN),
        ("", Outcome.UNKNOWN),
        ("SaleMoved", Outcome.UNKNOWN),
    ],
)
def test_the_operation_of_a_line_is_an_outcome(operation: str, outcome: Outcome) -> None:
    assert outcome_of(operation) is outcome
