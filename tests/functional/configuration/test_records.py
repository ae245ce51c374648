"""The ERP of a saved connection is searched for a page, and nothing of it is kept."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import Visitor, make_connection, make_connector
from wizard.domain.configuration import Criterion, Operator
from wizard.extensions import db
from wizard.models import CheckRun, Connection
from wizard.outside.connector import ErpRecord
from wizard.services.configuration import search_erp

VALUES = {"Company": "ACME", "ApiPassword": "practice", "Outcome": "ok"}


@pytest.fixture
def connection_id(app: Flask, admin: Visitor, practice_url: str) -> int:
    connection_id = make_connection(app, make_connector(app, "Practice", url=practice_url), "Acme Norway")
    with app.app_context():
        db.session.get_one(Connection, connection_id).config = VALUES
        db.session.commit()
    return connection_id


IN_BERGEN = Criterion("Town", Operator.EQUALS, ("Bergen",))


@pytest.mark.parametrize("wanted", ["Bergen", [IN_BERGEN]])
def test_records_are_found_by_a_text_or_a_criterion(
    app: Flask, connection_id: int, wanted: str | list[Criterion]
) -> None:
    with app.app_context():
        connection = db.session.get_one(Connection, connection_id)
        found = search_erp(connection, "Customer", wanted, ["Name", "Town"])
        assert not db.session.scalars(db.select(CheckRun)).all()
    assert found.failure is None
    assert {each.values["Town"] for each in found.records} == {"Bergen"}
    assert isinstance(found.records[0], ErpRecord)


def test_a_record_has_to_meet_every_criterion(app: Flask, connection_id: int) -> None:
    with app.app_context():
        connection = db.session.get_one(Connection, connection_id)
        in_bergen = search_erp(connection, "Customer", [IN_BERGEN], ["Name"]).records
        named = Criterion("Name", Operator.BEGINS, (in_bergen[0].values["Name"],))
        found = search_erp(connection, "Customer", [IN_BERGEN, named], ["Name"]).records
    assert 0 < len(found) < len(in_bergen)


def test_the_parts_of_what_is_found_follow_each_other(app: Flask, connection_id: int) -> None:
    with app.app_context():
        connection = db.session.get_one(Connection, connection_id)
        every = search_erp(connection, "Customer", "", ["Name"])
        size = len(every.records) - 1
        first, second = (search_erp(connection, "Customer", "", ["Name"], part=part, size=size) for part in (0, 1))
    assert [*first.records, *second.records] == list(every.records)
    assert (every.has_more, first.has_more, second.has_more) == (False, True, False)


def test_a_connector_that_does_not_answer_says_so_in_the_words_of_a_check(app: Flask) -> None:
    connection_id = make_connection(app, make_connector(app, "Down", url="http://127.0.0.1:1/x.svc"), "Down")
    with app.app_context():
        found = search_erp(db.session.get_one(Connection, connection_id), "Customer", "", ["Name"])
    assert (found.records, found.failure and found.failure.reason) == ((), "connect.refused")
