"""Orders are written to SuperOffice, once no more moves come."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.factories import Visitor, make_connection, serve_superoffice
from tests.functional.superoffice.calls import Api, save_connection
from tests.functional.superoffice.drift.drifting import make_both_sides


def keys_there(api: Api, number: int) -> list[str]:
    mapping = api.agent("ErpSync/GetActorTypeMapping", {"ErpConnectionId": number, "ActorType": "Customer"})
    return [each["ErpFieldKey"] for each in mapping["FieldMappings"]]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_superoffice_has_the_order_too(app: Flask, admin: Visitor, tmp_path: Path, script: bool) -> None:
    with serve_superoffice(folder=tmp_path) as host:
        both = make_both_sides(app, host)
        page = f"/connections/{both.connection_id}/rank?type=Customer"
        admin.get(page)
        last = keys_there(both.api, both.there_id)[-1]

        moved = admin.post(page, {"move": f"first:{last}"}, htmx=script)
        if script:
            assert "Not in SuperOffice yet." in moved.text
            assert keys_there(both.api, both.there_id)[-1] == last
            assert "In SuperOffice too." in admin.post(page.replace("?", "/there?"), htmx=True).text

        assert keys_there(both.api, both.there_id)[0] == last
        assert "In SuperOffice since" in admin.get(page).text


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_superoffice_has_the_priority_too(app: Flask, admin: Visitor, tmp_path: Path, script: bool) -> None:
    with serve_superoffice(folder=tmp_path) as host:
        both = make_both_sides(app, host)
        other = save_connection(both.api, 1, DisplayName="Sverige")["ErpConnectionId"]
        sweden = make_connection(app, both.connector_id, "Sverige", superoffice_id=other)
        page = f"/connections/{both.connection_id}/priority"

        moved = admin.post(page, {"move": f"first:{sweden}"}, htmx=script)
        if script:
            assert "Not in SuperOffice yet." in moved.text
            assert "In SuperOffice too." in admin.post(page + "/there", htmx=True).text

        order = both.api.get("MDOList/erpconnections?additional=useRank")
        assert [each["Id"] for each in order] == [other, both.there_id]


def test_a_connection_that_superoffice_has_no_longer_is_named(app: Flask, admin: Visitor, tmp_path: Path) -> None:
    with serve_superoffice(folder=tmp_path) as host:
        both = make_both_sides(app, host)
        other = save_connection(both.api, 1, DisplayName="Sverige")["ErpConnectionId"]
        sweden = make_connection(app, both.connector_id, "Sverige", superoffice_id=other)
        both.api.agent("ErpSync/DeleteConnection", {"ErpConnectionId": both.there_id})
        both.compare()
        page = f"/connections/{sweden}/priority"
        assert "Gone there" in admin.get(page).text
