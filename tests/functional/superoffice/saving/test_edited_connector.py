"""A connector that SuperOffice has is edited here: it is saved there too, and what somebody else did there is seen."""

from __future__ import annotations

import pytest

from tests.factories import PracticeSuperOffice, Visitor, in_app, says
from tests.steps import connectors, open_step_3
from tests.superoffice_sides import let_time_pass, stored
from wizard.extensions import db
from wizard.models import SuperOfficeWrite
from wizard.services.superoffice.saving import look_at_open_writes


@pytest.fixture
def page(admin: Visitor, there: PracticeSuperOffice) -> str:
    """The form of a connector that both sides have."""
    open_step_3(admin, there.connector_url)
    return str(admin.post("/connectors/1/edit").location)


def rename(admin: Visitor, there: PracticeSuperOffice, page: str) -> str:
    values = {"name": "Renamed", "url": there.connector_url}
    return says(admin.send(page, values | {"action": "continue"}).text)


def test_it_is_renamed_there_too(admin: Visitor, there: PracticeSuperOffice, page: str) -> None:
    rename(admin, there, page)

    assert [each["DisplayName"] for each in stored(there, "connector")] == ["Renamed"]
    assert connectors(admin)[0].name == "Renamed"


def test_one_that_is_gone_there_is_said(admin: Visitor, there: PracticeSuperOffice, page: str) -> None:
    there.twin.store.clear("connector")

    assert "is not in SuperOffice any more" in rename(admin, there, page)
    assert connectors(admin)[0].name == "Practice"


def test_what_somebody_has_changed_there_is_replaced_only_once_it_was_seen(
    admin: Visitor, there: PracticeSuperOffice, page: str
) -> None:
    (document,) = stored(there, "connector")
    there.twin.store.put("connector", 1, document | {"DisplayName": "Theirs"})

    rename(admin, there, page)
    assert stored(there, "connector")[0]["DisplayName"] == "Theirs"

    rename(admin, there, page)
    assert stored(there, "connector")[0]["DisplayName"] == "Renamed"


def test_an_edit_without_an_answer_is_looked_at_and_not_sent_again(
    admin: Visitor, there: PracticeSuperOffice, page: str
) -> None:
    there.plan("cut_after", "SaveErpSyncConnectorEntity")
    rename(admin, there, page)
    let_time_pass(admin.app)

    in_app(admin.app, look_at_open_writes)

    newest = db.select(SuperOfficeWrite).order_by(SuperOfficeWrite.id.desc()).limit(1)
    assert in_app(admin.app, lambda: db.session.scalars(newest).one()).found == {"looked_at": True}
