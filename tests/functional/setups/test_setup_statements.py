"""How many SQL statements a step's page takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from tests.factories import Visitor, in_app
from tests.steps import RIGHT, open_step_2, open_step_3
from wizard.extensions import db


@contextmanager
def statements(person: Visitor) -> Iterator[list[str]]:
    """The statements that the app's engine executes meanwhile."""
    executed: list[str] = []

    def note(*arguments: Any) -> None:
        executed.append(arguments[2])

    engine = in_app(person.app, lambda: db.engine)
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield executed
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_step_2_takes_six_statements_at_most(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)
    admin.send(page, {"name": "Practice", "url": practice_url, "action": "check"})

    with statements(admin) as executed:
        assert "The connector works" in admin.get(page).text

    assert len(executed) <= 6, "\n\n".join(executed)


def test_step_3_takes_seven_statements_at_most(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})

    with statements(admin) as executed:
        assert "Test receipt" in admin.get(page).text

    assert len(executed) <= 7, "\n\n".join(executed)
