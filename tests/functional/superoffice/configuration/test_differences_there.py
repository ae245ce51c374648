"""What differs from SuperOffice is named by row, and either side is taken for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.factories import in_app, make_connection
from tests.functional.superoffice.calls import save_connection
from tests.functional.superoffice.configuration.configuring import TO_SUPEROFFICE, Configuring
from wizard.domain.configuration import Direction, Side
from wizard.errors import InvalidState
from wizard.extensions import db
from wizard.models import Account, ConfigurationState, Connection
from wizard.models.database import writing
from wizard.practice.superoffice import Fault
from wizard.services.configuration import (
    Written,
    WrittenThere,
    changed_there,
    compare_due,
    compare_there,
    differences_there,
    read_schema,
    save_priorities,
    take_theirs,
    write_ours,
    write_priorities_there,
    write_waiting_priorities,
)


@pytest.fixture
def same(sides: Configuring) -> Configuring:
    """Both sides have the same."""
    sides.write()
    compare(sides)
    assert differing(sides) == {}
    return sides


def compare(sides: Configuring, *, every_default: bool = False) -> None:
    with sides.app.app_context(), writing():
        compare_there(db.session.get_one(Connection, sides.both.connection_id), every_default=every_default)


def differing(sides: Configuring) -> dict[str, Side]:
    return sides.both.read(lambda row: {each.code: each.side for each in differences_there(row)})


def take(sides: Configuring, *codes: str) -> None:
    with sides.app.app_context(), writing():
        account = db.session.get_one(Account, sides.account_id)
        take_theirs(account, db.session.get_one(Connection, sides.both.connection_id), codes)


def write_over(sides: Configuring, *codes: str) -> None:
    with sides.app.app_context(), writing():
        account = db.session.get_one(Account, sides.account_id)
        write_ours(account, db.session.get_one(Connection, sides.both.connection_id), codes)


def test_a_row_says_who_has_changed_it(same: Configuring) -> None:
    same.change_there("Phone", ShowInGui=True)
    same.change_there("Email", ShowInGui=True)
    same.set("Customer", is_synced=False, Email={"show_in_search": True}, Fax={}, Town={"show_in_tab": True})
    compare(same)

    assert differing(same) == {
        "mappings/Customer/Phone": Side.THEIRS,
        "mappings/Customer/Email": Side.BOTH,
        "mappings/Customer/Town": Side.OURS,
    }
    assert [each.key for each in same.both.read(changed_there)] == ["Phone", "Email"]


def test_another_order_and_another_item_there_are_found(same: Configuring) -> None:
    field_id = same.there("Town")["ErpFieldId"]
    move = {"ErpFieldId": field_id, "Direction": -1, "ErpConnectionId": same.both.there_id, "ErpActorType": "Customer"}
    same.api.agent("ErpSync/MoveErpFieldItem", move)
    lists = same.api.agent("ErpSync/GetConnectionListMappings", {"ErpConnectionId": same.both.there_id})
    lists["ErpListItemMappings"][0]["ErpCrmListItemMappings"][0]["CrmListItem"] = {"Id": 1}
    same.api.agent("ErpSync/SaveConnectionListMappings", {"ListMapping": lists})
    compare(same)

    assert differing(same) == {"rank/Customer/": Side.THEIRS, "lists/Customer/Country": Side.THEIRS}


def test_a_default_that_nobody_knew_of_is_found_daily(same: Configuring) -> None:
    default = same.default_there("InvoiceLanguage") | {"PromptUser": True}
    same.api.agent("ErpSync/SaveDefaultValueInfo", {"ErpSyncDefaultValue": default})
    compare(same)
    assert differing(same) == {}
    with same.app.app_context(), writing():
        for state in db.session.scalars(db.select(ConfigurationState)):
            state.theirs_at = state.theirs_at and state.theirs_at - timedelta(days=2)
        db.session.commit()
    with same.app.app_context():
        compare_due()
    assert differing(same) == {"defaults/Customer/InvoiceLanguage": Side.THEIRS}


def test_what_superoffice_has_is_taken_for_chosen_rows(same: Configuring) -> None:
    same.change_there("Phone", ShowInGui=True)
    same.change_there("Email", ShowInGui=True)
    compare(same)
    take(same, "mappings/Customer/Phone")

    assert differing(same) == {"mappings/Customer/Email": Side.THEIRS}
    assert same.here.type("Customer").field("Phone").show_in_tab
    assert same.write().state is Written.DONE
    assert same.there("Email")["ShowInGui"]


def test_what_is_here_is_written_over_what_was_shown(same: Configuring) -> None:
    same.change_there("Phone", ShowInGui=True)
    compare(same)
    write_over(same, "mappings/Customer/Phone")

    assert not same.there("Phone")["ShowInGui"]
    assert differing(same) == {}


def test_what_superoffice_has_is_read_whole(same: Configuring) -> None:
    compare(same, every_default=True)
    assert same.state(lambda state: state.theirs) == same.here


def test_nothing_is_compared_without_a_link(same: Configuring) -> None:
    same.both.unlink()
    with pytest.raises(InvalidState):
        compare(same)


@pytest.mark.parametrize("changes", [{"items": {"A": 4, "NONE": 5}}, {"crm_key": "", "direction": Direction.NONE}])
@pytest.mark.parametrize("read", [compare_there, read_schema])
def test_items_that_superoffice_has_no_row_for_are_no_difference(
    same: Configuring, changes: dict[str, Any], read: Callable[[Connection], object]
) -> None:
    same.set("Customer", Category={"crm_key": "contact/category", "direction": TO_SUPEROFFICE, "items": {"B": 4}})
    same.set("Customer", Country={"crm_key": "", "direction": Direction.NONE})
    same.write()

    same.set("Customer", Category=changes)

    assert same.write() == WrittenThere(Written.DONE)
    with same.app.app_context(), writing():
        read(db.session.get_one(Connection, same.both.connection_id))
    assert differing(same) == {}


# --- priorities


def prioritise(sides: Configuring) -> Written:
    """Two of ours change places."""
    with sides.app.app_context(), writing():
        first, second = db.session.scalars(db.select(Connection).order_by(Connection.id)).all()
        save_priorities(None, [second.id, first.id])
        return write_priorities_there(db.session.get_one(Account, sides.account_id)).state


@pytest.fixture
def three(same: Configuring) -> Configuring:
    """Three connections there, of which the first and the last are known here."""
    ids = [save_connection(same.api, 1, DisplayName=name)["ErpConnectionId"] for name in ("Sverige", "Danmark")]
    same.api.agent("ErpSync/SaveErpConnectionSyncPriorities", {"ErpConnectionIds": [same.both.there_id, *ids]})
    make_connection(same.app, same.both.connector_id, "Danmark", superoffice_id=ids[1])
    return same


def order_there(sides: Configuring) -> list[int]:
    listed = sides.api.get("MDOList/erpconnections", additional="useRank")
    return [each["Id"] for each in listed]


def test_the_order_is_written_and_connections_of_others_keep_their_place(three: Configuring) -> None:
    assert order_there(three) == [1, 2, 3]
    assert prioritise(three) is Written.DONE
    assert order_there(three) == [3, 2, 1]


@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_AFTER])
def test_an_order_whose_answer_was_cut_is_looked_at_and_written_again(three: Configuring, fault: Fault) -> None:
    three.host.plan(fault, "SaveErpConnectionSyncPriorities")
    assert prioritise(three) is Written.WAITING
    three.let_time_pass()
    in_app(three.app, write_waiting_priorities)
    assert order_there(three) == [3, 2, 1]
    begun = len(three.host.traffic)
    in_app(three.app, write_waiting_priorities)
    assert len(three.host.traffic) == begun


def tries_of(sides: Configuring, begun: int) -> int:
    """How often the order was sent since then."""
    in_app(sides.app, write_waiting_priorities)
    return sides.calls(begun).count("SaveErpConnectionSyncPriorities")


def test_an_order_that_superoffice_refuses_is_tried_again_ever_later_and_not_for_ever(
    three: Configuring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.services.configuration.there.writing.priorities.MAX_TRIES", 2)
    three.host.plan(Fault.REFUSED, "SaveErpConnectionSyncPriorities", None)
    begun = len(three.host.traffic)
    assert prioritise(three) is Written.WAITING

    assert tries_of(three, begun) == 1, "it was tried just now"
    for tries in (2, 3, 3):
        three.let_time_pass()
        assert tries_of(three, begun) == tries
