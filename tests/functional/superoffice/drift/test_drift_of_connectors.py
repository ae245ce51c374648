"""What differs of a connector, and what lists and pages say of one that is gone there."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import PracticeSuperOffice, Visitor
from tests.functional.superoffice.drift.drifting import BothSides, make_both_sides


@pytest.fixture
def both(app: Flask, host: PracticeSuperOffice) -> BothSides:
    return make_both_sides(app, host)


def compare(admin: Visitor, both: BothSides) -> str:
    """The fragment that shows what differs of the connector."""
    return admin.post(f"/connectors/{both.connector_id}/superoffice/compare", htmx=True).text


def test_another_url_there_is_named_and_the_form_is_where_it_is_chosen(admin: Visitor, both: BothSides) -> None:
    both.change_connector_here(url="https://erp.example/x.svc")

    fragment = compare(admin, both)

    assert both.host.connector_url in fragment
    assert "https://erp.example/x.svc" in fragment
    assert "The form of the connector opens with what you have chosen." in fragment


def test_a_connector_that_is_gone_there_says_how_it_is_restored_and_so_does_the_list(
    admin: Visitor, both: BothSides
) -> None:
    both.api.agent("ErpSync/DeleteConnection", {"ErpConnectionId": both.there_id})
    number = both.read(lambda row: row.connector.superoffice_id)
    both.api.agent("ErpSync/DeleteErpSyncConnectorEntity", erpSyncConnectorEntityId=number)

    fragment, page = compare(admin, both), admin.get("/").text

    assert "Restore it there: tab Sync, Sync Connectors. Or delete it here too." in fragment
    assert "Gone there" in page
    assert "SuperOffice has it no longer." in page
