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


@pytest.mark.parametrize("wanted", ["Bergen", Criterion("Town", Operator.EQUALS, ("Bergen",))])
def test_records_are_found_by_a_text_or_a_criterion(app: Flask, connection_id: int, wanted: str | Criterion) -> None:
    with app.app_context():
        connection = db.session.get_one(Connection, connection_id)
        found, failure = search_erp(connection, "Customer", wanted, ["Name", "Town"])
        assert not db.session.scalars(db.select(CheckRun)).all()
    assert failure is None
    assert {each.values["Town"] for each in found} == {"Bergen"}
    assert isinstance(found[0], ErpRecord)


def test_a_connector_that_does_not_answer_says_so_in_the_words_of_a_check(app: Flask) -> None:
    connection_id = make_connection(app, make_connector(app, "Down", url="http://127.0.0.1:1/x.svc"), "Down")
    with app.app_context():
        found, failure = search_erp(db.session.get_one(Connection, connection_id), "Customer", "", ["Name"])
    assert (found, failure and failure.reason) == ((), "connect.refused")
