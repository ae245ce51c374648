"""The client of SuperOffice's API, with one retry where a retry helps and a reason where none does."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.wire import certificates, hosts
from tests.wire.superoffice import API, CUT, NEW_API, SECRETS, TENANT, Host, reason_of, reply, superoffice_host
from wizard.domain.superoffice import LinkKind
from wizard.outside.superoffice import BasicLogin, Site, SuperOfficeError
from wizard.outside.superoffice.calls import Pace

LIST = [{"Id": 7, "Name": "Super Sync", "ToolTip": "https://h/"}]
CONNECTORS = "Agents/ErpSync/GetAllConnectors"
SAVE = "Agents/ErpSync/SaveConnection"
PRINCIPAL = "User/currentPrincipal"


@pytest.fixture
def host() -> Iterator[Host]:
    with superoffice_host() as host:
        yield host


class Waits:
    """A clock that moves only by being slept on."""

    def __init__(self) -> None:
        self.now, self.slept = 0.0, list[float]()

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(seconds)

    @property
    def pace(self) -> Pace:
        return Pace(None, clock=lambda: self.now, sleep=self.sleep)


# --- what is sent


def test_a_call_carries_token_language_and_json(host: Host) -> None:
    host.put_api(CONNECTORS, reply(LIST))
    with host.open() as so:
        assert so.agent("ErpSync", "GetAllConnectors") == LIST
        so.agent("ErpSync", "GetAllConnectors", {"Nåme": 1}, query={"$select": "A,B"}, language="nb-no")

    first, second = host.requests
    assert (first.method, first.target, first.body) == ("POST", f"{API}/v1/{CONNECTORS}", b"")
    assert first.headers["authorization"] == "Bearer 8A:old-access"
    assert (first.headers["so-language"], second.headers["so-language"]) == ("*", "nb-no")
    assert second.target.endswith("?$select=A,B")
    assert second.body == '{"Nåme": 1}'.encode()


def test_an_answer_without_content_is_none(host: Host) -> None:
    host.put_api("Agents/ErpSync/DeleteConnection", b"HTTP/1.1 204 No Content\r\n\r\n")
    with host.open() as so:
        assert so.agent("ErpSync", "DeleteConnection", {"ErpConnectionId": 1}) is None


def test_null_is_an_answer_only_where_it_may_come(host: Host) -> None:
    host.put_api("Agents/ErpSync/GetConnection", reply(None))
    with host.open() as so:
        assert so.agent("ErpSync", "GetConnection", {"ErpConnectionId": 1}, may_be_null=True) is None


def test_the_version_is_asked_for_without_a_sign_in(host: Host) -> None:
    host.put(API, reply({"v1": f"{host.url}{API}/v1", "NetServerVersion": "10.0.2.617"}))
    with host.open() as so:
        assert so.version().net_server_version == "10.0.2.617"
    assert "authorization" not in host.requests[0].headers


# --- sign-in


def test_an_ended_token_is_refreshed_once_and_the_call_repeated(host: Host) -> None:
    host.put_sign_in(reply({"access_token": "8A:new-access", "expires_in": "3600", "token_type": "Bearer"}))
    host.put_api(CONNECTORS, reply(b"", 401), reply(LIST))
    changes: list[Any] = []
    with host.open(on_change=lambda site, tokens: changes.append((site, tokens))) as so:
        assert so.agent("ErpSync", "GetAllConnectors") == LIST

    assert host.requests[-1].headers["authorization"] == "Bearer 8A:new-access"
    assert host.requests[2].body == (
        b"grant_type=refresh_token&refresh_token=refresh-secret&client_id=client&client_secret=client-secret"
    )
    [(site, tokens)] = changes
    assert (site, tokens.access_token, tokens.refresh_token) == (host.site, "8A:new-access", "refresh-secret")


def test_a_refresh_that_is_refused_means_that_the_consent_is_gone(host: Host) -> None:
    host.put_sign_in(reply({"error": "invalid_grant"}, 400))
    host.put_api(CONNECTORS, reply(b"", 401))
    assert reason_of(host.open()) == "superoffice.consent_revoked"


def test_a_refresh_with_a_wrong_client_is_the_clients_fault(host: Host) -> None:
    host.put_sign_in(reply({"error": "invalid_client"}, 401))
    host.put_api(CONNECTORS, reply(b"", 401))
    assert reason_of(host.open()) == "superoffice.client_rejected"


@pytest.mark.parametrize("status", [401, 403])
def test_an_agent_is_closed_if_the_sign_in_is_good(host: Host, status: int) -> None:
    host.put_sign_in(reply({"access_token": "8A:new-access", "expires_in": 3600}))
    host.put_api(CONNECTORS, reply(b"", status))
    host.put_api(PRINCIPAL, reply({"AssociateId": 5, "FunctionRights": []}))
    assert reason_of(host.open()) == "superoffice.agent_forbidden"


@pytest.mark.parametrize("status", [401, 403])
def test_a_sign_in_that_is_good_for_nothing_is_not_authorised(host: Host, status: int) -> None:
    host.put_sign_in(reply({"access_token": "8A:new-access", "expires_in": 3600}))
    host.put_api(CONNECTORS, reply(b"", status))
    host.put_api(PRINCIPAL, reply(b"", status))
    assert reason_of(host.open()) == "superoffice.not_authorised"
    assert host.targets.count(f"{API}/v1/{CONNECTORS}") == (2 if status == 401 else 1)


def test_user_name_and_password_are_sent_in_utf_8(host: Host) -> None:
    host.put_api(CONNECTORS, reply(LIST))
    with host.open(BasicLogin("åse", "pässword"), site=_on_site(host)) as so:
        so.agent("ErpSync", "GetAllConnectors")
    assert host.requests[0].headers["authorization"] == f"Basic {base64.b64encode('åse:pässword'.encode()).decode()}"


@pytest.mark.parametrize(
    ("offered", "reason"),
    [("Basic realm=x", "not_authorised"), ("Negotiate", "basic_disabled"), ("", "not_authorised")],
)
def test_a_server_that_takes_no_passwords_is_told_from_a_wrong_one(host: Host, offered: str, reason: str) -> None:
    host.put_api(CONNECTORS, reply(b"", 401, {"WWW-Authenticate": offered}))
    login = BasicLogin("user", SECRETS[0])
    assert reason_of(host.open(login, site=_on_site(host))) == f"superoffice.{reason}"


# --- moved, busy, slow, cut


def test_a_moved_tenant_is_found_by_the_state_page(host: Host) -> None:
    host.put_state(NEW_API)
    host.put_api(CONNECTORS, reply(b"Wrong subdomain used to access tenant", 421))
    host.put(f"{NEW_API}/v1/{CONNECTORS}", reply(LIST))
    changes: list[Site] = []
    with host.open(on_change=lambda site, _: changes.append(site)) as so:
        assert so.agent("ErpSync", "GetAllConnectors") == LIST
    assert [site.api for site in changes] == [f"{host.url}{NEW_API}"]


def test_a_server_of_one_s_own_that_says_moved_is_looked_for_nowhere(host: Host) -> None:
    host.put_api(CONNECTORS, reply(b"Wrong subdomain", 421))
    assert reason_of(host.open(BasicLogin("user", SECRETS[0]), site=_on_site(host))) == "superoffice.tenant_moved"
    assert len(host.requests) == 1


def test_a_user_name_and_password_go_to_where_the_tenant_is_now(host: Host) -> None:
    host.put_state(NEW_API)
    host.put_api(CONNECTORS, reply(b"Wrong subdomain", 421))
    host.put(f"{NEW_API}/v1/{CONNECTORS}", reply(LIST))
    with host.open(BasicLogin("user", SECRETS[0])) as so:
        assert so.agent("ErpSync", "GetAllConnectors") == LIST


def test_a_tenant_that_nobody_finds_has_moved(host: Host) -> None:
    host.put_state(API)
    host.put_api(CONNECTORS, reply(b"Wrong subdomain used to access tenant", 421))
    assert reason_of(host.open()) == "superoffice.tenant_moved"


def test_the_state_page_names_an_api_that_is_not_known_yet(host: Host) -> None:
    host.put_state(API)
    host.put_api(CONNECTORS, reply(LIST))
    with host.open(site=Site(LinkKind.PRACTICE, host.url, TENANT)) as so:
        assert so.agent("ErpSync", "GetAllConnectors") == LIST


def test_an_upgrade_is_told_from_a_fault(host: Host) -> None:
    host.put_state(API, "OfflineMaintenance")
    host.put_api(CONNECTORS, reply(b"<html>Service unavailable</html>", 503))
    assert reason_of(host.open()) == "superoffice.maintenance"


def test_a_wait_that_superoffice_asks_for_is_kept(host: Host) -> None:
    waits = Waits()
    host.put_api(SAVE, reply(b"", 429, {"Retry-After": "3"}), reply({"ErpConnectionId": 1}))
    with host.open(pace=waits.pace) as so:
        assert so.agent("ErpSync", "SaveConnection", {}) == {"ErpConnectionId": 1}
    assert sum(waits.slept) == pytest.approx(3)


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "3600"}, {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}])
def test_too_many_calls_without_a_wait_that_can_be_kept_are_an_error(host: Host, headers: dict[str, str]) -> None:
    host.put_api(CONNECTORS, reply(b"", 429, headers))
    assert reason_of(host.open()) == "superoffice.throttled"
    assert len(host.requests) == 1


def test_only_a_read_is_repeated_when_the_service_was_unavailable(host: Host) -> None:
    waits = Waits()
    host.put_state(API)
    for path in (CONNECTORS, SAVE):
        host.put_api(path, reply(b"", 503, {"Retry-After": "2"}), reply(LIST))
    with host.open(pace=waits.pace) as so:
        assert so.agent("ErpSync", "GetAllConnectors") == LIST
    assert reason_of(host.open(pace=waits.pace), "SaveConnection") == "http.unavailable"


def test_an_answer_that_does_not_come_in_time_is_slow(host: Host) -> None:
    host.put_api(CONNECTORS, b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[")
    assert reason_of(host.open(seconds=1)) == "superoffice.slow"


def test_a_cut_line_is_named_by_its_layer_and_the_work_may_be_done(host: Host) -> None:
    host.put_api(SAVE, CUT)
    with host.open() as so, pytest.raises(SuperOfficeError) as caught:
        so.agent("ErpSync", "SaveConnection", {})
    assert (caught.value.reason, caught.value.may_be_done) == ("http.closed", True)


def test_a_write_is_not_sent_twice_when_a_kept_connection_is_cut(host: Host) -> None:
    host.put_api(CONNECTORS, reply(LIST))
    host.put_api(SAVE, CUT, reply({"ErpConnectionId": 1}))
    with host.open() as so:
        so.agent("ErpSync", "GetAllConnectors")
        with pytest.raises(SuperOfficeError):
            so.agent("ErpSync", "SaveConnection", {})
    assert host.targets.count(f"{API}/v1/{SAVE}") == 1


def test_nobody_there_is_named_by_its_layer() -> None:
    with hosts.refusing() as port:
        so = Host(port).open()
        assert reason_of(so) == "connect.refused"


def test_a_host_that_is_not_superoffice_gets_no_token(host: Host) -> None:
    site = Site(LinkKind.ONLINE, "https://online.superoffice.com", TENANT, host.url)
    assert reason_of(host.open(site=site)) == "superoffice.misread"
    assert host.requests == []


def test_calls_wait_for_their_turn_within_the_deadline(host: Host) -> None:
    waits = Waits()
    pace = Pace(5, clock=lambda: waits.now, sleep=waits.sleep)
    host.put_api(CONNECTORS, reply(LIST))
    with host.open(pace=pace) as so:
        for _ in range(11):
            so.agent("ErpSync", "GetAllConnectors")
    assert waits.now == pytest.approx(2)


def _on_site(host: Host) -> Site:
    return Site(LinkKind.ONSITE, api=f"{host.url}{API}")


def test_a_host_that_is_gone_is_looked_for_on_the_state_page(host: Host) -> None:
    host.put_state(API)
    host.put_api(CONNECTORS, reply(LIST))
    with hosts.refusing() as port:
        site = Site(LinkKind.PRACTICE, host.url, TENANT, f"http://127.0.0.1:{port}{API}")
        with host.open(site=site) as so:
            assert so.agent("ErpSync", "GetAllConnectors") == LIST


def test_secrets_that_are_named_later_are_masked_too(host: Host) -> None:
    host.put_api(CONNECTORS, reply(b"<html>hunter2-of-the-erp</html>"))
    with host.open() as so:
        so.hide(["hunter2-of-the-erp"])
        with pytest.raises(SuperOfficeError) as caught:
            so.agent("ErpSync", "GetAllConnectors")
    assert "hunter2" not in str(caught.value.result)


def test_an_authority_of_one_s_own_is_trusted_on_site_only_if_it_was_given() -> None:
    with superoffice_host(certificates.tls()) as host:
        host.put_api(CONNECTORS, reply(LIST))
        unknown = Site(LinkKind.ONSITE, api=f"https://localhost:{host.port}{API}")
        assert reason_of(host.open(BasicLogin("user", SECRETS[0]), site=unknown)) == "tls.unknown_ca"
        known = replace(unknown, ca_pem=certificates.authority_pem())
        with host.open(BasicLogin("user", SECRETS[0]), site=known) as so:
            assert so.agent("ErpSync", "GetAllConnectors") == LIST


def test_neither_the_old_token_nor_the_new_one_is_in_an_error(host: Host) -> None:
    host.put_sign_in(reply({"access_token": "8A:new-access", "expires_in": 3600}))
    host.put_api(CONNECTORS, reply(b"", 401), reply(b"<html>8A:old-access 8A:new-access</html>"))
    so = host.open()
    with so, pytest.raises(SuperOfficeError) as caught:
        so.agent("ErpSync", "GetAllConnectors")
    assert "access" not in str(caught.value.result)
