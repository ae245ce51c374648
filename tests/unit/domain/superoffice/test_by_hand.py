"""What was entered by hand in SuperOffice, compared field by field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from wizard.domain.superoffice import EnteredValues, Entry, SeenConnection, Sight, compare_entered, find_entered

URL = "https://a.example/x.svc"
OURS = EnteredValues("Acme Norway", "Visma Sync", URL, "ab-1", active=False, everyone=True)
THEIRS = SeenConnection(7, "Acme Norway", "", "FF-9", False, True, "Visma Sync", URL)


def sights(ours: EnteredValues, theirs: SeenConnection) -> dict[Entry, Sight]:
    return {each.entry: each.sight for each in compare_entered(ours, theirs)}


def test_what_is_right_is_the_same_but_for_what_cannot_be_seen() -> None:
    assert sights(OURS, THEIRS) == {
        Entry.NAME: Sight.SAME,
        Entry.CONNECTOR: Sight.SAME,
        Entry.URL: Sight.SAME,
        Entry.GUID: Sight.OWN,
        Entry.ACTIVE: Sight.SAME,
        Entry.EVERYONE: Sight.SAME,
        Entry.CONFIG: Sight.UNSEEN,
    }


@pytest.mark.parametrize(
    ("entry", "change"),
    [
        (Entry.NAME, {"name": "Acme Norwya"}),
        (Entry.CONNECTOR, {"connector_name": "Visma"}),
        (Entry.URL, {"connector_url": URL[:-1]}),
        (Entry.ACTIVE, {"active": True}),
        (Entry.EVERYONE, {"everyone": False}),
    ],
)
def test_a_mistyped_value_differs_and_is_shown(entry: Entry, change: dict[str, Any]) -> None:
    compared = {each.entry: each for each in compare_entered(OURS, replace(THEIRS, **change))}

    assert compared[entry].sight is Sight.DIFFERS
    assert compared[entry].theirs == next(iter(change.values()))
    assert [each.entry for each in compared.values() if each.sight is Sight.DIFFERS] == [entry]


def test_a_multi_language_name_is_the_same_if_one_language_has_it() -> None:
    theirs = replace(THEIRS, name='NO:"Acme Norge";US:"Acme Norway"')

    assert sights(OURS, theirs)[Entry.NAME] is Sight.SAME


def test_the_users_of_a_scope_cannot_be_seen() -> None:
    assert sights(replace(OURS, everyone=False), replace(THEIRS, everyone=False))[Entry.USERS] is Sight.UNSEEN


def test_it_is_found_by_guid_in_any_case_before_anything_else() -> None:
    by_guid = replace(THEIRS, id=8, guid="AB-1", name="Other", connector_url="")

    assert find_entered(OURS, [THEIRS, by_guid]) == (by_guid,)


def test_a_guid_is_the_same_in_any_case() -> None:
    assert sights(OURS, replace(THEIRS, guid="AB-1"))[Entry.GUID] is Sight.SAME


@pytest.mark.parametrize("change", [{"name": "Mistyped"}, {"connector_url": "https://mistyped.example/"}])
def test_it_is_found_though_its_name_or_its_url_was_mistyped(change: dict[str, str]) -> None:
    theirs = replace(THEIRS, **change)
    other = replace(THEIRS, id=8, name="Other", connector_url="https://b.example/")

    assert find_entered(OURS, [other, theirs]) == (theirs,)


def test_several_that_it_may_be_are_all_found() -> None:
    assert len(find_entered(OURS, [THEIRS, replace(THEIRS, id=8)])) == 2


def test_nothing_alike_is_nothing_found() -> None:
    assert find_entered(OURS, [replace(THEIRS, name="Other", connector_url="")]) == ()
