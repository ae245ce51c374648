"""Connectors and connections as a YAML file: out without secrets, and in with the same proofs as a form."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from flask import Flask

from tests import factories
from tests.factories import Visitor, in_app, make_connector, make_users
from tests.functional.cli.transfers import changes, exported, imported
from tests.steps import connections, save
from wizard.cli import cli
from wizard.errors import InstanceError
from wizard.extensions import db
from wizard.models import Connector, Setup
from wizard.models.database import writing


def test_the_file_has_everything_but_the_secrets(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)

    text = exported(admin.app)

    content = yaml.safe_load(text)
    assert content["connectors"] == [{"name": "Practice", "url": practice_url}]
    connection = content["connections"][0]
    assert (connection["name"], connection["connector"], connection["scope"]) == ("Acme Norway", "Practice", "everyone")
    assert connection["values"]["Company"] == "ACME-NO"
    assert connection["values"]["ApiPassword"] == "${ACME_NORWAY_APIPASSWORD}"
    assert "practice\n" not in text


def test_another_wizard_becomes_the_same_and_a_second_import_changes_nothing(
    admin: Visitor, other: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    text = exported(admin.app)

    done, said = imported(other.app, text)

    assert done, said
    assert exported(other.app) == text
    assert connections(other)[0].config == connections(admin)[0].config
    assert connections(other)[0].receipt["who"] == "Maria Blom"
    again, said = imported(other.app, text)
    assert (again, said) == (True, "2 entries are as the file has them.")
    assert "Acme Norway" in other.get("/").text
    assert "Changes not saved yet" not in other.get("/").text


def test_a_dry_run_shows_what_differs_calls_nobody_and_saves_nothing(admin: Visitor, other: Visitor) -> None:
    make_connector(admin.app, "Old", "https://old.example/x.svc")
    text = exported(admin.app).replace("old.example", "new.example")

    said = changes(admin.app, text)

    assert said.splitlines() == [
        "~ Sync Connector Old",
        "    url: https://old.example/x.svc → https://new.example/x.svc",
        "0 entries are as the file has them.",
    ]
    assert changes(other.app, text).startswith("+ Sync Connector Old\n    name: Old\n    url: https://new")
    assert in_app(other.app, lambda: db.session.scalar(db.select(db.func.count(Connector.id)))) == 0


def test_a_value_that_was_edited_in_the_file_is_tested_and_saved(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    text = exported(admin.app).replace("ACME-NO", "ACME-SE")
    assert "    values.Company: ACME-NO → ACME-SE" in changes(admin.app, text, {})

    done, said = imported(admin.app, text, {})

    assert done, said
    assert connections(admin)[0].config["Company"] == "ACME-SE"
    assert connections(admin)[0].config["ApiPassword"] == "practice"
    assert connections(admin)[0].version == 3


def test_what_does_not_pass_its_test_is_left_as_it_was_and_the_reason_reported(
    admin: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)

    done, said = imported(admin.app, exported(admin.app), {"ACME_NORWAY_APIPASSWORD": "wr0ng"})

    assert not done
    assert (
        "~ ERP connection Acme Norway\n    values.ApiPassword: •••• → ${ACME_NORWAY_APIPASSWORD}\n    Left as it was: "
        in said
    )
    assert "1 entry could not be carried out." in said
    assert "wr0ng" not in said
    assert connections(admin)[0].config["ApiPassword"] == "practice"
    assert imported(admin.app, exported(admin.app))[0]


def test_a_connector_that_does_not_answer_is_left_out_and_so_is_what_needs_it(other: Visitor) -> None:
    text = (
        "format: 1\nconnectors:\n- {name: Dead, url: 'http://127.0.0.1:1/x.svc'}\n"
        "connections:\n- {name: Acme, connector: Dead, values: {A: b}}\n"
    )

    done, said = imported(other.app, text)

    assert not done
    assert "+ Sync Connector Dead" in said
    assert "Left as it was: 127.0.0.1 refuses connections on port 1:" in said
    assert "Left as it was: Its connector has not answered yet" in said
    assert "2 entries could not be carried out." in said
    assert in_app(other.app, lambda: db.session.scalar(db.select(Setup.id).where(Setup.finished_at.is_(None)))) is None


def test_scope_and_app_travel_by_name(admin: Visitor, other: Visitor, practice_url: str) -> None:
    for person in (admin, other):
        make_users(person.app, "Ingrid", groups=("Sales",))
    save(admin, practice_url)
    text = exported(admin.app).replace("scope: everyone", "scope: {groups: [Sales], users: [ingrid]}")
    app = "app: {erp: Visma, provider: Vimas, route: partner}"
    text = text.replace(f"url: {practice_url}", f"url: {practice_url}\n    {app}")

    done, said = imported(other.app, text)

    assert done, said
    content = yaml.safe_load(exported(other.app))
    assert content["connections"][0]["scope"] == {"groups": ["Sales"], "users": ["ingrid"]}
    stored = {"erp": "Visma", "route": "partner", "provider": "Vimas", "installed": False, "registered": False}
    assert content["connectors"][0]["app"] == stored
    assert imported(other.app, text)[1] == "2 entries are as the file has them."


def test_who_imports_has_to_be_an_administrator_and_is_named_where_there_are_several(admin: Visitor) -> None:
    factories.sign_in(admin.app, "Maria Blom")
    empty = "format: 1\n"

    with pytest.raises(InstanceError, match="--as USERNAME"):
        imported(admin.app, empty)
    with pytest.raises(InstanceError, match="nobody is no administrator here"):
        imported(admin.app, empty, username="nobody")
    assert imported(admin.app, empty, username="maria blom")[0]


def test_without_an_administrator_there_is_nothing_to_import_into(app: Flask) -> None:
    with pytest.raises(InstanceError, match="create one first"):
        imported(app, "format: 1\n")


def test_a_connector_that_somebody_else_changes_meanwhile_is_left_to_them(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    text = exported(admin.app).replace(practice_url, f"{practice_url}?ConnectorName=Continental")

    class Meanwhile(factories.InlineQueue):
        def submit(self, run_id: str) -> None:
            with admin.app.app_context(), writing():
                db.session.get_one(Connector, 1).version += 1
                db.session.commit()
            super().submit(run_id)

    admin.app.extensions["job_queue"] = Meanwhile(admin.app)

    done, said = imported(admin.app, text)

    assert not done
    assert "Somebody has changed it meanwhile. Import once more." in said


def test_the_command_writes_a_new_file_only_and_reads_it_back(
    admin: Visitor, practice_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(admin, practice_url)
    monkeypatch.setenv("ERP_WIZARD_INSTANCE", admin.app.instance_path)
    monkeypatch.setenv("ERP_WIZARD_KEYS", factories.KEY)
    monkeypatch.setenv("ERP_WIZARD_DATABASE_URL", admin.app.config["SQLALCHEMY_DATABASE_URI"])
    file = str(tmp_path / "all.yaml")

    assert CliRunner().invoke(cli, ["export", file]).output == f"Everything but the secrets is in {file}.\n"
    assert CliRunner().invoke(cli, ["export"]).output == Path(file).read_text()
    again = CliRunner().invoke(cli, ["export", file])
    assert (str(again.exception), again.exit_code) == (f"{file} is there already. Choose another name.", 1)
    nowhere = CliRunner().invoke(cli, ["export", str(tmp_path / "no" / "file.yaml")])
    assert "cannot be written" in str(nowhere.exception)

    for arguments in (["import", file, "--dry-run"], ["import", file]):
        result = CliRunner().invoke(cli, arguments)
        assert (result.exit_code, result.output) == (0, "2 entries are as the file has them.\n")
    Path(file).write_text(Path(file).read_text().replace("ACME-NO", ""))
    failed = CliRunner().invoke(cli, ["import", file])
    assert failed.exit_code == 1
    assert "Enter Company code." in failed.output
