"""What the table of an import says of each record."""

from __future__ import annotations

import pytest
from flask import Flask

from wizard.domain.configuration import Outcome
from wizard.services.configuration import MAX_FOUND
from wizard.views.configuration.importing.records import Record, filters_of, found_text, row_of


@pytest.mark.parametrize(
    ("outcome", "badge", "is_marked"),
    [
        (Outcome.NEW, "New company", False),
        (Outcome.CHANGED, "Is there; changes it", False),
        (Outcome.SAME, "Is there; no change", False),
        (Outcome.CHECK, "To check", True),
        (Outcome.TWICE, "Twice in the ERP", True),
        (Outcome.UNKNOWN, "Not known", False),
    ],
)
def test_each_outcome_has_a_badge(app: Flask, outcome: Outcome, badge: str, is_marked: bool) -> None:
    with app.test_request_context():
        row = row_of(Record("C1", {}, outcome), (), "Contact", "en")

    assert row.badge is not None
    assert (row.badge[0], row.is_marked, row.title) == (badge, is_marked, "C1")


@pytest.mark.parametrize(
    ("crm_type", "badge"), [("Person", "New contact"), ("Project", "New project"), ("Sale", "New")]
)
def test_a_new_record_is_called_by_what_it_becomes(app: Flask, crm_type: str, badge: str) -> None:
    with app.test_request_context():
        assert row_of(Record("C1", {}, Outcome.NEW), (), crm_type, "en").badge == (badge, "ok", "plus")


def test_the_records_are_counted_by_their_outcome(app: Flask) -> None:
    records = [Record(str(n), {}, each) for n, each in enumerate((*Outcome, Outcome.NEW))]
    with app.test_request_context():
        filters = [(each.text, each.current) for each in filters_of(records, "new")]
        counts = [found_text(0), found_text(1), found_text(MAX_FOUND, has_more=True), found_text(7, part=1)]

    assert filters[:2] == [("All 7", False), ("New 2", True)]
    assert ("To check 2", False) in filters
    assert counts == ["Nothing found", "1 record found", f"The first {MAX_FOUND} records", "Records 201 to 207"]
