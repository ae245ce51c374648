"""The made-up users: as many as are wanted, the same at every start, of every kind."""

from __future__ import annotations

from collections import Counter

from wizard.practice.superoffice.users import ADMINISTRATOR, USERS, Directory


def test_there_are_240_users_in_12_groups() -> None:
    assert (len(USERS.users), len(USERS.groups)) == (240, 12)
    assert {user.group for user in USERS.users.values()} == set(USERS.groups)
    assert Directory().users == USERS.users


def test_some_have_left_and_some_are_externals_or_resources() -> None:
    kinds = Counter(user.type for user in USERS.users.values())

    assert kinds == {"InternalAssociate": 228, "ExternalAssociate": 6, "ResourceAssociate": 6}
    assert sum(user.has_left for user in USERS.users.values()) == 10
    assert any(user.other_groups for user in USERS.users.values())


def test_no_two_have_the_same_initials() -> None:
    assert len({user.initials for user in Directory(size=5000).users.values()}) == 5000


def test_a_user_is_found_by_initials_or_user_name() -> None:
    assert USERS.find("Admin") == USERS.find("ADMIN@practice.example") == USERS.users[ADMINISTRATOR]
    assert USERS.find("nobody") is None
