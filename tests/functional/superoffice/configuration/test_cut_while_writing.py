"""Lines are cut at every call of a write: in the end SuperOffice has what is here, once, and no row stays open."""

from __future__ import annotations

import pytest

from tests.functional.superoffice.configuration.configuring import BOTH_WAYS, Configuring
from wizard.extensions import db
from wizard.models import SuperOfficeWrite, WriteState
from wizard.practice.superoffice import Fault
from wizard.services.configuration import Written

CUTS = (Fault.CUT_BEFORE, Fault.CUT_AFTER)
WRITES = (
    "SaveActorTypeMapping",
    "MoveErpFieldItem",
    "SaveConnectionListMappings",
    "SaveDefaultValueInfo",
    "ToggleErpConnectionActive",
)
READS = ("GetConnection", "GetActorTypeMapping", "GetConnectionListMappings", "GetDefaultValueInfo")


def change_everything(sides: Configuring) -> None:
    sides.set(
        "Customer",
        Name={"direction": BOTH_WAYS},
        Category={"crm_key": "contact/category", "direction": BOTH_WAYS, "items": {"A": 4}},
        PaymentTerms={"default": "30"},
    )
    sides.order("Customer", "Name", "Town", "Number")


@pytest.mark.parametrize("operation", [*WRITES, *READS])
@pytest.mark.parametrize("fault", CUTS)
def test_a_write_that_was_cut_is_finished_and_done_once(sides: Configuring, operation: str, fault: Fault) -> None:
    sides.activate()
    change_everything(sides)
    sides.host.plan(fault, operation)

    assert sides.write().state is Written.WAITING
    sides.retry()

    assert sides.there("Name")["SyncToErp"]
    assert sides.items_there("Category") == {"A": 4}
    assert sides.default_there("PaymentTerms")["FirstSyncDefaultValue"] == "30"
    assert sides.keys_there()[:4] == ["Name", "Town", "Number", "Country"]
    assert sides.both.there()["Active"]
    assert sides.state(lambda state: (state.waiting, state.reactivate)) == (False, False)
    with sides.app.app_context():
        is_open = SuperOfficeWrite.state == WriteState.OPEN
        assert db.session.scalars(db.select(SuperOfficeWrite).where(is_open)).all() == []


@pytest.mark.parametrize("operation", WRITES)
def test_superoffice_is_left_alone_while_it_may_still_be_at_a_write(sides: Configuring, operation: str) -> None:
    sides.activate()
    change_everything(sides)
    sides.host.plan(Fault.CUT_BEFORE, operation)
    sides.write()
    begun = len(sides.host.traffic)

    assert sides.write().state is Written.WAITING

    assert [each for each in sides.calls(begun) if not each.startswith("Get")] == []
