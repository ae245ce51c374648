from __future__ import annotations

from tests.factories.configuration import make_linked_schema
from wizard.domain.configuration import (
    NO_SELECTION,
    Configuration,
    Direction,
    FieldSettings,
    ItemRow,
    ListItem,
    MatchedBy,
    Part,
    TypeSettings,
    changes_since,
    gaps,
    id_of,
    item_rows,
    item_texts,
    items_of,
    twice,
    with_choices,
)

ERP = {"1": "Private customers", "2": "Public sector", "3": "Dealers", "8": "Staff"}
CRM = (ListItem(5, "Dealer"), ListItem(6, "Public sector"), ListItem(7, "Private customer"), ListItem(9, "Prospect"))


def _rows(saved: dict[str, int] | None = None, **more: bool) -> dict[str, ItemRow]:
    return {row.key: row for row in item_rows(ERP, CRM, saved or {}, **more)}


def test_a_list_that_was_never_saved_is_proposed_by_equal_and_similar_names() -> None:
    rows = _rows()

    assert [(row.crm_id, row.by) for row in rows.values()] == [
        (7, MatchedBy.SIMILAR_NAME),
        (6, MatchedBy.SAME_NAME),
        (5, MatchedBy.SIMILAR_NAME),
        (NO_SELECTION, None),
    ]
    assert not any(row.is_saved or row.is_new for row in rows.values())


def test_what_was_chosen_by_hand_says_so_and_what_has_the_same_name_too() -> None:
    rows = _rows({"1": 9, "2": 6, "3": NO_SELECTION, "8": NO_SELECTION})

    assert (rows["1"].by, rows["2"].by, rows["3"].crm_id) == (None, MatchedBy.SAME_NAME, NO_SELECTION)
    assert all(row.is_saved for row in rows.values())


def test_an_item_that_came_since_is_new_and_proposed_with_what_is_free() -> None:
    rows = _rows({"1": 7, "2": 5, "8": NO_SELECTION})

    assert rows["3"] == ItemRow("3", "Dealers", is_new=True)
    assert _rows({"1": 7, "2": 6})["3"] == ItemRow("3", "Dealers", 5, MatchedBy.SIMILAR_NAME, is_new=True)


def test_a_mapped_item_that_the_erp_has_no_more_stays_at_the_end() -> None:
    assert _rows({"2": 6, "77": 9, "78": NO_SELECTION})["77"] == ItemRow("77", "77", 9, is_saved=True, is_gone=True)
    assert "78" not in _rows({"2": 6, "78": NO_SELECTION})


def test_matching_again_proposes_for_what_was_left_without_an_item() -> None:
    saved = {"1": NO_SELECTION, "2": 6, "3": NO_SELECTION, "8": NO_SELECTION}

    assert [row.crm_id for row in _rows(saved, match_again=True).values()] == [7, 6, 5, NO_SELECTION]


def test_a_choice_takes_the_place_of_what_the_row_had() -> None:
    rows = with_choices(item_rows(ERP, CRM, {}), {"8": 9, "2": NO_SELECTION}, {})

    assert rows[1] == ItemRow("2", "Public sector")
    assert rows[3] == ItemRow("8", "Staff", 9)


def test_what_somebody_else_saved_meanwhile_stays_where_the_page_did_not_touch_it() -> None:
    now = item_rows(ERP, CRM, {"1": 9, "2": 6, "3": 5, "8": 0})

    rows = with_choices(now, {"1": 7, "3": NO_SELECTION}, {"1": 7, "3": 5})

    assert items_of(rows) == {"1": 9, "2": 6, "3": NO_SELECTION, "8": NO_SELECTION}
    assert not any(row.theirs is not None for row in rows)


def test_a_row_that_both_have_changed_keeps_the_choice_and_names_the_other() -> None:
    now = item_rows(ERP, CRM, {"1": 9, "2": 6, "3": 5, "8": 0})

    assert with_choices(now, {"1": NO_SELECTION}, {"1": 7})[0] == ItemRow("1", "Private customers", theirs=9)


def test_a_row_that_somebody_else_has_decided_first_keeps_the_choice_and_names_theirs() -> None:
    now = item_rows(ERP, CRM, {"1": 9, "2": 6, "3": 5, "8": 0})

    assert with_choices(now, {"1": 7, "2": 6}, {})[:2] == [
        ItemRow("1", "Private customers", 7, theirs=9),
        ItemRow("2", "Public sector", 6, MatchedBy.SAME_NAME, is_saved=True),
    ]


def test_what_was_chosen_is_proposed_to_no_other_row() -> None:
    rows = with_choices(item_rows(ERP, CRM, {}), {"8": 5}, {})

    assert items_of(rows) == {"1": 7, "2": 6, "3": NO_SELECTION, "8": 5}


def test_an_item_of_two_rows_is_named_with_both() -> None:
    rows = item_rows(ERP, CRM, {"1": 5, "2": 6, "3": 5, "8": NO_SELECTION})

    assert {crm_id: [row.label for row in several] for crm_id, several in twice(rows).items()} == {
        5: ["Private customers", "Dealers"]
    }


def test_no_selection_is_not_an_item_that_several_rows_have() -> None:
    assert twice(item_rows(ERP, CRM, dict.fromkeys(ERP, NO_SELECTION))) == {}


def test_what_the_erp_has_no_more_is_dropped_once_it_has_no_item() -> None:
    rows = with_choices(item_rows(ERP, CRM, {"2": 6, "77": 9}), {"77": NO_SELECTION}, {"77": 9})

    assert "77" not in items_of(rows)


def test_an_item_is_typed_by_its_name_and_one_of_several_by_its_number_too() -> None:
    texts = item_texts((ListItem(1, "North"), ListItem(2, "South"), ListItem(3, "south")))

    assert texts == {1: "North", 2: "South (2)", 3: "south (3)"}
    assert [id_of(text, texts) for text in ("  NORTH ", "south (3)", "", "South", "West")] == [1, 3, 0, None, None]


def test_two_thousand_items_are_matched_with_five_hundred() -> None:
    erp_items = {str(number): f"Product group {number:04}" for number in range(2000)}
    crm_items = [ListItem(number + 1, f"Product group {number:04}") for number in range(500)]

    rows = item_rows(erp_items, crm_items, {"0": 1})

    assert sum(row.crm_id != NO_SELECTION for row in rows) == 500


def test_what_was_decided_to_have_no_item_is_neither_twice_nor_gone() -> None:
    group = FieldSettings("GROUP", "contact/category", Direction.BOTH, items={"1": NO_SELECTION, "2": NO_SELECTION})
    configuration = Configuration((TypeSettings("Customer", True, (group,)),))

    assert not [gap for gap in gaps(configuration, make_linked_schema()) if gap.part == Part.LISTS]
    assert changes_since(configuration, make_linked_schema()) == []
