"""An import while others work: what they have begun is left to them, and said."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests import factories
from tests.factories import ForgetfulQueue, InlineQueue, Visitor, make_connector
from tests.functional.cli.transfers import exported, imported
from tests.steps import RIGHT, connections, open_step_3, save
from wizard.app import execute
from wizard.extensions import db
from wizard.models import database
from wizard.models.database import writing


def test_a_name_under_which_somebody_is_saving_just_now_is_left_to_them(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, {"action": "ok"})
    admin.app.extensions["job_queue"] = InlineQueue(admin.app)
    values = "{Company: ACME-NO, ApiPassword: '${ACME_NORWAY_APIPASSWORD}'}"

    done, said = imported(
        admin.app, f"format: 1\nconnections: [{{name: Acme Norway, connector: Practice, values: {values}}}]\n"
    )

    assert not done
    assert "It is being saved just now. Import once more in a moment." in said


def test_a_name_that_somebody_gives_to_another_one_during_the_check_is_left_to_them(
    admin: Visitor, practice_url: str
) -> None:
    class Meanwhile(InlineQueue):
        def submit(self, run_id: str) -> None:
            make_connector(admin.app, "practice")
            super().submit(run_id)

    admin.app.extensions["job_queue"] = Meanwhile(admin.app)

    done, said = imported(admin.app, f"format: 1\nconnectors: [{{name: Practice, url: '{practice_url}'}}]\n")

    assert not done
    assert "Another one has got this name meanwhile." in said


def test_a_database_that_does_not_answer_leaves_a_change_out_and_says_so(
    admin: Visitor, other: Visitor, practice_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if factories.databases:
        pytest.skip("PostgreSQL lets several write")
    save(admin, practice_url)
    text = exported(admin.app)
    assert imported(other.app, text[: text.index("connections:")])[0]

    with closing(sqlite3.connect(Path(other.app.instance_path, "wizard.sqlite3"))) as another:

        def ask(name: str) -> str:
            monkeypatch.setattr(database, "BUSY_SECONDS", 0.001)
            db.engine.dispose()
            another.execute("BEGIN IMMEDIATE")
            return "practice"

        done, said = imported(other.app, text, {}, ask=ask)

    assert not done
    assert "The database does not answer. Import once more." in said
    assert connections(other) == []


def test_a_check_that_ends_with_the_wizard_changes_nothing_and_says_so(admin: Visitor, practice_url: str) -> None:
    class Ending(InlineQueue):
        def submit(self, run_id: str) -> None:
            with admin.app.app_context(), writing():
                execute(run_id, cancelled=lambda: True, interrupted=lambda: True)

    admin.app.extensions["job_queue"] = Ending(admin.app)

    done, said = imported(admin.app, f"format: 1\nconnectors: [{{name: Practice, url: '{practice_url}'}}]\n")

    assert not done
    assert "The check was interrupted. Import once more." in said
