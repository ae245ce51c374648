"""What cannot be chosen of a difference, or not be taken or written, is said on the page, and nothing is changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from tests.factories import PracticeSuperOffice, Visitor, form_fields, make_connection, make_connector, make_users
from tests.functional.superoffice.calls import save_connector
from tests.functional.superoffice.drift.drifting import BothSides, make_both_sides
from wizard.domain.check import Health, Verdict
from wizard.domain.connection import Scope
from wizard.domain.superoffice import DriftState
from wizard.extensions import db
from wizard.models import Connection, UserGroup
from wizard.models.columns import now
from wizard.models.database import writing

PASSED = Health(Verdict.PASSED, None, now(), 120, "0" * 32)
REFUSED = "SuperOffice does not accept this sign-in."


@pytest.fixture
def both(app: Flask, host: PracticeSuperOffice) -> BothSides:
    both = make_both_sides(app, host)
    both.change_here(health=PASSED)
    return both


def compare(admin: Visitor, both: BothSides) -> str:
    """The page of the connection after it was compared."""
    admin.post(f"/connections/{both.connection_id}/superoffice/compare")
    return admin.get(f"/connections/{both.connection_id}").text


def choose(admin: Visitor, both: BothSides, page: str, **form: str) -> str:
    chosen = {"version": form_fields(page)["version"], **form}
    return admin.post(f"/connections/{both.connection_id}/superoffice/same", chosen, follow_redirects=True).text


def test_a_form_in_which_nothing_is_chosen_says_so(admin: Visitor, both: BothSides) -> None:
    both.change_there(DisplayName="Norge AS")

    assert "Choose at least one value first." in choose(admin, both, compare(admin, both))
    assert both.compare() == (DriftState.CHANGED_THERE, 1)


def test_a_connection_that_superoffice_does_not_have_offers_nothing_to_choose(
    app: Flask, admin: Visitor, both: BothSides
) -> None:
    address = f"/connections/{make_connection(app, both.connector_id, 'Sverige')}/superoffice"

    assert admin.post(f"{address}/compare").status_code == 303
    assert (
        "Choose at least one value first." in admin.post(f"{address}/same", {"all": "ours"}, follow_redirects=True).text
    )


def test_nothing_is_asked_and_nothing_is_said_where_the_link_was_removed_meanwhile(
    admin: Visitor, both: BothSides
) -> None:
    both.unlink()
    address = f"/connections/{both.connection_id}/superoffice/compare"

    assert "data-flash" not in admin.post(address, follow_redirects=True).text
    assert "Compare" not in admin.post(address, htmx=True).text


def test_without_javascript_the_page_says_why_superoffice_could_not_be_asked(admin: Visitor, both: BothSides) -> None:
    both.host.plan("forbidden", times=None)
    address = f"/connections/{both.connection_id}/superoffice/compare"

    assert REFUSED in admin.post(address, follow_redirects=True).text


def test_what_was_chosen_is_still_there_where_superoffice_could_not_be_asked_again(
    admin: Visitor, both: BothSides
) -> None:
    both.change_there(DisplayName="Norge AS")
    page = compare(admin, both)
    both.host.plan("forbidden", times=None)

    page = choose(admin, both, page, **{"choice.name": "ours"})

    assert REFUSED in page
    assert form_fields(page)["choice.name"] == "ours"


def test_a_scope_with_a_group_that_superoffice_does_not_know_is_not_written(
    app: Flask, admin: Visitor, both: BothSides
) -> None:
    make_users(app, groups=("By hand",))
    with app.app_context(), writing():
        row = db.session.get_one(Connection, both.connection_id)
        row.assign(replace(row.to_input(), scope=Scope.of([1], [])))
        db.session.commit()

    page = choose(admin, both, compare(admin, both), all="ours")

    assert "Not in SuperOffice, or gone there: By hand." in page
    assert both.there()["AllAccess"]


def test_a_scope_with_a_group_that_is_known_here_is_taken(app: Flask, admin: Visitor, both: BothSides) -> None:
    make_users(app, groups=("Sales",))
    with app.app_context(), writing():
        db.session.execute(db.update(UserGroup).values(superoffice_id=2))
        db.session.commit()
    both.change_there(AllAccess=False, UserGroupAccessIds=[2])

    choose(admin, both, compare(admin, both), all="theirs")

    assert both.read(lambda row: row.scope) == Scope.of([1], [])
    assert both.compare() == (DriftState.SAME, 0)


def test_a_name_there_that_cannot_stand_here_is_not_taken(admin: Visitor, both: BothSides) -> None:
    both.change_there(DisplayName="Nor\u200bge")

    assert "a value of SuperOffice does not fit here" in choose(admin, both, compare(admin, both), all="theirs")
    assert both.read(lambda row: row.name) == "Norge"


@pytest.mark.parametrize("known", [True, False], ids=["known here", "not known here"])
def test_a_connection_that_has_another_connector_there_is_shown_and_not_written(
    admin: Visitor, both: BothSides, known: bool
) -> None:
    other = save_connector(both.api, both.host.connector_url, "Visma Sync")
    both.store_there(ErpConnectorId=other, DisplayName="Norge AS")
    if known:
        make_connector(both.app, "Visma Sync here", superoffice_id=other)

    page = compare(admin, both)

    assert ("Visma Sync here" if known else f"Number {other}") in page
    assert "a connection keeps its connector" in choose(admin, both, page, all="ours")
    assert both.there()["DisplayName"] == "Norge AS"


def test_what_was_never_the_same_is_told_without_a_side_and_stays_so_while_one_value_is_taken(
    admin: Visitor, both: BothSides
) -> None:
    both.change_here(superoffice_seen=None)
    both.change_there(DisplayName="Norge AS", DisplayDescription="Oslo")
    page = compare(admin, both)
    assert "2 things differ from SuperOffice" in page
    assert "Changed there" not in page

    choose(admin, both, page, **{"choice.name": "theirs"})

    assert both.read(lambda row: (row.name, row.superoffice_seen)) == ("Norge AS", None)
    assert both.compare() == (DriftState.DIFFERS, 1)


def test_each_value_says_where_it_was_changed_if_both_sides_have_changed(admin: Visitor, both: BothSides) -> None:
    both.change_there(DisplayName="Norge AS", DisplayDescription="Oslo")
    both.change_here(name="Norge ANS", all_access=False)

    page = compare(admin, both)

    for words in ("Changed on both sides", "Changed there", "Changed here"):
        assert f">{words}<" in page.replace("\n", "")


def test_a_change_there_is_told_without_who_made_it_if_superoffice_does_not_say(
    admin: Visitor, both: BothSides
) -> None:
    both.store_there(DisplayName="Norge AS", updatedBy="", updatedDate="soon")

    assert "Changed there." in compare(admin, both)
    assert both.record(lambda record: (record.changed_by, record.changed_at)) == ("", None)
