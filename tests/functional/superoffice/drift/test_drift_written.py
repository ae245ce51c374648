"""What is here is written to SuperOffice, where somebody has changed it there."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import PracticeSuperOffice, Visitor, form_fields
from tests.functional.superoffice.drift.drifting import BothSides, make_both_sides
from wizard.domain.check import Health, RunKind, RunState, Verdict
from wizard.domain.superoffice import DriftState
from wizard.extensions import db
from wizard.models import CheckRun
from wizard.models.columns import now


@pytest.fixture
def both(app: Flask, host: PracticeSuperOffice) -> BothSides:
    both = make_both_sides(app, host)
    both.change_here(health=Health(Verdict.PASSED, None, now(), 120, "0" * 32))
    return both


def write_ours(admin: Visitor, both: BothSides, **form: str) -> str:
    address = f"/connections/{both.connection_id}"
    admin.post(f"{address}/superoffice/compare")
    version = form_fields(admin.get(address).text)["version"]
    return admin.post(f"{address}/superoffice/same", {"version": version, **form}, follow_redirects=True).text


def test_what_was_changed_there_is_as_it_is_here_again(admin: Visitor, both: BothSides) -> None:
    both.change_there(DisplayName="Norge AS")

    write_ours(admin, both, all="ours")

    assert both.there()["DisplayName"] == "Norge"
    assert both.compare() == (DriftState.SAME, 0)


def test_an_active_connection_is_active_again_afterwards(admin: Visitor, both: BothSides) -> None:
    both.set_active_there(True)
    both.change_here(superoffice_seen=both.there())
    both.change_there(DisplayName="Norge AS")

    write_ours(admin, both, all="ours")

    assert (both.there()["DisplayName"], both.there()["Active"]) == ("Norge", True)


def test_one_that_was_deactivated_there_is_activated_again_where_ours_is_written(
    admin: Visitor, both: BothSides
) -> None:
    both.set_active_there(True)
    both.change_here(superoffice_seen=both.there())
    both.set_active_there(False)

    write_ours(admin, both, **{"choice.active": "ours"})

    assert both.there()["Active"]
    assert both.compare() == (DriftState.SAME, 0)


def test_one_that_was_activated_there_is_simply_taken_note_of(admin: Visitor, both: BothSides) -> None:
    both.set_active_there(True)

    write_ours(admin, both, all="ours")

    assert both.there()["Active"]
    assert both.compare() == (DriftState.SAME, 0)


def test_one_value_is_taken_and_another_one_written(admin: Visitor, both: BothSides) -> None:
    both.change_there(DisplayName="Norge AS", DisplayDescription="Oslo")

    write_ours(admin, both, **{"choice.name": "ours", "choice.description": "theirs"})

    assert (both.there()["DisplayName"], both.there()["DisplayDescription"]) == ("Norge", "Oslo")
    assert both.read(lambda row: (row.name, row.description)) == ("Norge", "Oslo")


def test_nothing_is_written_while_a_value_is_not_chosen(admin: Visitor, both: BothSides) -> None:
    both.change_there(DisplayName="Norge AS", DisplayDescription="Oslo")

    page = write_ours(admin, both, **{"choice.name": "ours"})

    assert "Choose for each value" in page
    assert form_fields(page)["choice.name"] == "ours"
    assert both.there()["DisplayName"] == "Norge AS"


def test_values_that_were_not_tested_are_not_written(admin: Visitor, both: BothSides) -> None:
    both.change_there(DisplayName="Norge AS")
    both.change_here(health=None)

    assert "Test the connection first" in write_ours(admin, both, all="ours")
    assert both.there()["DisplayName"] == "Norge AS"


def test_secrets_of_another_host_are_not_written(admin: Visitor, both: BothSides) -> None:
    both.change_there(DisplayName="Norge AS")
    both.change_here(origin="1 http://another.example")

    write_ours(admin, both, all="ours")

    assert both.there()["DisplayName"] == "Norge AS"


def test_what_is_changed_there_at_the_last_moment_is_not_overwritten(
    app: Flask, admin: Visitor, both: BothSides, monkeypatch: pytest.MonkeyPatch
) -> None:
    both.change_there(DisplayName="Norge AS")
    inline = app.extensions["job_queue"].submit

    def edited_meanwhile(run_id: str) -> None:
        both.change_there(DisplayName="Norge ASA")
        inline(run_id)

    monkeypatch.setattr(app.extensions["job_queue"], "submit", edited_meanwhile)
    write_ours(admin, both, all="ours")

    assert both.there()["DisplayName"] == "Norge ASA"
    with app.app_context():
        run = db.session.query(CheckRun).filter_by(kind=RunKind.SAVE_BOTH).one()
        assert (run.state, run.failure and run.failure.reason) == (RunState.FINISHED, "superoffice.differs")
    assert both.compare() == (DriftState.CHANGED_THERE, 1)
