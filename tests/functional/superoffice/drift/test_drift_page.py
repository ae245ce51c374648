"""What differs from SuperOffice is shown on the page of a connection, and one of the sides is chosen there."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.factories import PracticeSuperOffice, Visitor, form_fields, make_connection, says, sign_in
from tests.functional.superoffice.calls import GOOD
from tests.functional.superoffice.drift.drifting import BothSides, make_both_sides
from wizard.domain.accounts import Role
from wizard.domain.superoffice import DriftState
from wizard.models.columns import now


@pytest.fixture
def both(app: Flask, host: PracticeSuperOffice) -> BothSides:
    return make_both_sides(app, host)


def choose(admin: Visitor, both: BothSides, **form: str) -> str:
    """Opens the page, compares, and sends its form; the text of the page that follows."""
    admin.post(f"/connections/{both.connection_id}/superoffice/compare")
    return send(admin, both, admin.get(f"/connections/{both.connection_id}").text, **form)


def send(admin: Visitor, both: BothSides, page: str, **form: str) -> str:
    chosen = {"version": form_fields(page)["version"], **form}
    return admin.post(f"/connections/{both.connection_id}/superoffice/same", chosen, follow_redirects=True).text


def test_the_page_does_not_wait_for_superoffice_and_asks_for_the_fragment_afterwards(
    admin: Visitor, both: BothSides
) -> None:
    both.change_there(DisplayName="Norge AS")

    page = admin.get(f"/connections/{both.connection_id}").text
    fragment = admin.post(f"/connections/{both.connection_id}/superoffice/compare", htmx=True).text

    assert 'hx-trigger="load, submit"' in page
    assert "Norge AS" not in page
    assert "1 thing differs from SuperOffice" in fragment
    assert "Norge AS" in fragment
    assert "Changed there by" in fragment
    assert re.search(r'hx-target="#drift-badge"[^>]*><span class="badge tone-warn">.*?Differs', fragment, re.DOTALL)
    assert 'id="drift-badge"' in page
    assert "<html" not in fragment


def test_both_sides_are_the_same_after_theirs_was_taken(admin: Visitor, both: BothSides) -> None:
    both.change_there(DisplayName="Norge AS")

    assert "1 value is taken." in choose(admin, both, **{"choice.name": "theirs"})
    assert both.read(lambda row: row.name) == "Norge AS"
    assert both.compare() == (DriftState.SAME, 0)


def test_what_is_not_chosen_stays_different(admin: Visitor, both: BothSides) -> None:
    both.change_there(DisplayName="Norge AS", DisplayDescription="Oslo")

    choose(admin, both, **{"choice.name": "theirs"})

    assert both.read(lambda row: (row.name, row.description)) == ("Norge AS", "")
    assert both.compare() == (DriftState.CHANGED_THERE, 1)


def test_a_value_that_is_taken_has_to_be_tested_anew_and_a_passed_test_proves_it(
    admin: Visitor, both: BothSides
) -> None:
    both.change_there(ConfigFields=GOOD | {"Outcome": "warning"})

    page = choose(admin, both, all="theirs")

    assert "Test" in page
    assert both.read(lambda row: row.config["Outcome"]) == "warning"
    receipt, health = both.read(lambda row: (row.receipt, row.health))
    assert receipt is not None
    assert "void" not in receipt
    assert receipt["number"] != "K-40B2-9E5D"
    assert health is not None


def test_a_value_whose_test_fails_does_not_count_as_proven(admin: Visitor, both: BothSides) -> None:
    both.change_there(ConfigFields=GOOD | {"Outcome": "warning"})
    both.change_connector_here(real_url="http://127.0.0.1:9/x.svc")

    choose(admin, both, all="theirs")

    receipt = both.read(lambda row: row.receipt)
    assert receipt is not None
    assert receipt["void"]


def test_what_another_administrator_changes_there_meanwhile_is_shown_and_not_overwritten(
    admin: Visitor, both: BothSides
) -> None:
    both.change_there(DisplayName="Norge AS")
    admin.post(f"/connections/{both.connection_id}/superoffice/compare")
    page = admin.get(f"/connections/{both.connection_id}").text
    both.change_there(DisplayName="Norge ASA")

    text = send(admin, both, page, all="theirs")

    assert "changed meanwhile" in text
    assert "Norge ASA" in text
    assert both.read(lambda row: row.name) == "Norge"


def test_what_another_administrator_changes_here_meanwhile_is_not_overwritten(admin: Visitor, both: BothSides) -> None:
    both.change_there(DisplayName="Norge AS")
    admin.post(f"/connections/{both.connection_id}/superoffice/compare")
    page = admin.get(f"/connections/{both.connection_id}").text
    both.change_here(name="Norge ANS")

    assert "changed meanwhile" in send(admin, both, page, all="theirs")
    assert both.read(lambda row: row.name) == "Norge ANS"


def test_a_name_that_is_taken_here_is_not_taken_over(app: Flask, admin: Visitor, both: BothSides) -> None:
    make_connection(app, both.connector_id, "Sverige")
    both.change_there(DisplayName="Sverige")

    assert "another connection has this name" in choose(admin, both, all="theirs")
    assert both.read(lambda row: row.name) == "Norge"


def test_a_scope_with_users_that_were_not_read_yet_is_not_taken(admin: Visitor, both: BothSides) -> None:
    both.change_there(AllAccess=False, UserGroupAccessIds=[2])

    assert "Read users and groups again first" in choose(admin, both, all="theirs")
    assert both.read(lambda row: row.all_access)


def test_why_superoffice_could_not_be_asked_is_said(admin: Visitor, both: BothSides) -> None:
    both.host.plan("forbidden", times=None)

    fragment = admin.post(f"/connections/{both.connection_id}/superoffice/compare", htmx=True).text

    assert "SuperOffice could not be asked" in fragment


def test_a_password_is_shown_of_neither_side(admin: Visitor, both: BothSides) -> None:
    both.compare()
    both.change_here(config=GOOD | {"ApiPassword": "another-secret"})

    fragment = admin.post(f"/connections/{both.connection_id}/superoffice/compare", htmx=True).text

    assert "API password" in fragment
    assert "another-secret" not in fragment
    assert GOOD["ApiPassword"] not in fragment.replace("/practice", "")


def test_the_form_of_a_connector_opens_with_what_was_chosen(admin: Visitor, both: BothSides) -> None:
    both.change_connector_here(name="Visma Sync")
    address = f"/connectors/{both.connector_id}/superoffice"
    admin.post(f"{address}/compare")

    form = form_fields(admin.post(f"{address}/same", {"choice.name": "theirs"}, follow_redirects=True).text)

    assert form["name"] == "Super Sync"


def test_readers_may_not_compare_nor_choose(app: Flask, both: BothSides) -> None:
    reader = sign_in(app, "Rita Reader", role=Role.READER)
    address = f"/connections/{both.connection_id}/superoffice"

    assert reader.post(f"{address}/compare").status_code == 403
    assert reader.post(f"{address}/same", {"all": "theirs"}).status_code == 403


def test_readers_see_in_the_lists_that_something_differs_and_no_value(app: Flask, both: BothSides) -> None:
    both.change_there(DisplayDescription="Oslo")
    both.compare()

    page = sign_in(app, "Rita Reader", role=Role.READER).get("/").text

    assert "Differs" in page
    assert "Changed there by" in page
    assert "Oslo" not in page


def test_what_is_gone_there_is_said(admin: Visitor, both: BothSides) -> None:
    both.api.agent("ErpSync/DeleteConnection", {"ErpConnectionId": both.there_id})

    fragment = admin.post(f"/connections/{both.connection_id}/superoffice/compare", htmx=True).text

    assert "SuperOffice has it no longer" in fragment
    assert "Or delete it here too." in fragment


def test_what_is_gone_there_is_saved_there_again(admin: Visitor, both: BothSides) -> None:
    both.api.agent("ErpSync/DeleteConnection", {"ErpConnectionId": both.there_id})
    page = f"/connections/{both.connection_id}/superoffice"
    assert "Save it there again" in admin.post(f"{page}/compare", htmx=True).text

    answer = admin.post(f"{page}/restore", follow_redirects=True).text

    assert "SuperOffice has it again." in answer
    assert "Save it there again" not in answer
    assert not both.there()["Deleted"]
    assert "Restored a connection in SuperOffice" in says(admin.get("/activity/").text)


def test_a_connection_that_the_wizard_has_saved_there_has_no_values_to_enter(admin: Visitor, both: BothSides) -> None:
    page = admin.get(f"/connections/{both.connection_id}").text

    assert "Enter this in SuperOffice" not in page
    assert "Enter the values" not in page
    assert "You need not enter anything." in page
    assert "No Norge" in says(admin.get("/").text)


def test_the_lists_say_what_was_seen_of_it_there(admin: Visitor, both: BothSides) -> None:
    both.set_active_there(True)
    both.change_here(superoffice_seen=both.there(), superoffice_seen_at=now())

    assert "Seen in SuperOffice: today" in admin.get("/").text
    assert "Not entered in SuperOffice yet" not in admin.get(f"/connections/{both.connection_id}").text
