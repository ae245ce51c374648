"""What is typed for a connection."""

from __future__ import annotations

from typing import Any

import pytest

from wizard.domain.connection import EVERYONE, ConnectionInput, Scope

COMPLETE: dict[str, Any] = {"name": "Acme", "connector_id": 1}


def test_a_complete_connection_has_no_problems() -> None:
    assert ConnectionInput(**COMPLETE).problems() == {}


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"name": ""}, {"name": "missing"}),
        ({"name": "n" * 255}, {"name": "too_long"}),
        ({"connector_id": None}, {"connector_id": "missing"}),
        ({"scope": Scope.of([], [])}, {"scope": "missing"}),
        ({"description": "d" * 255}, {"description": "too_long"}),
    ],
)
def test_what_is_missing_or_too_long_is_named(typed: dict[str, Any], problems: dict[str, str]) -> None:
    assert ConnectionInput(**COMPLETE | typed).problems() == problems


def test_json_gives_back_the_same() -> None:
    values = ConnectionInput("Acme", 1, Scope.of([2], [3, 4]), {"Company": "ACME"}, "Ours")

    assert ConnectionInput.from_json(values.to_json()) == values


def test_the_pending_values_of_version_1_0_are_read() -> None:
    pending = {
        "name": "Acme",
        "connector_id": 1,
        "all_access": False,
        "group_ids": [2],
        "person_ids": [3],
        "config": {},
    }

    assert ConnectionInput.from_json(pending | {"config": {}}).scope == Scope.of([2], [3])


@pytest.mark.parametrize(
    "draft",
    [
        {"scope": "specific", "groups": [1], "people": [2]},
        {"scope": "specific", "groups": [9], "people": [9], "group_ids": [1], "user_ids": [2]},
    ],
)
def test_the_drafts_of_version_1_0_are_read_until_the_scope_is_chosen_anew(draft: dict[str, Any]) -> None:
    assert Scope.from_draft(draft) == Scope.of([1], [2])


def test_a_draft_keeps_what_was_chosen_before_everyone_and_an_input_does_not() -> None:
    chosen = Scope.of([1], [2], everyone=True)

    assert Scope.from_draft(chosen.to_draft()) == chosen
    assert ConnectionInput(**COMPLETE, scope=chosen).scope == EVERYONE
