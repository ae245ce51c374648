"""What the client sends and what the practice SuperOffice answers is valid by SuperOffice's own documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.factories.superoffice import PracticeSuperOffice, serve_superoffice
from tests.factories.traffic import Exchange
from tests.superoffice_judge import api_path, objections
from wizard.domain.superoffice import LinkKind
from wizard.outside.http import Deadline, Policy
from wizard.outside.superoffice import BearerTokens, Site, SuperOffice, archives, registry, users
from wizard.outside.superoffice.carriers import ErpConnection, ErpSyncConnectorEntity

NOWHERE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def there() -> Iterator[PracticeSuperOffice]:
    with serve_superoffice() as there:
        yield there


def client(there: PracticeSuperOffice) -> SuperOffice:
    tokens = BearerTokens(there.access_token(), there.refresh_token(), NOWHERE, "practice", "practice-secret")
    site = Site(LinkKind.PRACTICE, there.login, there.tenant)
    return SuperOffice(site, tokens, policy=Policy(loopback=True), deadline=Deadline(30))


def walk(so: SuperOffice, url: str) -> None:
    """Every call of the client, as the wizard makes them from the link to the removal of what it has made."""
    so.version()
    me = users.who_am_i(so)
    groups = users.groups(so)
    users.members(so, groups[0].id)
    users.associates(so, also=[me.associate_id])
    assert registry.test_connector_url(so, url) == registry.NO_ERROR
    assert registry.find_connector(so, url, "Super Sync") == []
    connector = registry.save_connector(so, ErpSyncConnectorEntity(display_name="Super Sync", url=url))
    assert registry.get_connector(so, connector.erp_connector_id) == connector
    fields = registry.configuration_fields(so, connector.erp_connector_id)
    values = {each.field_key: each.default_value for each in fields} | {"Company": "ACME-NO", "ApiPassword": "practice"}
    registry.test_connection_by_config(so, connector.erp_connector_id, values)
    saved = registry.save_connection(
        so,
        ErpConnection(
            erp_connector_id=connector.erp_connector_id,
            display_name="Norge",
            config_fields=values,
            associate_access_ids=(me.associate_id,),
            user_group_access_ids=(groups[0].id,),
        ),
    )
    number = saved.erp_connection_id
    registry.test_connection_by_id(so, number)
    registry.update_connection_fields(so, number)
    registry.connection_config_fields(so, number)
    read = registry.get_connection(so, number)
    assert read is not None
    registry.save_connection(so, replace(read, display_name='US:"Norway";NO:"Norge"'))
    assert registry.toggle_active(so, number) != []  # nothing is mapped yet
    assert [each.erp_connection_id for each in registry.connections(so, include_deleted=True)] == [number]
    assert [each.erp_id for each in archives.archive_connections(so)] == [read.connection_id]
    assert [each.url for each in archives.archive_connectors(so)] == [url]
    registry.engine_status(so)
    assert registry.can_delete_connector(so, connector.erp_connector_id) == "ErrorConnectorHasConnections"
    registry.delete_connection(so, number)
    registry.delete_connector(so, connector.erp_connector_id)
    assert registry.get_connector(so, 999_999) is None
    assert registry.get_connection(so, 999_999) is None


def test_the_traffic_of_a_whole_registration_is_valid(there: PracticeSuperOffice) -> None:
    with client(there) as so:
        walk(so, there.connector_url)

    judged = [exchange for exchange in there.traffic if api_path(exchange)]
    assert [each for exchange in judged for each in objections(exchange)] == []
    assert len({api_path(exchange) for exchange in judged}) > 20


GOOD = Exchange(
    "POST",
    "/Cust1/api/v1/Agents/ErpSync/GetConnectionX",
    {"Authorization": "Bearer x", "Content-Type": "application/json; charset=utf-8"},
    b'{"ErpConnectionId": 7}',
    200,
    b"null",
)


@pytest.mark.parametrize(
    "changed",
    [
        {"target": "/Cust1/api/v1/Agents/ErpSync/GetConnexion"},
        {"target": "/Cust1/api/v1/Agents/ErpSync/GetConnection?x=1"},
        {"body": b'{"ErpConnectionId": "7"}'},
        {"body": b'{"ErpConnexionId": 7}'},
        {"body": b"{}"},
        {"answer": b'{"ErpConnectionId": 7}'},
        {"answer": b"[]"},
        {"status": 500},
        {"headers": {"Content-Type": "application/json"}},
    ],
    ids=str,
)
def test_what_is_not_as_documented_is_objected_to(changed: dict[str, object]) -> None:
    good = replace(GOOD, target="/Cust1/api/v1/Agents/ErpSync/GetConnection")
    assert objections(good) == []
    assert objections(replace(good, **changed)) != []
