"""How settings here and there differ, row by row, and the moves that make one order the other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.configuration import (
    NO_SELECTION,
    Configuration,
    FieldSettings,
    Part,
    RowDifference,
    Side,
    TypeSettings,
    differences,
    swaps,
    take_over,
)

ORDERS = st.lists(st.sampled_from("abcdefgh"), unique=True)


def of(*fields: FieldSettings, is_synced: bool = False) -> Configuration:
    return Configuration((TypeSettings("Customer", is_synced, fields),))


def only(ours: Configuration, theirs: Configuration, agreed: Configuration | None = None) -> RowDifference:
    (found,) = differences(ours, theirs, agreed)
    return found


SHOWN, HIDDEN = FieldSettings("NAME", show_in_tab=True), FieldSettings("NAME")


@pytest.mark.parametrize(
    ("ours", "theirs", "agreed", "side"),
    [
        (SHOWN, HIDDEN, HIDDEN, Side.OURS),
        (HIDDEN, SHOWN, HIDDEN, Side.THEIRS),
        (SHOWN, HIDDEN, FieldSettings("NAME", show_in_search=True), Side.BOTH),
        (*(FieldSettings("GROUP", items=items) for items in ({"1": 5, "2": 6}, {"1": 5}, {})), Side.OURS),
    ],
)
def test_who_has_changed_a_row_follows_from_what_both_had(
    ours: FieldSettings, theirs: FieldSettings, agreed: FieldSettings, side: Side
) -> None:
    assert only(of(ours), of(theirs), of(agreed)).side is side


def test_where_nothing_was_ever_the_same_what_is_here_is_the_change() -> None:
    assert only(of(SHOWN), of(HIDDEN)).side is Side.OURS


def test_an_item_that_was_decided_to_have_none_is_no_difference() -> None:
    ours = FieldSettings("GROUP", items={"1": 5, "2": NO_SELECTION})
    assert differences(of(ours), of(FieldSettings("GROUP", items={"1": 5})), None) == []


def test_what_only_one_side_has_is_not_compared() -> None:
    assert differences(of(SHOWN), of(FieldSettings("OTHER", show_in_tab=True)), None) == []


def test_whether_a_type_is_synchronised_and_the_order_are_rows_of_their_own() -> None:
    one, other = FieldSettings("A"), FieldSettings("B")
    found = differences(of(one, other, is_synced=True), of(other, one), None)
    assert [each.code for each in found] == ["mappings/Customer/", "rank/Customer/"]


def test_taking_over_every_row_leaves_no_difference() -> None:
    ours = of(SHOWN, FieldSettings("GROUP", items={"1": 5, "2": NO_SELECTION}), is_synced=True)
    theirs = of(FieldSettings("GROUP", items={"1": 6}, default="x"), HIDDEN)
    taken = take_over(ours.type("Customer"), differences(ours, theirs, None))
    assert differences(Configuration((taken,)), theirs, None) == []
    assert taken.field("GROUP").items == {"1": 6, "2": NO_SELECTION}


@given(ORDERS)
def test_moves_by_one_place_make_one_order_the_other(wanted: list[str]) -> None:
    current = sorted(wanted)
    order = list(current)
    moves = list(swaps(current, wanted))
    for key, direction in moves:
        place = order.index(key)
        order[place], order[place + direction] = order[place + direction], order[place]
    assert order == wanted
    inversions = sum(wanted.index(a) > wanted.index(b) for n, a in enumerate(current) for b in current[n + 1 :])
    assert len(moves) == inversions


@given(ORDERS, ORDERS)
def test_what_both_have_is_in_the_wanted_order_afterwards(current: list[str], wanted: list[str]) -> None:
    order = list(current)
    for key, direction in swaps(current, wanted):
        place = order.index(key)
        order[place], order[place + direction] = order[place + direction], order[place]
    both = [key for key in order if key in wanted]
    assert all(wanted.index(one) < wanted.index(other) for one, other in pairwise(both))


def test_only_the_asked_parts_are_compared() -> None:
    ours, theirs = FieldSettings("A", show_in_tab=True, default="1"), FieldSettings("A")
    assert [each.part for each in differences(of(ours), of(theirs), None, (Part.DEFAULTS,))] == [Part.DEFAULTS]
