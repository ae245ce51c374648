"""Storing what was read of SuperOffice's users and groups."""

from __future__ import annotations

from datetime import UTC, datetime
from time import perf_counter

from flask import Flask
from sqlalchemy import event, select

from tests.factories import in_app, make_connection, make_connector, make_users
from wizard.domain.connection import Scope
from wizard.domain.superoffice import SeenGroup, SeenUser, SeenUsers
from wizard.extensions import db
from wizard.models import Connection, ScopeEntry, User, UserGroup
from wizard.models.database import writing
from wizard.services.superoffice import UserChanges, store_users

AT = datetime(2026, 11, 28, 9, 10, tzinfo=UTC)
SALES, STOCK = SeenGroup(5, "Sales"), SeenGroup(6, "Stock")


def user(number: int, name: str, *groups: int, username: str | None = None, has_left: bool = False) -> SeenUser:
    return SeenUser(number, name, name.lower() if username is None else username, frozenset(groups), has_left)


def store(app: Flask, *users: SeenUser, groups: tuple[SeenGroup, ...] = (SALES, STOCK)) -> UserChanges:
    with app.app_context(), writing():
        changes = store_users(SeenUsers(users, groups), AT)
        db.session.commit()
        return changes


def rows(app: Flask) -> dict[int | None, tuple[int, str, str, bool, list[str]]]:
    """Users here by SuperOffice's id: id, name, user name, whether they have left, and their groups."""
    with app.app_context():
        found = db.session.scalars(select(User).where(User.deleted_at.is_(None)).order_by(User.superoffice_id))
        return {
            each.superoffice_id: (
                each.id,
                each.name,
                each.username,
                each.left_at is not None,
                sorted(group.name for group in each.groups),
            )
            for each in found
        }


def test_users_come_with_all_their_groups(app: Flask) -> None:
    changes = store(app, user(70, "Ola", 5, 6), user(71, "Kari", 6))

    assert (changes.new, changes.new_groups) == (2, 2)
    assert [each[4] for each in rows(app).values()] == [["Sales", "Stock"], ["Stock"]]


def test_a_second_reading_says_what_has_changed(app: Flask) -> None:
    store(app, user(70, "Ola", 5), user(71, "Kari", 5), user(72, "Per"))

    changes = store(app, user(70, "Ola Berg", 6, username="ola"), user(72, "Per", has_left=True), user(73, "Ida"))

    assert (changes.new, changes.left, changes.changed) == (1, 2, 1)
    found = rows(app)
    assert found[70][1:] == ("Ola Berg", "ola", False, ["Stock"])
    assert (found[71][3], found[72][3]) == (True, True)


def test_one_who_is_back_has_not_left_any_more(app: Flask) -> None:
    store(app, user(70, "Ola"))
    store(app)

    changes = store(app, user(70, "Ola"))

    assert (changes.new, changes.returned) == (0, 1)
    assert not rows(app)[70][3]


def test_one_who_left_before_the_first_reading_is_not_stored(app: Flask) -> None:
    assert store(app, user(70, "Ola", has_left=True)).new == 0
    assert rows(app) == {}


def test_changing_over_maps_by_user_name_and_group_name_and_keeps_every_scope(app: Flask) -> None:
    ola, kari = make_users(app, "OLA", "Kari", groups=("sales", "Own group"))
    groups = in_app(app, lambda: list(db.session.scalars(select(UserGroup.id))))
    entries = [*(ScopeEntry(group_id=each) for each in groups), ScopeEntry(user_id=ola), ScopeEntry(user_id=kari)]
    acme = make_connection(app, make_connector(app), all_access=False, scope_entries=entries)

    changes = store(app, user(70, "Ola Berg", 5, username="ola"))

    found = rows(app)
    assert (changes.new, changes.new_groups) == (0, 1)
    assert found[70] == (ola, "Ola Berg", "ola", False, ["Own group", "Sales"])
    assert found[None][:3] == (kari, "Kari", "kari")
    scope = in_app(app, lambda: db.session.get_one(Connection, acme).scope)
    assert scope.sorted() == Scope.of(groups, [ola, kari]).sorted()


def test_users_who_have_swapped_user_names_are_stored(app: Flask) -> None:
    store(app, user(70, "Ola"), user(71, "Kari"))

    store(app, user(70, "Ola", username="kari"), user(71, "Kari", username="ola"))

    assert {each: row[2] for each, row in rows(app).items()} == {70: "kari", 71: "ola"}


def test_equal_user_names_equal_groups_and_users_without_a_user_name_are_all_kept(app: Flask) -> None:
    seen = [
        user(70, "Ola", username="x"),
        user(71, "Kari", username="X"),
        user(72, "Per", username=""),
        user(73, "", username=""),
    ]

    store(app, *seen, groups=(SALES, SeenGroup(7, "SALES")))
    changes = store(app, *seen, groups=(SALES, SeenGroup(7, "SALES")))

    assert (changes.new, changes.changed, changes.left, changes.new_groups) == (0, 0, 0, 0)
    assert [row[1] for row in rows(app).values()] == ["Ola", "Kari", "Per", "#73"]


def test_a_name_that_is_too_long_is_cut_and_counted(app: Flask) -> None:
    changes = store(app, user(70, "a" * 300, username="ola"))

    assert changes.shortened == 1
    assert rows(app)[70][1] == "a" * 253 + "…"


def test_ten_thousand_users_take_few_statements_and_little_time(app: Flask) -> None:
    many = [SeenUser(n, f"User {n}", f"user{n}", frozenset({n % 12 + 1, (n + 3) % 12 + 1})) for n in range(1, 10_001)]
    groups = tuple(SeenGroup(n, f"Group {n}") for n in range(1, 13))
    statements: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    started = perf_counter()

    store(app, *many, groups=groups)
    store(app, *(SeenUser(each.id, f"{each.name} B", each.username, each.group_ids) for each in many), groups=groups)

    assert len(statements) < 60
    assert perf_counter() - started < 10  # two readings, on a busy machine too
