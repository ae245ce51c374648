"""Which row here is which user or group of SuperOffice."""

from __future__ import annotations

from wizard.domain.superoffice import OwnRow, clean_name, partners, plain_key, short_name, unique_keys


def test_a_row_by_hand_is_matched_by_its_key() -> None:
    rows = [OwnRow(1, None, "ola"), OwnRow(2, None, "kari")]

    assert partners(rows, {70: "ola"}) == {70: 1}


def test_superoffices_id_decides_before_the_key() -> None:
    rows = [OwnRow(1, 70, "ola"), OwnRow(2, None, "ola berg")]

    assert partners(rows, {70: "ola berg"}) == {70: 1}


def test_what_superoffice_has_twice_finds_no_partner_by_name() -> None:
    assert partners([OwnRow(1, None, "sales")], {5: "sales", 6: "sales"}) == {}


def test_nobody_is_matched_by_an_empty_user_name() -> None:
    assert partners([OwnRow(1, None, "")], {5: ""}) == {}


def test_a_row_of_superoffice_is_not_given_to_another_user_of_its_name() -> None:
    assert partners([OwnRow(1, 70, "ola")], {71: "ola"}) == {}


def test_equal_and_empty_keys_are_made_unique() -> None:
    keys = unique_keys({5: "ola", 6: "ola", 7: "", 8: "", 9: "kari"}, taken={"kari"})

    assert len(set(keys.values()) | {"kari"}) == 6
    assert [plain_key(key) for key in keys.values()] == ["ola", "ola", "", "", "kari"]
    assert keys[5] == "ola"


def test_a_name_is_cleaned_and_cut_only_where_it_is_too_long() -> None:
    assert clean_name(" Ola\0\n Berg ") == "Ola Berg"
    assert short_name("a" * 254) == "a" * 254
    assert short_name("a" * 255) == "a" * 253 + "…"
