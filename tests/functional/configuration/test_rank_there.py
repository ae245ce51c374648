"""The order of the fields is written to SuperOffice, once no more moves come."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.factories import Visitor, serve_superoffice
from tests.functional.superoffice.calls import Api
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
