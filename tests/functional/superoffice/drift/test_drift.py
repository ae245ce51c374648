"""What differs between SuperOffice and the wizard, as it is found and kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.factories import PracticeSuperOffice, in_app
from tests.functional.superoffice.calls import GOOD
from tests.functional.superoffice.drift.drifting import BothSides, make_both_sides
from wizard.domain.superoffice import DriftState, LinkAccess
from wizard.errors import InvalidState
from wizard.extensions import db
from wizard.models import Connection, SuperOfficeLink
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.superoffice.drift import compare, compare_all, compare_due, details_of, drift_of
from wizard.services.superoffice.drift.ask import Found
from wizard.services.superoffice.drift.record import store_found


@pytest.fixture
def both(app: Flask, host: PracticeSuperOffice) -> BothSides:
    return make_both_sides(app, host)


def test_what_was_saved_on_both_sides_is_the_same(both: BothSides) -> None:
    assert both.compare() == (DriftState.SAME, 0)


def test_a_name_that_was_changed_there_is_told_with_who_and_when(both: BothSides) -> None:
    both.change_there(DisplayName="Norge AS")

    assert both.compare() == (DriftState.CHANGED_THERE, 1)
    who, when = both.record(lambda record: (record.changed_by, record.changed_at))
    assert who
    assert when is not None


def test_a_value_that_was_changed_here_is_told_so(both: BothSides) -> None:
    both.change_here(description="Customers of the Oslo office")

    assert both.compare() == (DriftState.CHANGED_HERE, 1)


def test_another_text_in_a_language_that_is_not_the_wizards_is_a_change_there(both: BothSides) -> None:
    both.change_there(DisplayName='NO:"Norge";US:"Norway"')
    both.compare()

    assert both.compare() == (DriftState.CHANGED_THERE, 1)


def test_what_is_deleted_there_is_gone(both: BothSides) -> None:
    both.api.agent("ErpSync/DeleteConnection", {"ErpConnectionId": both.there_id})

    assert both.compare() == (DriftState.GONE, 0)


def test_a_password_that_superoffice_has_shown_is_compared_and_told_of_neither_side(both: BothSides) -> None:
    both.compare()
    both.change_here(config=GOOD | {"ApiPassword": "another-secret"})

    assert both.compare() == (DriftState.CHANGED_HERE, 1)
    details = both.read(details_of)
    assert details is not None
    assert [(each.key, each.secret, each.ours, each.theirs) for each in details.differences] == [
        ("ApiPassword", True, "", "")
    ]


def test_all_are_compared_in_one_go_connectors_too(app: Flask, both: BothSides) -> None:
    both.change_connector_here(name="Visma Sync")
    both.change_there(DisplayName="Norge AS")

    with writing():
        in_app(app, compare_all)

    assert both.record(lambda record: record.state) == DriftState.CHANGED_THERE


def test_what_was_compared_a_moment_ago_is_not_due(app: Flask, both: BothSides) -> None:
    both.compare()
    both.change_there(DisplayName="Norge AS")

    with writing():
        in_app(app, compare_due)
    assert both.record(lambda record: record.state) == DriftState.SAME

    both.age(timedelta(days=1))
    with writing():
        in_app(app, compare_due)
    assert both.record(lambda record: record.state) == DriftState.CHANGED_THERE


@pytest.mark.parametrize("access", [LinkAccess.READ_ONLY, None], ids=["read only", "no link"])
def test_nothing_is_compared_where_the_wizard_may_not_save_there(
    app: Flask, both: BothSides, access: LinkAccess | None
) -> None:
    with app.app_context(), writing():
        link = db.session.query(SuperOfficeLink).one()
        if access is None:
            db.session.delete(link)
        else:
            link.access = access
        db.session.commit()

    with pytest.raises(InvalidState):
        in_app(app, lambda: compare(db.session.get_one(Connection, both.connection_id)))
    in_app(app, compare_due)
    assert both.read(drift_of) is None


def test_superoffice_is_not_asked_at_all_while_nothing_is_due(app: Flask, both: BothSides) -> None:
    with writing():
        in_app(app, compare_all)
    asked = len(both.host.traffic)

    with writing():
        in_app(app, compare_due)

    assert len(both.host.traffic) == asked


def test_what_was_deleted_here_while_superoffice_was_asked_is_not_compared(app: Flask, both: BothSides) -> None:
    both.change_here(deleted_at=now())

    with writing():
        in_app(app, lambda: store_found(Connection, both.connection_id, Found(None)))

    assert both.read(drift_of) is None
