"""What is owed in SuperOffice of a row that was deleted or restored here, and when it is done there."""

from __future__ import annotations

import pytest

from tests.factories import PracticeSuperOffice, Visitor, in_app, says
from tests.steps import connections, connectors, save
from tests.superoffice_sides import change_there, stored
from wizard.domain.superoffice import LinkAccess
from wizard.extensions import db
from wizard.models import SuperOfficeLink, SuperOfficeWrite
from wizard.models.database import writing
from wizard.services.superoffice.saving import settle_all


def said(admin: Visitor, url: str) -> str:
    """By the page that a button leads to."""
    return says(admin.post(url, follow_redirects=True).text)


def operations(admin: Visitor) -> list[str]:
    """Of the journal, the newest first."""
    newest = db.select(SuperOfficeWrite.operation).order_by(SuperOfficeWrite.id.desc())
    return in_app(admin.app, lambda: list(db.session.scalars(newest)))  # type: ignore[no-any-return]


def test_a_connector_is_deleted_and_restored_there_with_its_connection(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    save(admin, there.connector_url)
    admin.post("/connections/1/delete")
    admin.post("/connectors/1/delete")
    assert stored(there, "connector")[0]["Deleted"]

    admin.post("/connectors/1/restore")

    assert not stored(there, "connector")[0]["Deleted"]
    assert connectors(admin)[0].deleted_at is None


def test_while_the_app_may_only_read_it_stays_owed(admin: Visitor, there: PracticeSuperOffice) -> None:
    save(admin, there.connector_url)
    there.plan("unavailable", "GetConnection", 1)
    admin.post("/connections/1/delete")
    with admin.app.app_context(), writing():
        db.session.execute(db.update(SuperOfficeLink).values(access=LinkAccess.READ_ONLY))
        db.session.commit()

    in_app(admin.app, settle_all)

    assert not stored(there, "connection")[0]["Deleted"]
    assert connections(admin)[0].superoffice_owed == "delete"


def test_what_is_restored_while_superoffice_does_not_answer_is_restored_there_later(
    admin: Visitor, there: PracticeSuperOffice
) -> None:
    save(admin, there.connector_url)
    admin.post("/connections/1/delete")
    there.plan("unavailable", "GetConnection")

    assert "it is restored there later" in said(admin, "/connections/1/restore")
    in_app(admin.app, settle_all)
    assert not stored(there, "connection")[0]["Deleted"]


def test_as_long_as_superoffice_does_not_answer_it_stays_owed(admin: Visitor, there: PracticeSuperOffice) -> None:
    save(admin, there.connector_url)
    there.plan("unavailable", "GetConnection", None)
    admin.post("/connections/1/delete")

    in_app(admin.app, settle_all)

    assert connections(admin)[0].superoffice_owed == "delete"


@pytest.mark.parametrize("is_gone", [False, True])
def test_what_somebody_has_deleted_there_already_is_not_deleted_again(
    admin: Visitor, there: PracticeSuperOffice, is_gone: bool
) -> None:
    save(admin, there.connector_url)
    if is_gone:
        there.twin.store.clear("connection")
    else:
        change_there(there, Deleted=True)

    assert "is deleted, here and in SuperOffice" in said(admin, "/connections/1/delete")
    assert "delete_connection" not in operations(admin)
    assert connections(admin)[0].superoffice_owed is None
