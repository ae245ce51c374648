"""`erp-wizard superoffice check`, with the practice SuperOffice on a port of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.factories import KEY, PracticeSuperOffice, Visitor, in_app, link_practice, serve_superoffice
from wizard.cli import group as cli
from wizard.domain.check import LINK_STAGES
from wizard.models import SuperOfficeLink
from wizard.services.superoffice import find_link


@pytest.fixture
def run(admin: Visitor, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("ERP_WIZARD_INSTANCE", str(admin.app.instance_path))
    monkeypatch.setenv("ERP_WIZARD_KEYS", KEY)
    monkeypatch.setenv("ERP_WIZARD_DATABASE_URL", admin.app.config["SQLALCHEMY_DATABASE_URI"])

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(cli.cli, ["superoffice", "check", *arguments])

    return invoke


@pytest.fixture
def served(admin: Visitor) -> Iterator[PracticeSuperOffice]:
    with serve_superoffice(admin.app) as served:
        link_practice(admin.app, served)
        yield served


def saved(admin: Visitor) -> SuperOfficeLink:
    return in_app(admin.app, find_link)


def test_a_link_that_is_well_is_shown_stage_by_stage(run: Any, served: PracticeSuperOffice) -> None:
    result = run()

    assert result.exit_code == 0, result.output
    assert result.output.startswith("Cust00001\n")
    assert "SuperOffice 12.4 answers." in result.output
    assert result.output.endswith("  The link works\n\n")


def test_the_json_has_the_shape_of_a_connector_s_check(run: Any, served: PracticeSuperOffice) -> None:
    served.behaviour.agent_closed = 403
    result = run("--json")

    assert result.exit_code == 0, result.output
    report = json.loads(result.output)
    assert (report["url"], report["verdict"], report["fields"]) == ("Cust00001", "warning", [])
    assert [stage["id"] for stage in report["stages"]] == list(LINK_STAGES)
    agent = report["stages"][LINK_STAGES.index("agent")]
    assert (agent["reason"], agent["owner"]) == ("superoffice.agent_forbidden", "app_owner")
    assert agent["detail"]["status"] == "403"


def test_a_link_that_has_ended_exits_with_1_and_tells_no_secret(
    run: Any, served: PracticeSuperOffice, admin: Visitor
) -> None:
    served.end_access_tokens()
    served.behaviour.refresh_revoked = True
    result = run()

    assert result.exit_code == 1, result.output
    assert "The consent for this app was withdrawn." in result.output
    assert result.output.endswith("  The check stopped at the sign-in\n\n")
    assert not [secret for secret in saved(admin).credentials.values() if secret in result.output]


def test_a_token_that_is_renewed_is_saved(run: Any, served: PracticeSuperOffice, admin: Visitor) -> None:
    before = saved(admin).credentials["access_token"]
    served.end_access_tokens()

    assert run().exit_code == 0
    assert saved(admin).credentials["access_token"] != before


def test_without_a_link_there_is_nothing_to_check(run: Any) -> None:
    result = run()

    assert result.exit_code == 2
    assert "SuperOffice is not linked." in result.output
