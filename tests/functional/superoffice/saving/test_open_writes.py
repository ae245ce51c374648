"""Writes whose answer did not come, and that no save comes back to: they are looked at and not sent again."""

from __future__ import annotations

import pytest

from tests.factories import PracticeSuperOffice, Visitor, in_app
from tests.steps import open_step_2, save
from tests.superoffice_sides import let_time_pass, stored
from wizard.extensions import db
from wizard.models import SuperOfficeWrite, WriteState
from wizard.services.superoffice.saving import look_at_open_writes


def newest_write(admin: Visitor) -> SuperOfficeWrite:
    newest = db.select(SuperOfficeWrite).order_by(SuperOfficeWrite.id.desc()).limit(1)
    return in_app(admin.app, lambda: db.session.scalars(newest).one())  # type: ignore[no-any-return]


def add_connector(admin: Visitor, there: PracticeSuperOffice, fault: str) -> None:
    page = open_step_2(admin)
    there.plan(fault, "SaveErpSyncConnectorEntity")
    admin.send(page, {"name": "Practice", "url": there.connector_url, "action": "continue"})
    let_time_pass(admin.app)


def test_without_any_superoffice_is_not_asked(admin: Visitor, there: PracticeSuperOffice) -> None:
    in_app(admin.app, look_at_open_writes)

    assert there.traffic == []


def test_while_superoffice_does_not_answer_it_stays_open(admin: Visitor, there: PracticeSuperOffice) -> None:
    add_connector(admin, there, "cut_after")
    there.plan("unavailable", "GetAllConnectors", None)

    in_app(admin.app, look_at_open_writes)

    assert newest_write(admin).state == WriteState.OPEN


def test_what_superoffice_did_not_do_is_known_as_not_done(admin: Visitor, there: PracticeSuperOffice) -> None:
    add_connector(admin, there, "cut_before")

    in_app(admin.app, look_at_open_writes)

    assert newest_write(admin).state == WriteState.NOT_DONE


def test_several_that_it_may_be_are_left_to_the_user(admin: Visitor, there: PracticeSuperOffice) -> None:
    add_connector(admin, there, "cut_after")
    (document,) = stored(there, "connector")
    there.twin.store.put("connector", 99, document | {"ErpConnectorId": 99})

    in_app(admin.app, look_at_open_writes)

    write = newest_write(admin)
    assert (write.state, sorted((write.found or {})["ids"])) == (WriteState.UNCLEAR, [1, 99])


def test_a_deletion_without_an_answer_is_looked_at(admin: Visitor, there: PracticeSuperOffice) -> None:
    save(admin, there.connector_url)
    there.plan("cut_after", "DeleteConnection")
    admin.post("/connections/1/delete")
    let_time_pass(admin.app)

    in_app(admin.app, look_at_open_writes)

    assert newest_write(admin).found == {"looked_at": True}


@pytest.mark.parametrize("fault", ["null", "html"])
def test_an_answer_that_cannot_be_read_is_looked_at_without_waiting(
    admin: Visitor, there: PracticeSuperOffice, fault: str
) -> None:
    page = open_step_2(admin)
    there.plan(fault, "SaveErpSyncConnectorEntity")
    admin.send(page, {"name": "Practice", "url": there.connector_url, "action": "continue"})

    in_app(admin.app, look_at_open_writes)

    assert newest_write(admin).state == WriteState.NOT_DONE
