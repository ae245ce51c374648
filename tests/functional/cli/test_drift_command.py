"""`erp-wizard drift` prints what differs, and says it by its exit code."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from tests.factories import KEY, PracticeSuperOffice
from tests.functional.superoffice.calls import GOOD
from tests.functional.superoffice.drift.drifting import BothSides, make_both_sides
from wizard.cli.group import cli
from wizard.errors import InvalidState
from wizard.extensions import db
from wizard.models import Connection, ConnectionState
from wizard.models.database import writing
from wizard.services.configuration import read_schema


@pytest.fixture
def both(app: Flask, host: PracticeSuperOffice, monkeypatch: pytest.MonkeyPatch) -> BothSides:
    monkeypatch.setenv("ERP_WIZARD_INSTANCE", app.instance_path)
    monkeypatch.setenv("ERP_WIZARD_KEYS", KEY)
    monkeypatch.setenv("ERP_WIZARD_DATABASE_URL", app.config["SQLALCHEMY_DATABASE_URI"])
    both = make_both_sides(app, host)
    both.change_here(guid=both.there()["ConnectionId"])
    return both


def drift(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["drift", *arguments])


def test_where_nothing_differs_the_exit_code_is_0(both: BothSides) -> None:
    result = drift()

    assert (result.exit_code, result.output) == (0, "Nothing differs from SuperOffice.\n")


def test_what_differs_is_printed_and_the_exit_code_is_1(both: BothSides) -> None:
    both.change_there(DisplayName="Norge AS", DisplayDescription="Oslo")

    result = drift()

    assert result.exit_code == 1
    assert result.output == (
        "Norge:\n  Name: here Norge, in SuperOffice Norge AS\n  Description: here (empty), in SuperOffice Oslo\n"
    )


def test_a_password_that_differs_is_named_and_not_printed(both: BothSides) -> None:
    both.compare()
    both.change_here(config=GOOD | {"ApiPassword": "another-secret"})

    assert drift().output == "Norge:\n  API password: differs (not shown)\n"


def test_what_is_gone_there_and_what_cannot_be_compared_is_said_and_is_no_success(both: BothSides) -> None:
    both.api.agent("ErpSync/DeleteConnection", {"ErpConnectionId": both.there_id})
    gone = drift()
    both.change_here(state=ConnectionState.SAVING)
    pending = drift()

    assert (gone.exit_code, gone.output) == (1, "Norge: SuperOffice has it no longer\n")
    assert (pending.exit_code, pending.output) == (1, "Norge: cannot be compared just now\n")


def test_as_json_every_row_is_there_and_no_secret(both: BothSides) -> None:
    both.compare()
    both.change_here(config=GOOD | {"ApiPassword": "another-secret"})

    result = drift("--json")

    connector, connection = json.loads(result.output)
    assert result.exit_code == 1
    assert (connector["kind"], connector["state"], connector["differences"]) == ("connector", "same", [])
    assert connection["differences"] == [
        {"field": "config.ApiPassword", "state": "changed_here", "here": None, "there": None, "secret": True}
    ]
    assert "another-secret" not in result.output


@pytest.mark.parametrize("linked", [True, False], ids=["SuperOffice refuses", "not linked"])
def test_where_superoffice_could_not_be_asked_the_exit_code_is_2(both: BothSides, linked: bool) -> None:
    both.host.plan("forbidden", times=None) if linked else both.unlink()

    result = drift()

    assert isinstance(result.exception, InvalidState)  # what `main` turns into one sentence and exit code 2
    assert str(result.exception)


def test_rows_of_the_configuration_that_differ_are_printed(both: BothSides) -> None:
    with both.app.app_context(), writing():
        read_schema(db.session.get_one(Connection, both.connection_id))
    body = {"ErpConnectionId": both.there_id, "ActorType": "Customer"}
    mapping = both.api.agent("ErpSync/GetActorTypeMapping", body)
    both.api.agent("ErpSync/SaveActorTypeMapping", {"Mapping": mapping | {"IsActive": True}})

    result = drift()

    assert (result.exit_code, result.output) == (1, "Norge:\n  mappings/Customer/: changed in SuperOffice\n")
    assert json.loads(drift("--json").output)[1]["configuration"] == [{"row": "mappings/Customer/", "state": "theirs"}]


def test_a_connection_that_superoffice_cannot_read_is_named_and_the_others_are_compared(both: BothSides) -> None:
    with both.app.app_context(), writing():
        read_schema(db.session.get_one(Connection, both.connection_id))
    both.change_there(DisplayDescription="Oslo")
    both.host.plan("refused", "GetConnectionListMappings", times=None)

    result = drift()

    assert result.exit_code == 1
    assert "Norge:\n  Description: here (empty), in SuperOffice Oslo\n" in result.output
    assert "  its configuration cannot be compared just now. SuperOffice refuses it" in result.output
    assert "SuperOffice refuses it" in json.loads(drift("--json").output)[1]["not_compared"]
