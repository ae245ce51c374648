"""What was deleted in SuperOffice is saved there again, or it is said why not."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import PracticeSuperOffice, Visitor, says
from tests.functional.superoffice.drift.drifting import BothSides, make_both_sides


@pytest.fixture
def gone(app: Flask, host: PracticeSuperOffice) -> BothSides:
    both = make_both_sides(app, host)
    both.api.agent("ErpSync/DeleteConnection", {"ErpConnectionId": both.there_id})
    return both


def restore(admin: Visitor, both: BothSides) -> str:
    return says(admin.post(f"/connections/{both.connection_id}/superoffice/restore", follow_redirects=True).text)


def test_while_superoffice_does_not_answer_it_is_said_that_it_is_tried_again(admin: Visitor, gone: BothSides) -> None:
    gone.host.plan("unavailable", "SaveConnection", None)

    assert "SuperOffice has not saved it yet. It is tried again automatically." in restore(admin, gone)

    assert gone.there()["Deleted"]


def test_what_superoffice_has_deleted_for_good_is_said(admin: Visitor, gone: BothSides) -> None:
    gone.host.twin.store.clear("connection")

    assert "SuperOffice has deleted it for good." in restore(admin, gone)
