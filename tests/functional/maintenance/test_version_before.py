"""What version 1.0 (schema 0004) has written is still read: its database, its backup, its YAML file."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.fernet import Fernet
from flask import Flask
from lxml import html
from sqlalchemy import func, select

from tests import factories, postgres
from tests.factories import KEY, Visitor, form_fields, in_app, make_app, sign_in
from wizard import create_app
from wizard.cli.transfer import command
from wizard.config import Settings
from wizard.domain.check import RunKind
from wizard.errors import InstanceError
from wizard.extensions import db
from wizard.models import (
    Account,
    AuditEvent,
    CheckRun,
    Connection,
    Connector,
    ScopeEntry,
    Setup,
    User,
    UserGroup,
    group_membership,
)
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.security.keyring import KeyRing
from wizard.server.upgrade import upgrade
from wizard.services.connections import resume_orphaned_saves
from wizard.services.maintenance.restore import restore_backup

pytestmark = pytest.mark.no_cover

DATA = Path(__file__).parents[2] / "data" / "version-1.0-schema-0004"
REAL_URL = "http://127.0.0.1:32891/practice/Services/ERPConnectorWS.svc"
"""Nothing answers there any more."""


@pytest.fixture(scope="module")
def make_database() -> Iterator[Callable[[], str]]:
    with postgres.migrated() as (make, _):
        yield make


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the database of version 1.0, which was migrated, to copy."""
    folder = tmp_path_factory.mktemp("upgraded") / "instance"
    make_old_database(folder)
    app = create_app(Settings(instance=folder, keys=(KEY,)))
    upgrade(app)
    factories.close(app)
    return folder


@pytest.fixture(scope="module")
def restored(template_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the backup of version 1.0, to copy."""
    folder = tmp_path_factory.mktemp("restored") / "instance"
    shutil.copytree(template_instance, folder)
    app = create_app(Settings(instance=folder, keys=(KEY,)))
    in_app(app, lambda: restore_backup(DATA / "backup.zip", unsigned=True))
    factories.close(app)
    return folder


@pytest.fixture(params=["upgraded", "restored", "restored on PostgreSQL"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The data of version 1.0; its tests have just passed, so that their receipts are valid."""
    instance = tmp_path / "instance"
    if request.param == "restored on PostgreSQL":
        url = request.getfixturevalue("make_database")()
        app = make_app(request.getfixturevalue("template_instance"), instance, database_url=url)
        in_app(app, lambda: restore_backup(DATA / "backup.zip", unsigned=True))
    else:
        url = f"sqlite:///{instance / 'wizard.sqlite3'}"
        app = make_app(request.getfixturevalue(request.param), instance, database_url=url)
    with app.app_context(), writing():
        for run in db.session.scalars(select(CheckRun).where(CheckRun.finished_at.is_not(None))):
            run.finished_at = now()
        db.session.commit()
    yield app
    factories.close(app)


def make_old_database(instance: Path) -> None:
    instance.mkdir()
    with closing(sqlite3.connect(instance / "wizard.sqlite3")) as connection:
        connection.executescript((DATA / "database.sql").read_text())


@pytest.fixture
def admin(app: Flask) -> Visitor:
    return sign_in(app, "Newcomer")


def fields_of(admin: Visitor, page: str) -> dict[str, Any]:
    answer = admin.get(page)
    assert answer.status_code == 200
    return form_fields(answer.text)


def chosen_in(admin: Visitor, page: str) -> set[str]:
    """The names of the groups and users that are ticked in a scope dialog."""
    document = html.fromstring(admin.get(page).text)
    labels = {label.get("for"): str(label.text) for label in document.iter("label")}
    return {labels[box.get("id")] for box in document.iter("input") if box.get("checked") is not None}


def newest_run(app: Flask) -> CheckRun:
    newest = select(CheckRun).where(CheckRun.kind != RunKind.REMOVAL).order_by(CheckRun.created_at.desc()).limit(1)
    return in_app(app, lambda: db.session.scalars(newest).one())  # type: ignore[no-any-return]


def test_all_rows_are_there(app: Flask) -> None:
    tables = (Account, User, UserGroup, group_membership, Connector, Connection, ScopeEntry, Setup, CheckRun)

    def count() -> list[int | None]:
        return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]

    assert in_app(app, count) == [4, 3, 2, 4, 3, 2, 2, 6, 7]


def test_the_lists_show_what_they_showed(admin: Visitor) -> None:
    start, users = admin.get("/").text, admin.get("/users/").text

    for name in ("Acme Norway", "Practice", "Hosted app", "Half way", "Half finished", "Only typed"):
        assert name in start
    for name in ("Ingrid", "Kari", "Per", "Sales", "Support"):
        assert name in users
    sheet = admin.get("/connections/1").text
    assert "Sales" in sheet
    assert "Per" in sheet


def test_a_connector_keeps_its_real_address(app: Flask) -> None:
    hosted = in_app(app, lambda: db.session.scalars(select(Connector).where(Connector.name == "Hosted app")).one())
    assert (hosted.url, hosted.real_url) == ("app://1a2b3c", REAL_URL)


def test_an_event_is_found_under_its_present_action(app: Flask) -> None:
    actions = in_app(app, lambda: set(db.session.scalars(select(AuditEvent.action))))
    assert not {action for action in actions if action.startswith(("person.", "directory."))}


@pytest.mark.parametrize(
    ("setup_id", "typed"),
    [
        (2, {"name": "Hosted app", "url": "app://1a2b3c", "real_url": REAL_URL}),
        (4, {"name": "Only typed", "url": "app://9z", "real_url": "https://real.example/x.svc"}),
    ],
)
def test_a_draft_of_step_2_continues_with_everything_typed(
    admin: Visitor, setup_id: int, typed: dict[str, str]
) -> None:
    fields = fields_of(admin, f"/setup/{setup_id}/connector")
    assert {name: fields[name] for name in typed} == typed


def test_a_draft_of_step_3_continues_with_everything_typed(app: Flask) -> None:
    daan = sign_in(app, "Dutch", "nl")
    fields = fields_of(daan, "/setup/3/connection")
    expected = {"name": "Half finished", "connector_id": "3", "scope": "specific", "cf:Company": "ACME-NO"}
    assert fields.items() >= (expected | {"cf:VatRate": "25,5", "cf:SyncFrom": "2026-01-01T00:00"}).items()
    assert chosen_in(daan, "/setup/3/scope") == {"Support", "Kari"}


def test_an_edit_continues_with_everything_typed(admin: Visitor) -> None:
    fields = fields_of(admin, "/setup/5/connection")
    expected = {"name": "Acme Norway", "description": "Being edited", "scope": "specific", "cf:VatRate": "25.5"}
    assert fields.items() >= expected.items()
    assert chosen_in(admin, "/setup/5/scope") == {"Sales", "Per"}


@pytest.mark.parametrize("setup_id", [3, 5])
def test_the_secret_of_a_draft_is_sent_with_the_next_test(admin: Visitor, setup_id: int) -> None:
    admin.send(f"/setup/{setup_id}/connection", {"action": "test"})

    request = newest_run(admin.app).request
    assert request["url"] == REAL_URL
    assert request["values"]["ApiPassword"] == "practice"
    assert request["values"]["VatRate"] == "[F:25.5]"


def test_a_receipt_is_still_valid(admin: Visitor) -> None:
    assert "The connection works" in admin.get("/setup/3/connection").text

    admin.send("/setup/3/connection", {"action": "ok"})

    assert newest_run(admin.app).kind == "save"


def test_a_save_in_flight_is_resumed_and_leaves_its_form(admin: Visitor) -> None:
    assert in_app(admin.app, resume_orphaned_saves) == 1

    names = in_app(admin.app, lambda: db.session.scalars(select(Connection.name)).all())
    assert names == ["Acme Norway"]
    fields = fields_of(admin, "/setup/6/connection")
    assert fields.items() >= {"name": "In flight", "description": "Killed on the way", "scope": "specific"}.items()
    assert chosen_in(admin, "/setup/6/scope") == {"Sales", "Ingrid"}
    assert newest_run(admin.app).request["values"]["ApiPassword"] == "practice"


def test_a_saved_connection_is_tested_with_its_secret(admin: Visitor) -> None:
    admin.post("/connections/1/test", follow_redirects=True)

    assert newest_run(admin.app).request["values"]["ApiPassword"] == "practice"


def test_a_new_user_and_group_collide_with_no_other(admin: Visitor) -> None:
    admin.post("/users/groups/new", {"name": "After the upgrade"})
    admin.post("/users/new", {"name": "Liv", "username": "liv"})

    text = admin.get("/users/").text
    assert "After the upgrade" in text
    assert "Liv" in text


def test_an_old_backup_under_other_keys_changes_nothing(app: Flask) -> None:
    before = in_app(app, lambda: db.session.scalars(select(Account.name)).all())
    app.extensions["keyring"] = KeyRing([Fernet.generate_key().decode()])

    with pytest.raises(InstanceError, match=r"16 values .* cannot be read with the keys that are here: connection 1"):
        in_app(app, lambda: restore_backup(DATA / "backup.zip", replace=True, unsigned=True))

    assert in_app(app, lambda: db.session.scalars(select(Account.name)).all()) == before
    app.extensions["keyring"] = KeyRing([KEY])
    assert "Acme Norway" in sign_in(app, "Newcomer").get("/").text


def test_the_exported_file_changes_nothing(app: Flask) -> None:
    lines: list[str] = []

    command.show_changes(app, DATA / "export.yaml", {}, lines.append)

    assert lines == ["4 entries are as the file has them."]


def test_a_new_export_changes_nothing(app: Flask, tmp_path: Path) -> None:
    path, lines = tmp_path / "again.yaml", list[str]()
    command.export_to(app, path, lines.append)

    command.show_changes(app, path, {}, lines.append)

    assert lines[1:] == ["4 entries are as the file has them."]
    assert yaml.safe_load(path.read_text())["connectors"][1]["name"] == "Hosted app"
