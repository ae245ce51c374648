"""From the link to its end, the traffic between the wizard and SuperOffice is valid by SuperOffice's documents."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import requests

from tests.factories import PracticeSuperOffice, Visitor, in_app, type_practice
from tests.steps import save
from tests.superoffice_judge import api_path, objections
from wizard.services.superoffice import linked

pytestmark = pytest.mark.no_cover

BESIDE_THE_DOCUMENTS = {
    "/practice/Services/ERPConnectorWS.svc",
    "/practice/superoffice/Cust00001/api",
    "/practice/superoffice/api/state/Cust00001",
    "/practice/superoffice/login/.well-known/jwks",
    "/practice/superoffice/login/.well-known/openid-configuration",
    "/practice/superoffice/login/common/oauth/Revoke",
    "/practice/superoffice/login/common/oauth/authorize",
    "/practice/superoffice/login/common/oauth/tokens",
}
"""The connector, the version, the state page and the sign-in; everything else is judged."""


def link(admin: Visitor, host: PracticeSuperOffice) -> None:
    type_practice(admin.app, host)
    page = str(admin.post("/superoffice/sign-in").location)
    answer = requests.post(host.origin + page, {"action": "allow"}, allow_redirects=False, timeout=60)
    back = urlsplit(answer.headers["Location"])
    admin.get(f"{back.path}?{back.query}", follow_redirects=True)
    assert in_app(admin.app, linked) is not None


def edit(admin: Visitor, **typed: str) -> None:
    page = str(admin.post("/connections/1/edit").location)
    admin.send(page, typed | {"action": "test"})
    assert admin.send(page, {"action": "ok"}).request.path == "/connections/1"


def test_the_traffic_of_the_whole_flow_is_valid(admin: Visitor, host: PracticeSuperOffice) -> None:
    link(admin, host)
    admin.post("/users/read", follow_redirects=True)
    host.end_access_tokens()
    admin.post("/setup/superoffice/read", follow_redirects=True)
    save(admin, host.connector_url)
    edit(admin, description="Oslo")
    admin.post("/connections/1/delete", follow_redirects=True)
    admin.post("/connections/1/restore", follow_redirects=True)
    admin.post("/superoffice/unlink", follow_redirects=True)

    judged = [exchange for exchange in host.traffic if api_path(exchange)]
    assert [each for exchange in judged if exchange.status != 401 for each in objections(exchange)] == []
    assert {urlsplit(exchange.target).path for exchange in host.traffic} - {
        urlsplit(exchange.target).path for exchange in judged
    } == BESIDE_THE_DOCUMENTS
    done = {api_path(exchange).rpartition("/")[2] for exchange in judged}
    assert done >= {"SaveErpSyncConnectorEntity", "SaveConnection", "DeleteConnection", "GetConnection", "usergroup"}
