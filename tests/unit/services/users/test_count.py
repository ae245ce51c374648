"""How many people a scope means."""

from __future__ import annotations

import pytest
from flask import Flask

from wizard.extensions import db
from wizard.models import User, UserGroup
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.users.count import count_everyone, count_users

SALES, BOARD, GONE = 1, 2, 3
OLA, KARI, PER, LEFT = 1, 2, 3, 4


@pytest.fixture(autouse=True)
def _users(app: Flask) -> None:
    """Ola and Kari in Sales, Kari and Per on the board; somebody who left was in both."""
    users = [User(id=number, name=name, username=name) for number, name in enumerate(("Ola", "Kari", "Per", "Left"), 1)]
    ola, kari, per, left = users
    left.deleted_at = now()
    groups = [
        UserGroup(id=SALES, name="Sales", users=[ola, kari, left]),
        UserGroup(id=BOARD, name="Board", users=[kari, per, left]),
        UserGroup(id=GONE, name="Gone", users=[ola], deleted_at=now()),
    ]
    with app.app_context(), writing():
        db.session.add_all([*users, *groups])
        db.session.commit()


@pytest.mark.parametrize(
    ("groups", "users", "count"),
    [
        ([], [], 0),
        ([SALES], [], 2),
        ([SALES, BOARD], [], 3),
        ([SALES], [KARI], 2),
        ([SALES], [PER], 3),
        ([], [OLA, OLA, KARI], 2),
        ([GONE], [], 0),
        ([GONE], [OLA], 1),
        ([], [LEFT], 0),
        ([99], [99], 0),
    ],
)
def test_everybody_counts_once(app: Flask, groups: list[int], users: list[int], count: int) -> None:
    with app.app_context():
        assert count_users(groups, users) == count


def test_everyone_is_who_is_not_deleted(app: Flask) -> None:
    with app.app_context():
        assert count_everyone() == 3
