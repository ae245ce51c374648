"""What seldom goes wrong beneath a check is reported as plainly as the rest."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime
from typing import Any

import pytest
import trustme
from cryptography import x509
from cryptography.x509.oid import ExtensionOID

from tests.wire import certificates, hosts
from tests.wire.hosts import http, server
from wizard.domain.check import NO_OBSERVER, Stage, StageResult
from wizard.messages import describe
from wizard.outside import soap as codec
from wizard.outside.connector import CheckReport, Endpoint, check_connection, check_connector
from wizard.outside.http.address_policy import AddressError, Policy, read_address
from wizard.outside.http.call import Call, Failure
from wizard.outside.http.certificates import Trust
from wizard.outside.http.deadline import Cancelled, Deadline, TimeIsUp
from wizard.outside.http.diagnosis import failure
from wizard.outside.http.layers import system_resolve
from wizard.outside.soap.contract import OPERATIONS, Operation

POLICY = Policy(loopback=True)


def the_failure(report: CheckReport) -> StageResult:
    return next(result for result in report.results if result.reason and result.outcome == "failed")


@pytest.mark.parametrize("error", [UnicodeError("label too long"), OSError("no such service")])
def test_a_resolver_that_breaks_names_the_host_that_was_not_found(error: Exception) -> None:
    def resolve(host: str, port: int) -> Any:
        raise error

    report = check_connector(Endpoint("http://erp.example/"), policy=POLICY, resolve=resolve)

    failure = the_failure(report)
    assert (failure.stage, failure.reason, failure.facts["host"]) == (Stage.DNS, "dns.not_found", "erp.example")
    assert ("error", str(error)) in failure.evidence


@pytest.mark.parametrize("host", ["256.256.256.256", "1.2.3.4.5", "4294967296"])
def test_numbers_that_are_no_address_are_left_to_the_resolver_as_a_name(host: str) -> None:
    address = read_address(f"http://{host}/", POLICY)

    assert (address.host, address.literal) == (host, None)


@pytest.mark.parametrize("host", ["é" * 70 + ".example", "é..example"])
def test_an_international_name_that_cannot_be_written_in_ascii_is_malformed(host: str) -> None:
    with pytest.raises(AddressError) as raised:
        read_address(f"http://{host}/", POLICY)

    assert raised.value.reason == "address.malformed"


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_refused_certificate_is_reported_in_the_one_call_that_was_made(newest: ssl.TLSVersion) -> None:
    context = certificates.tls(since=-90, until=-3, host="localhost")
    context.maximum_version = newest
    calls: list[socket.socket] = []

    def speak(connection: socket.socket) -> None:
        calls.append(connection)
        with context.wrap_socket(connection, server_side=True):
            pass

    with server(speak) as port:
        endpoint = Endpoint(f"https://localhost:{port}/", Trust(certificates.authority_pem()))
        failure = the_failure(check_connector(endpoint, policy=POLICY))

    assert (failure.stage, failure.reason) == (Stage.TLS, "tls.expired")
    assert failure.facts["names"] == "localhost"
    assert len(calls) == 1


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_the_detail_shows_the_whole_chain_that_the_server_has_shown(newest: ssl.TLSVersion) -> None:
    between = trustme.CA(organization_name="Root").create_child_ca()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = newest
    between.issue_cert("localhost").configure_cert(context)

    with server(hosts.connector(), context) as port:
        failure = the_failure(check_connector(Endpoint(f"https://localhost:{port}/"), policy=POLICY))

    assert (failure.reason, failure.facts["shown"]) == ("tls.unknown_ca", "2")
    assert "Root" in dict(failure.evidence)["shown too"]


@pytest.mark.parametrize("alone", [True, False])
def test_a_server_that_shows_none_of_the_authority_in_between_is_reported_so(alone: bool) -> None:
    context = certificates.tls(by=trustme.CA().create_child_ca(), alone=alone)
    with server(hosts.connector(), context) as port:
        failure = the_failure(check_connector(Endpoint(f"https://localhost:{port}/"), policy=POLICY))

    assert failure.reason == "tls.unknown_ca"
    assert ("shows only its own certificate" in describe(failure).says) == alone


def test_a_certificate_of_which_a_part_cannot_be_read_is_judged_by_tls() -> None:
    odd = x509.UnrecognizedExtension(ExtensionOID.SUBJECT_ALTERNATIVE_NAME, bytes.fromhex("3004a3023000"))
    with server(hosts.connector(), certificates.issued(names=odd)) as port:
        endpoint = Endpoint(f"https://localhost:{port}/", Trust(certificates.authority_pem()))
        report = check_connector(endpoint, policy=POLICY)

    assert report.verdict == "passed", [result.evidence for result in report.results]


def test_of_an_expired_authority_in_between_the_date_is_reported() -> None:
    with server(hosts.connector(), certificates.issued(between_until=-3)) as port:
        endpoint = Endpoint(f"https://localhost:{port}/", Trust(certificates.authority_pem()))
        failure = the_failure(check_connector(endpoint, policy=POLICY))

    assert failure.facts["subject"] == "CN=between"
    assert failure.facts["until"] < datetime.now(UTC).isoformat()


@pytest.mark.parametrize("reads_on", [False, True], ids=["at once", "when it is asked again"])
def test_a_kept_connection_that_ends_without_a_word_is_made_anew_once(reads_on: bool) -> None:
    connections: list[socket.socket] = []

    def speak(connection: socket.socket) -> None:
        connections.append(connection)
        name = hosts.read_request(connection)[1]["soapaction"].strip('"').rpartition("/")[2]
        answer = OPERATIONS[name].result(is_ok=True) if name != "WSGetConfigData" else hosts.fields_result()
        connection.sendall(http(hosts.soap(name, answer)))
        if reads_on:
            hosts.read_request(connection)

    with server(speak) as port:
        report = check_connection(Endpoint(f"http://127.0.0.1:{port}/"), {}, policy=POLICY)

    assert report.verdict == "passed", [result.reason for result in report.results]
    assert len(connections) == 2


def test_a_connector_that_closes_whenever_it_is_tested_is_not_asked_for_ever() -> None:
    asked: list[str] = []

    def speak(connection: socket.socket) -> None:
        while (request := hosts.read_request(connection))[0]:
            asked.append(request[1]["soapaction"])
            if "WSTestConfigData" in asked[-1]:
                return
            connection.sendall(http(hosts.HEALTHY))

    with server(speak) as port:
        failure = the_failure(check_connection(Endpoint(f"http://127.0.0.1:{port}/"), {}, policy=POLICY))

    assert (failure.stage, failure.reason) == (Stage.CONFIG, "http.closed")
    assert len(asked) == 3


def test_a_service_that_refuses_the_namespace_of_its_own_wsdl_is_a_wrong_one() -> None:
    wsdl = b'<a soapAction="http://tempuri.org/IErpConnectorWS/WSGetConfigData"/>'
    posts: list[bytes] = []

    def reply(operation: Operation | None, body: bytes, line: str) -> bytes:
        if line.startswith("GET"):
            return http(wsdl)
        posts.append(body)
        return http(codec.write_fault("a:ActionNotSupported", "no"), "500 Error")

    with server(hosts.replying(reply)) as port:
        failure = the_failure(check_connector(Endpoint(f"http://127.0.0.1:{port}/"), policy=POLICY))

    assert (failure.stage, failure.reason) == (Stage.CONTRACT, "contract.wrong_service")
    assert len(posts) == 3  # the second with a slash at the end, the third without


@pytest.mark.parametrize(
    ("inner", "reason"),
    [(Failure(Stage.DNS, "dns.not_found"), "dns.not_found"), (TimeIsUp(), "connect.timeout")],
)
def test_an_error_that_wraps_one_of_ours_is_that_one(inner: Exception, reason: str) -> None:
    assert failure(connecting(), OSError("wrapped", inner)).reason == reason


def test_an_error_that_wraps_the_cancelling_is_that() -> None:
    with pytest.raises(Cancelled):
        failure(connecting(), OSError("wrapped", Cancelled()))


def connecting() -> Call:
    address = read_address("http://erp.example/", POLICY)
    call = Call(address, POLICY, Trust(), Deadline(10), NO_OBSERVER, system_resolve)
    call.stage = Stage.CONNECT
    return call
