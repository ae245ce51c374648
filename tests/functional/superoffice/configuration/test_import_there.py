"""The page Import from ERP of a connection that SuperOffice has."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import PracticeSuperOffice, Visitor, says
from tests.factories.practice_customers import map_customers
from tests.functional.superoffice.drift.drifting import make_both_sides


@pytest.fixture
def page(app: Flask, admin: Visitor, host: PracticeSuperOffice) -> str:
    both = make_both_sides(app, host)
    map_customers(app, both.connection_id)
    return f"/connections/{both.connection_id}/import?type=Customer"


@pytest.mark.parametrize(
    "sent", [{"what": "Bergen"}, {"by": "Town", "how": "=", "what": "Bergen"}], ids=["text", "criterion"]
)
def test_superoffice_says_what_would_become_of_what_is_found(admin: Visitor, page: str, sent: dict[str, str]) -> None:
    text = says(admin.post(page, sent).text)

    assert "New company" in text
    assert "SuperOffice should show" in text


def test_records_are_shown_and_why_superoffice_does_not_answer(
    admin: Visitor, host: PracticeSuperOffice, page: str
) -> None:
    host.plan("unavailable", "", None)

    text = says(admin.post(page, {"what": "Bergen"}).text)

    assert "records found" in text
    assert "New company" not in text
