"""Export and import where SuperOffice is linked: its numbers are in the file, and an import saves there too."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.factories import InlineQueue, PracticeSuperOffice, link_practice, make_account, make_users
from tests.functional.cli.transfers import exported, imported
from tests.functional.superoffice.calls import GOOD, Api, api_of, save_connection, save_connector
from tests.functional.superoffice.drift.drifting import make_both_sides
from wizard.domain.check import RunKind
from wizard.extensions import db
from wizard.models import CheckRun, Connection, Connector
from wizard.models.database import writing


@pytest.fixture
def api(app: Flask, host: PracticeSuperOffice) -> Api:
    """Of the SuperOffice that the app is linked with."""
    make_account(app, "Ingrid")
    link_practice(app, host)
    return api_of(host)


def file_of(host: PracticeSuperOffice, scope: str = "everyone", **numbers: int) -> str:
    lines = {kind: f"    superoffice_id: {number}\n" for kind, number in numbers.items()}
    return (
        f"format: 1\nsuperoffice: {{tenant: {host.tenant}}}\nconnectors:\n  - name: Super Sync\n"
        f"    url: {host.connector_url}\n{lines.get('connector', '')}connections:\n  - name: Norge\n"
        f"    connector: Super Sync\n    scope: {scope}\n{lines.get('connection', '')}"
        "    values: {Company: ACME, ApiPassword: '${PASSWORD}', Outcome: ok}\n"
    )


def stored(api: Api) -> list[Any]:
    return list(api.agent("ErpSync/GetAllConnections", {"IncludeDeleted": False}))


def test_an_export_names_the_tenant_and_the_numbers_there_and_no_secret(app: Flask, host: PracticeSuperOffice) -> None:
    both = make_both_sides(app, host)

    text = exported(app)

    assert f"superoffice:\n  tenant: {host.tenant}\n" in text
    assert text.count(f"superoffice_id: {both.there_id}\n") == 2
    assert host.access_token() not in text
    assert "secret" not in text.lower().replace("# a secret is", "")


def test_an_import_saves_in_superoffice_too(app: Flask, host: PracticeSuperOffice, api: Api) -> None:
    done, said = imported(app, file_of(host), {"PASSWORD": GOOD["ApiPassword"]})

    assert done, said
    (there,) = stored(api)
    assert there["DisplayName"] == "Norge"
    with app.app_context():
        connection = db.session.query(Connection).one()
        assert (connection.superoffice_id, connection.guid) == (there["ErpConnectionId"], there["ConnectionId"])
        assert db.session.query(Connector).one().superoffice_id == there["ErpConnectorId"]


def test_one_that_is_there_already_is_taken_over_by_its_number(app: Flask, host: PracticeSuperOffice, api: Api) -> None:
    number = save_connector(api, host.connector_url)
    numbers = {"connector": number, "connection": save_connection(api, number)["ErpConnectionId"]}

    without = imported(app, file_of(host), {"PASSWORD": GOOD["ApiPassword"]})
    done, said = imported(app, file_of(host, **numbers), {"PASSWORD": GOOD["ApiPassword"]})

    assert not without[0]
    assert "already" in without[1]
    assert done, said
    assert len(stored(api)) == 1


def test_a_scope_with_a_group_that_superoffice_does_not_know_is_left_out_by_name(
    app: Flask, host: PracticeSuperOffice, api: Api
) -> None:
    make_users(app, groups=["By hand"])

    done, said = imported(app, file_of(host, scope="{groups: [By hand]}"), {"PASSWORD": GOOD["ApiPassword"]})

    assert not done
    assert "Not in SuperOffice, or gone there: By hand." in said
    assert stored(api) == []


def test_a_connector_that_somebody_changes_here_while_superoffice_saves_it_is_left_to_them(
    app: Flask, host: PracticeSuperOffice, api: Api
) -> None:
    assert imported(app, file_of(host), {"PASSWORD": GOOD["ApiPassword"]})[0]

    class Meanwhile(InlineQueue):
        def submit(self, run_id: str) -> None:
            with app.app_context(), writing():
                if db.session.get_one(CheckRun, run_id).kind == RunKind.REGISTER:
                    db.session.query(Connector).one().version += 1
                db.session.commit()
            super().submit(run_id)

    app.extensions["job_queue"] = Meanwhile(app)
    elsewhere = file_of(host).replace(host.connector_url, f"{host.connector_url}?ConnectorName=Continental")

    done, said = imported(app, elsewhere, {"PASSWORD": GOOD["ApiPassword"]})

    assert not done
    assert "Somebody has changed it meanwhile. Import once more." in said
