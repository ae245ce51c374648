"""Connectors and connections as a YAML file: out without secrets, and in with the same proofs as a form."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st

from tests import factories
from tests.factories import Visitor, in_app, make_connection, make_connector, make_users, serve_practice
from tests.steps import connections, save
from wizard.cli import cli
from wizard.cli.transfer import command
from wizard.cli.transfer.document import ConnectionEntry, Document, from_literal, literal, placeholder_in, write
from wizard.cli.transfer.reader import read
from wizard.domain.fields import ConfigField, FieldType
from wizard.errors import InstanceError, InvalidFile
from wizard.extensions import db
from wizard.models import Connection, Connector, Setup
from wizard.models.database import writing

SECRET = {"ACME_NORWAY_APIPASSWORD": "practice"}


def exported(app: Flask) -> str:
    said: list[str] = []
    command.export_to(app, None, said.append)
    return said[0]


def imported(
    app: Flask, text: str, environment: Mapping[str, str] = SECRET, *, ask: Any = None, username: str | None = None
) -> tuple[bool, str]:
    said: list[str] = []
    path = Path(app.instance_path) / "import.yaml"
    path.write_text(text)
    done = command.import_file(app, path, username, environment, ask, said.append)
    return done, "\n".join(said)


def changes(app: Flask, text: str, environment: Mapping[str, str] = SECRET) -> str:
    said: list[str] = []
    path = Path(app.instance_path) / "import.yaml"
    path.write_text(text)
    command.show_changes(app, path, environment, said.append)
    return "\n".join(said)


@pytest.fixture
def other(template_instance: Path, tmp_path: Path) -> Any:
    """Another wizard, with an administrator and nothing else."""
    app = factories.make_app(template_instance, tmp_path / "other")
    yield factories.sign_in(app, "Maria Blom")
    factories.close(app)


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


def test_what_does_not_pass_its_test_is_left_as_it_was_and_the_reason_told(admin: Visitor, practice_url: str) -> None:
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
        "format: 1\nconnectors:\n- {name: Dead, url: 'http://127.0.0.1:9/x.svc'}\n"
        "connections:\n- {name: Acme, connector: Dead, values: {A: b}}\n"
    )

    done, said = imported(other.app, text)

    assert not done
    assert "+ Sync Connector Dead" in said
    assert "Left as it was: 127.0.0.1 is there, but nothing answers on port 9." in said
    assert "Left as it was: Its connector has not answered yet" in said
    assert "2 entries could not be carried out." in said
    assert in_app(other.app, lambda: db.session.scalar(db.select(Setup.id).where(Setup.finished_at.is_(None)))) is None


def test_a_secret_is_asked_for_once_where_it_is_neither_saved_nor_in_the_environment(
    admin: Visitor, other: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    text = exported(admin.app)
    asked: list[str] = []

    def ask(name: str) -> str:
        asked.append(name)
        return "practice"

    assert imported(other.app, text, {}, ask=ask)[0]
    assert imported(other.app, text, {}, ask=ask)[0]
    assert asked == ["ACME_NORWAY_APIPASSWORD"]


def test_a_secret_that_nobody_can_be_asked_for_is_named(admin: Visitor, other: Visitor, practice_url: str) -> None:
    save(admin, practice_url)

    done, said = imported(other.app, exported(admin.app), {})

    assert not done
    assert "Left as it was: ACME_NORWAY_APIPASSWORD is not set in the environment." in said


def test_a_saved_secret_is_not_taken_along_to_another_host(admin: Visitor, practice_url: str, tmp_path: Path) -> None:
    save(admin, practice_url)
    with serve_practice(tmp_path) as elsewhere:
        text = exported(admin.app).replace(practice_url, elsewhere)

        done, said = imported(admin.app, text.replace("ACME-NO", "ACME-SE"), {})
        assert not done
        assert "ACME_NORWAY_APIPASSWORD is not set" in said

        assert imported(admin.app, text)[0]


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
    kept = {"erp": "Visma", "route": "partner", "provider": "Vimas", "installed": False, "registered": False}
    assert content["connectors"][0]["app"] == kept
    assert imported(other.app, text)[1] == "2 entries are as the file has them."


def test_a_name_that_is_nowhere_stops_the_import_before_anything_is_changed(other: Visitor) -> None:
    text = (
        "format: 1\nconnectors:\n- {name: Dead, url: 'https://x.example/'}\nconnections:\n"
        "- {name: Acme, connector: Lost}\n- {name: Beta, connector: Dead, scope: {users: [nobody]}}\n"
    )

    with pytest.raises(InvalidFile) as caught:
        imported(other.app, text)

    assert str(caught.value).splitlines() == [
        "Acme: there is no connector Lost.",
        "Beta: there is no user or group nobody.",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Write it as key: value."),
        ("format: 2\n", "It has to say format: 1."),
        ("format: 1\nconectors: []\n", "conectors is not known. Is it connectors?"),
        ("format: 1\nconnectors: {}\n", "connectors: Write it as a list, a - before each entry."),
        ("format: 1\nconnectors: [{url: x}]\n", "connectors[1]: It has no name."),
        ("format: 1\nconnectors: [{name: A}]\n", "connectors A: It has no url."),
        ("format: 1\nconnectors: [{name: A, url: x}, {name: a, url: y}]\n", "connectors[2]: a is there twice."),
        ("format: 1\nconnectors: [{name: A, url: [x]}]\n", "connectors A: url: Write one text."),
        ("format: 1\nconnectors: [{name: A, url: x, app: {erp: E, installed: 1}}]\n", "write true or false."),
        ("format: 1\nconnectors: [{name: A, url: x, app: {}}]\n", "It has no erp."),
        ("format: 1\nconnections: [{name: A}]\n", "connections A: It has no connector."),
        ("format: 1\nconnections: [{name: A, connector: B, scope: all}]\n", "Write everyone, or groups and users."),
        ("format: 1\nconnections: [{name: A, connector: B, scope: {}}]\n", "Name at least one group or user"),
        ("format: 1\nconnections: [{name: A, connector: B, values: {C: d, C: e}}]\n", "names C twice."),
        ("format: [1\n", "is neither YAML nor JSON"),
    ],
)
def test_a_file_that_is_not_understood_is_explained_where_it_is_wrong(other: Visitor, text: str, problem: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        imported(other.app, text)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("{name: A, url: '${URL}', app: {erp: E, route: bus}}", "route: Not a valid choice."),
        ("{name: A, url: 'https://x.example/', app: {erp: E, contact: me}}", "contact: This is not an e-mail address."),
        ("{name: A, url: 'app://1a2b'}", "real_url: Enter the real address"),
        ("{name: A, url: 'https://x.example/', ca_pem: x}", "ca_pem: This is no certificate."),
    ],
)
def test_what_a_form_would_refuse_is_left_out_with_its_words(other: Visitor, entry: str, problem: str) -> None:
    done, said = imported(other.app, f"format: 1\nconnectors: [{entry}]\n")
    assert not done
    assert problem in said


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ("{Nonsense: x}", "The connector does not ask for Nonsense."),
        ("{Company: ''}", "Company: Enter Company code."),
        ("{BatchSize: many}", "The value of BatchSize does not fit."),
        ("{Sandbox: y}", "The value of Sandbox does not fit."),
        ("{SyncFrom: 2026-12-31T23:59:00+05:00}", "The value of SyncFrom does not fit."),
        ("{Version: '9'}", "The connector does not ask for Version."),
    ],
)
def test_values_that_do_not_fit_the_fields_are_left_out_with_the_reason(
    admin: Visitor, practice_url: str, values: str, problem: str
) -> None:
    save(admin, practice_url)

    done, said = imported(
        admin.app, f"format: 1\nconnections: [{{name: Acme Norway, connector: Practice, values: {values}}}]\n"
    )

    assert not done
    assert problem in said
    assert connections(admin)[0].config["Company"] == "ACME-NO"


def test_the_wizard_s_own_settings_are_not_sent_to_a_connector(
    admin: Visitor, practice_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(admin, practice_url)
    text = exported(admin.app).replace("ACME_NORWAY_APIPASSWORD", "ERP_WIZARD_KEYS")

    with pytest.raises(InvalidFile, match=r"Acme Norway: values.ApiPassword: ERP_WIZARD_KEYS is the wizard's own"):
        imported(admin.app, text, {"ERP_WIZARD_KEYS": factories.KEY})


def test_no_name_of_a_setting_is_given_to_a_secret(admin: Visitor) -> None:
    secret = [ConfigField("Password", FieldType.PASSWORD).to_json()]
    kept = {"fields": secret, "config": {"Password": "x"}, "receipt": {"who": "Ingrid Berg"}}
    make_connection(admin.app, make_connector(admin.app), "ERP Wizard", **kept)

    assert "Password: ${SECRET_ERP_WIZARD_PASSWORD}" in exported(admin.app)


def test_a_placeholder_goes_into_a_password_only(admin: Visitor, other: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    text = exported(admin.app).replace("ACME-NO", "${COMPANY}")
    given = {**SECRET, "COMPANY": "s3cret"}

    for ask in (imported, changes):
        with pytest.raises(InvalidFile, match=r"Acme Norway: Company is no password: write its value into the file"):
            ask(admin.app, text, given)
    done, said = imported(other.app, text, given)

    assert not done
    assert "Company is no password" in said
    assert "s3cret" not in said


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


def test_two_connections_of_one_name_in_capitals_have_placeholders_of_their_own(admin: Visitor) -> None:
    connector = make_connector(admin.app)
    secret = [ConfigField("Pass-word", FieldType.PASSWORD).to_json()]
    for name in ("Å", "A!", "日本"):
        make_connection(
            admin.app, connector, name, fields=secret, config={"Pass-word": "x"}, receipt={"who": "Ingrid Berg"}
        )

    text = exported(admin.app)

    for name in ("A_PASS_WORD", "A_PASS_WORD_2", "PASS_WORD"):
        assert f"Pass-word: ${{{name}}}" in text


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


def test_a_secret_that_is_given_for_a_connector_that_has_moved_is_tested_and_kept_for_it(
    admin: Visitor, practice_url: str, tmp_path: Path
) -> None:
    save(admin, practice_url)
    with serve_practice(tmp_path) as elsewhere:
        done, said = imported(admin.app, exported(admin.app).replace(practice_url, elsewhere))

        assert done, said
        assert "    values.ApiPassword: •••• → ${ACME_NORWAY_APIPASSWORD}" in said
        assert not in_app(admin.app, lambda: db.session.get_one(Connection, 1).has_secrets_of_another)


def test_a_scope_is_compared_by_what_it_names_and_not_by_how_that_is_written(admin: Visitor, practice_url: str) -> None:
    make_users(admin.app, "Sales", groups=("sales",))
    save(admin, practice_url)
    text = exported(admin.app)
    groups = text.replace("scope: everyone", "scope: {groups: [SALES, sales]}")
    assert imported(admin.app, groups)[0]

    assert imported(admin.app, groups)[1] == "2 entries are as the file has them."
    users = changes(admin.app, text.replace("scope: everyone", "scope: {users: [sales]}"))
    assert "    scope: groups: sales → users: sales" in users


def test_what_a_form_trims_is_no_difference(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    text = exported(admin.app).replace("description: ''", "description: |\n      For Norway\n")
    text = text.replace(f"url: {practice_url}", f"url: {practice_url}\n    app: {{erp: '  Made up '}}")

    assert imported(admin.app, text)[0]

    assert imported(admin.app, text)[1] == "2 entries are as the file has them."


def test_a_dry_run_tells_of_a_secret_that_will_be_asked_for(admin: Visitor, other: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    assert "    values.ApiPassword: ${ACME_NORWAY_APIPASSWORD}" in changes(other.app, exported(admin.app), {})


def test_nobody_waits_for_the_database_while_somebody_is_asked(
    admin: Visitor, other: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    written: list[int] = []

    def ask(name: str) -> str:
        with closing(sqlite3.connect(Path(other.app.instance_path, "wizard.sqlite3"), timeout=0.1)) as another:
            written.append(another.execute("UPDATE account SET language = 'nl'").rowcount)
            another.commit()
        return "practice"

    if not factories.databases:
        done, said = imported(other.app, exported(admin.app), {}, ask=ask)
        assert (done, written) == (True, [1]), said


@given(text=st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
@example(text="\x85a")
@example(text="a\n\u2028b\n")
def test_any_description_survives_the_file(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    entry = ConnectionEntry({"name": "A"}, "B", values={"C": text})
    path = tmp_path_factory.mktemp("transfer") / "all.yaml"
    path.write_bytes(write(Document(connections=(entry,))).encode())

    assert read(path).connections[0].values["C"] == text


@given(text=st.text())
def test_any_text_survives_beside_placeholders(text: str) -> None:
    assert from_literal(literal(text)) == text
    assert placeholder_in(literal(text)) is None


@given(text=st.from_regex(r"\A\$*\{?[A-Z]*\}?\Z"))
def test_texts_that_look_like_placeholders_survive_too(text: str) -> None:
    assert from_literal(literal(text)) == text
    assert placeholder_in(literal(text)) is None


def test_an_exported_file_is_ours_alone(admin: Visitor, tmp_path: Path) -> None:
    command.export_to(admin.app, tmp_path / "all.yaml", lambda _: None)
    assert (tmp_path / "all.yaml").stat().st_mode & 0o077 == 0
