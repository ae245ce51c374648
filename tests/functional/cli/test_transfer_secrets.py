"""Secrets when connectors and connections travel as a YAML file: placeholders, the environment, questions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests import factories
from tests.factories import Visitor, in_app, make_connection, make_connector, serve_practice
from tests.functional.cli.transfers import SECRET, changes, exported, imported
from tests.steps import save
from wizard.domain.fields import ConfigField, FieldType
from wizard.errors import InvalidFile
from wizard.extensions import db
from wizard.models import Connection


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


def test_the_wizard_s_own_settings_are_not_sent_to_a_connector(
    admin: Visitor, practice_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(admin, practice_url)
    text = exported(admin.app).replace("ACME_NORWAY_APIPASSWORD", "ERP_WIZARD_KEYS")

    with pytest.raises(InvalidFile, match=r"Acme Norway: values.ApiPassword: ERP_WIZARD_KEYS is the wizard's own"):
        imported(admin.app, text, {"ERP_WIZARD_KEYS": factories.KEY})


def test_no_name_of_a_setting_is_given_to_a_secret(admin: Visitor) -> None:
    secret = [ConfigField("Password", FieldType.PASSWORD).to_json()]
    stored = {"fields": secret, "config": {"Password": "x"}, "receipt": {"who": "Ingrid Berg"}}
    make_connection(admin.app, make_connector(admin.app), "ERP Wizard", **stored)

    assert "Password: ${SECRET_ERP_WIZARD_PASSWORD}" in exported(admin.app)


def test_a_password_that_is_empty_needs_no_placeholder(admin: Visitor) -> None:
    secret = [ConfigField("Password", FieldType.PASSWORD).to_json()]
    make_connection(admin.app, make_connector(admin.app), "Acme", fields=secret, receipt={"who": "Ingrid Berg"})

    assert "Password" not in exported(admin.app)


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


def test_a_secret_that_is_given_for_a_connector_that_has_moved_is_tested_and_kept_for_it(
    admin: Visitor, practice_url: str, tmp_path: Path
) -> None:
    save(admin, practice_url)
    with serve_practice(tmp_path) as elsewhere:
        done, said = imported(admin.app, exported(admin.app).replace(practice_url, elsewhere))

        assert done, said
        assert "    values.ApiPassword: •••• → ${ACME_NORWAY_APIPASSWORD}" in said
        assert not in_app(admin.app, lambda: db.session.get_one(Connection, 1).has_secrets_of_another)


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
