"""The full-text index of SQLite finds what reading all rows would find."""

from __future__ import annotations

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from tests.factories import make_connector
from wizard.extensions import db
from wizard.models import Connector
from wizard.models.columns import folded
from wizard.models.database import writing
from wizard.models.search_index import MAX_INDEXED_MATCHES, rows_containing

SIGNS = st.text(st.sampled_from("abß\"'*%_ -[]^:.ıſ¨漢😀"), max_size=12)


def make_named(app: Flask, names: list[str]) -> None:
    with app.app_context(), writing():
        db.session.execute(delete(Connector))
        db.session.add_all(Connector(name=name, url=f"https://{n}.example/") for n, name in enumerate(names))
        db.session.commit()


def found(app: Flask, part: str) -> list[int] | None:
    with app.app_context():
        ids = rows_containing(Connector, part)
        return None if ids is None else sorted(ids)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(SIGNS, min_size=1, max_size=5, unique_by=folded), part=SIGNS)
def test_a_text_is_found_as_it_stands_whatever_its_signs_mean_elsewhere(
    app: Flask, names: list[str], part: str
) -> None:
    make_named(app, names)
    part = folded(part)
    with app.app_context():
        expected = sorted(row.id for row in db.session.query(Connector) if part in row.search_key)

    assert found(app, part) in (expected, None)
    assert (found(app, part) is None) == (len(part) < 3)


def test_a_changed_row_is_found_by_its_new_name_only(app: Flask) -> None:
    connector_id = make_connector(app, "Before")
    with app.app_context(), writing():
        db.session.get_one(Connector, connector_id).name = "After"
        db.session.commit()

    assert found(app, "before") == []
    assert found(app, "after") == [connector_id]


def test_a_deleted_row_is_not_found(app: Flask) -> None:
    make_named(app, ["Visma"])
    make_named(app, ["Other"])

    assert found(app, "visma") == []


def test_what_very_many_rows_contain_is_left_to_a_scan(app: Flask) -> None:
    make_named(app, [f"Visma {n}" for n in range(MAX_INDEXED_MATCHES + 1)])

    assert found(app, "visma") is None
    assert found(app, "visma 200") is not None
