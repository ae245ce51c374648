"""Answers of SuperOffice's API that cannot be used, each with its reason, and those that are merely large."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.wire.superoffice import API, POLICY, TENANT, TOKENS, Host, reason_of, reply, superoffice_host
from wizard.domain.check import Outcome, Stage
from wizard.domain.superoffice import LinkKind
from wizard.outside.http import Deadline, Policy
from wizard.outside.superoffice import Site, SuperOfficeError, archives, check_link, registry, revoke, users

CONNECTORS = "Agents/ErpSync/GetAllConnectors"
SAVE = "Agents/ErpSync/SaveConnection"


@pytest.fixture
def host() -> Iterator[Host]:
    with superoffice_host() as host:
        yield host


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (reply(b"<!doctype html><html>SuperOffice 8A:old-access</html>"), "misread"),
        (reply(b"not json client-secret"), "misread"),
        (reply(b"[" * 100_000), "misread"),
        (reply(b""), "no_answer"),
        (reply(None), "no_answer"),
        (reply({"Message": "An error has occurred.", "MessageDetail": "refresh-secret"}), "no_answer"),
        (reply({"Error": True, "ErrorType": "SoSentryException", "ErrorMessage": "8A:old-access"}), "not_authorised"),
        (reply({"Error": True, "ErrorType": "SuperOffice.Exceptions.SoLicenseException"}, 500), "licence_missing"),
        (reply({"Error": True, "ErrorType": "SoNotSupportedException"}, 500), "too_old"),
        (reply({"Error": True, "ErrorType": "SoDuplicateException", "ErrorMessage": ["odd"]}, 500), "refused"),
        (reply({"Message": "The request is invalid."}, 400), "refused"),
        (reply(b"", 404), "too_old"),
    ],
)
def test_an_answer_that_is_none_has_its_reason(host: Host, answer: bytes, reason: str) -> None:
    host.put_api(CONNECTORS, answer)
    assert reason_of(host.open()) == f"superoffice.{reason}"


@pytest.mark.parametrize(
    ("status", "reason"), [(302, "redirect"), (500, "server_error"), (502, "unavailable"), (418, "unexpected_status")]
)
def test_what_lies_between_is_named_by_its_layer(host: Host, status: int, reason: str) -> None:
    host.put_api(CONNECTORS, reply(b"<html>Proxy 8A:old-access</html>", status, {"Location": "http://elsewhere/"}))
    assert reason_of(host.open()) == f"http.{reason}"
    assert len(host.requests) == 1


def test_an_exception_shows_its_text_and_keeps_type_and_trace_for_the_detail(host: Host) -> None:
    said = {"Error": True, "ErrorType": "SoValidationException", "ErrorMessage": "Navn mangler", "StackTrace": "at X()"}
    host.put_api(SAVE, reply(said, 500))
    with host.open() as so, pytest.raises(SuperOfficeError) as caught:
        so.agent("ErpSync", "SaveConnection", {})
    assert caught.value.result.facts["answer"] == "Navn mangler"
    assert dict(caught.value.result.evidence) | {"error type": "SoValidationException", "trace": "at X()"} == dict(
        caught.value.result.evidence
    )


def test_a_hundred_thousand_entries_of_a_list_are_read(host: Host) -> None:
    host.put_api("MDOList/associate", reply([{"Id": number, "Name": f"User {number}"} for number in range(100_000)]))
    with host.open(seconds=60) as so:
        assert len(users.mdo_list(so, "associate", flat=True)) == 100_000


def test_all_pages_of_an_archive_are_read(host: Host) -> None:
    rows = [{"PrimaryKey": str(number), "name": f"Connection {number}"} for number in range(1, 1502)]
    host.put_api("Archive/ErpConnection", reply({"value": rows[:1000]}), reply({"value": rows[1000:]}))
    with host.open() as so:
        found = archives.archive_connections(so)
    assert [row.erp_connection_id for row in found] == list(range(1, 1502))
    assert "$skip=1000" in host.requests[1].target


@pytest.mark.parametrize("answer", [[], {}, {"value": None}, {"value": [{}]}, {"value": [{"PrimaryKey": "x"}]}])
def test_an_archive_that_is_none_is_misread(host: Host, answer: Any) -> None:
    host.put_api("Archive/ErpConnector", reply(answer))
    with host.open() as so, pytest.raises(SuperOfficeError, match=r"superoffice\.misread"):
        archives.archive_connectors(so)


def test_what_no_database_keeps_is_replaced_and_all_else_stays(host: Host) -> None:
    said = rb'[{"Id":1,"Name":"A\u0000B \ud83d C \ud83d\ude00 D\\u0000 \\\u0000"}]'
    host.put_api(CONNECTORS, reply(said, headers={"Content-Type": "application/json"}))
    with host.open() as so:
        [item] = registry.connectors(so)
    assert item.name == "A\ufffdB ? C \U0001f600 D\\u0000 \\\ufffd"


@pytest.mark.parametrize(
    ("operation", "ask", "answer"),
    [
        ("ToggleErpConnectionActive", registry.toggle_active, "switched"),
        ("ToggleErpConnectionActive", registry.toggle_active, [{"Reason": "no"}]),
        ("TestConnectionById", registry.test_connection_by_id, "true"),
        ("UpdateConnectionFields", registry.update_connection_fields, 1),
        ("TestConnectorUrl", lambda so, _: registry.test_connector_url(so, "https://h/"), "Perhaps"),
    ],
)
def test_an_answer_of_another_kind_than_the_operation_gives_is_misread(
    host: Host, operation: str, ask: Any, answer: Any
) -> None:
    host.put_api(f"Agents/ErpSync/{operation}", reply(answer))
    with host.open() as so, pytest.raises(SuperOfficeError, match=r"superoffice\.misread"):
        ask(so, 1)


def test_who_has_signed_in_is_misread_in_a_list(host: Host) -> None:
    host.put_api("User/currentPrincipal", reply([{"AssociateId": 5}]))
    with host.open() as so, pytest.raises(SuperOfficeError, match=r"superoffice\.misread"):
        users.who_am_i(so)


def test_groups_below_headings_are_found_although_a_flat_list_was_asked_for(host: Host) -> None:
    heading = {"Id": 1, "Name": "Oslo", "ChildItems": [{"Id": 7, "Name": "Sales"}, {"Id": 8, "Name": "IT"}]}
    host.put_api("MDOList/usergroup", reply([heading, {"Id": 9, "Name": "Board"}]))
    with host.open() as so:
        assert [group.name for group in users.groups(so)] == ["Sales", "IT", "Board"]


def test_a_state_page_that_is_gone_too_leaves_the_fault_what_it_is(host: Host) -> None:
    host.put(f"/api/state/{TENANT}", reply(b"<html>Service unavailable</html>", 503))
    host.put_api(CONNECTORS, reply(b"<html>Service unavailable</html>", 503))
    assert reason_of(host.open()) == "http.unavailable"


def test_a_tenant_that_the_state_page_does_not_know_is_unknown(host: Host) -> None:
    host.put(f"/api/state/{TENANT}", reply(b"", 404))
    assert reason_of(host.open(site=Site(LinkKind.PRACTICE, host.url, TENANT))) == "superoffice.tenant_unknown"


def test_a_call_for_which_no_time_is_left_is_slow(host: Host) -> None:
    assert reason_of(host.open(seconds=0)) == "superoffice.slow"
    assert host.requests == []


@pytest.mark.parametrize(
    ("policy", "seconds", "reason"), [(Policy(), 10, "address.not_allowed"), (POLICY, 0, "connect.timeout")]
)
def test_a_call_that_is_not_made_has_its_reason(host: Host, policy: Policy, seconds: float, reason: str) -> None:
    with pytest.raises(SuperOfficeError) as caught:
        revoke(host.site, TOKENS, policy=policy, deadline=Deadline(seconds))
    assert (caught.value.reason, host.requests) == (reason, [])


@pytest.mark.parametrize("login", ["the state page", ""])
def test_a_link_to_an_address_that_may_not_be_called_fails_at_its_address(host: Host, login: str) -> None:
    site = host.site if login else Site(LinkKind.ONSITE, api=host.site.api)
    report = check_link(site, TOKENS, policy=Policy())
    failed = next(each for each in report.results if each.reason)
    assert (failed.stage, failed.reason, host.requests) == (Stage.ADDRESS, "address.not_allowed", [])


def test_a_licence_that_only_the_database_has_is_found_there(host: Host) -> None:
    host.put_state(API)
    host.put(API, reply({"NetServerVersion": "12.4.1514.0"}))
    host.put_api("User/currentPrincipal", reply({"AssociateId": 5, "FunctionRights": ["admin-all"], "Licenses": []}))
    host.put_api("Agents/License/GetModuleLicenseFromDB", reply({"ModuleName": "erpsync"}))
    report = check_link(host.site, TOKENS, policy=POLICY)
    licence = next(each for each in report.results if each.stage == Stage.LICENCE)
    assert (licence.outcome, licence.reason, bool(licence.facts["module"])) == (Outcome.PASSED, None, True)
