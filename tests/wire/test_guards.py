"""No packet leaves for a forbidden address; time limits, cancelling and secrets hold against hostile servers."""

from __future__ import annotations

import base64
import socket
import sys
import threading
from typing import Any

import pytest

from tests.wire import hosts
from tests.wire.hosts import connector, dripping, hanging, http, server
from tests.wire.ways import WAYS, Way
from wizard.domain.check import Verdict
from wizard.domain.fields import FieldType
from wizard.outside import soap as codec
from wizard.outside.connector import CheckLimits, Endpoint, check_connection, check_connector
from wizard.outside.connector.checks.lists import MAX_LISTS
from wizard.outside.http import Policy, system_resolve
from wizard.outside.soap.contract import FieldMetadata, ListResult

CONFIG = "WSTestConfigData"


def test_a_name_that_resolves_to_a_forbidden_address_among_others_is_never_called() -> None:
    called = threading.Event()

    def speak(connection: socket.socket) -> None:
        called.set()

    with server(speak) as port:

        def resolve(host: str, expected: int) -> Any:
            return [(socket.AF_INET, ("127.0.0.1", port)), (socket.AF_INET, ("169.254.169.254", port))]

        endpoint = Endpoint(f"http://erp.example:{port}/")
        report = check_connector(endpoint, policy=Policy(loopback=True), resolve=resolve)

    assert "address.not_allowed" in [result.reason for result in report.results]
    assert not called.is_set()


def test_a_name_is_looked_up_once_and_the_connection_goes_to_the_address_that_was_judged() -> None:
    asked: list[str] = []
    with server(connector()) as port:

        def resolve(host: str, expected: int) -> Any:
            asked.append(host)
            address = "127.0.0.1" if len(asked) == 1 else "169.254.169.254"
            return [(socket.AF_INET, (address, port))]

        endpoint = Endpoint(f"http://erp.example:{port}/")
        report = check_connection(endpoint, {"Company": "A"}, policy=Policy(loopback=True), resolve=resolve)

    assert report.verdict == Verdict.WARNING  # for http to a name that may be anywhere
    assert asked == ["erp.example"]


class _Recorder:
    """What this process has connected to while somebody listens; Python's own audit events tell."""

    def __init__(self) -> None:
        self.reached: list[Any] | None = None
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        # connecting a datagram socket sends nothing
        if event == "socket.connect" and self.reached is not None and arguments[0].type == socket.SOCK_STREAM:
            self.reached.append(arguments[1])


@pytest.fixture(scope="module")
def recorder() -> _Recorder:
    return _Recorder()


@pytest.mark.parametrize(
    "way", [way for way in WAYS if way.reason == "address.not_allowed"], ids=lambda way: str(way.name)
)
def test_no_packet_leaves_for_a_forbidden_address(way: Way, recorder: _Recorder) -> None:
    reached: list[Any] = []
    recorder.reached = reached
    with way.place() as url:
        check_connector(
            Endpoint(url),
            policy=Policy(loopback=way.allow_loopback),
            resolve=way.resolve or system_resolve,
        )
    recorder.reached = None
    assert reached == []


def test_a_name_that_has_moved_to_a_forbidden_address_is_not_called_again(recorder: _Recorder) -> None:
    asked: list[str] = []
    closing = http(hosts.HEALTHY, "200 OK", hosts.TEXT_XML, "Connection: close")
    with server(hosts.sending(closing)) as port:

        def resolve(host: str, expected: int) -> Any:
            asked.append(host)
            return [(socket.AF_INET, ("127.0.0.1" if len(asked) == 1 else "169.254.169.254", port))]

        reached: list[Any] = []
        recorder.reached = reached
        endpoint = Endpoint(f"http://erp.example:{port}/")
        report = check_connection(endpoint, {"Company": "A"}, policy=Policy(loopback=True), resolve=resolve)
        recorder.reached = None

    assert len(asked) == 2
    assert reached == [("127.0.0.1", port)]
    assert report.results[-1].reason == "address.not_allowed"


def test_a_redirect_is_not_followed() -> None:
    reached = threading.Event()

    def elsewhere(connection: socket.socket) -> None:
        reached.set()

    with server(elsewhere) as other:
        redirect = http(b"", "302 Found", None, f"Location: http://127.0.0.1:{other}/")
        with server(hosts.sending(redirect)) as port:
            check_connector(Endpoint(f"http://127.0.0.1:{port}/"), policy=Policy(loopback=True))

    assert not reached.is_set()


@pytest.mark.parametrize(
    "speak",
    [hanging(), dripping(b"HTTP/1.1 200 OK\r\n", b"X: 1\r\n"), dripping(b"HTTP/1.1 200 OK\r\n\r\n", b" ")],
    ids=["silent", "dripping headers", "dripping body"],
)
def test_a_cancelled_check_ends_with_what_it_had_found(speak: hosts.Speak) -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 8

    with server(speak) as port:
        endpoint = Endpoint(f"http://127.0.0.1:{port}/")
        report = check_connector(endpoint, policy=Policy(loopback=True), cancelled=cancelled)

    assert report.verdict == Verdict.CANCELLED
    assert [result.stage for result in report.results][:3] == ["address", "dns", "connect"]


def counting(asked: list[str], answers: dict[str, bytes]) -> hosts.Speak:
    """A connector that notes what it is asked for, and is silent where it has no answer."""

    def speak(connection: socket.socket) -> None:
        while (request := hosts.read_request(connection))[0]:
            name = request[1]["soapaction"].strip('"').rpartition("/")[2]
            asked.append(name)
            if name in answers:
                connection.sendall(answers[name])

    return speak


def many_lists(count: int) -> bytes:
    fields = (FieldMetadata(field_key=f"F{n}", field_type=FieldType.LIST, list_name=f"L{n}") for n in range(count))
    return http(hosts.soap("WSGetConfigData", hosts.fields_result(*fields)))


def test_no_further_list_is_asked_for_once_the_time_for_lists_is_up() -> None:
    asked: list[str] = []
    with server(counting(asked, {"WSGetConfigData": many_lists(2000)})) as port:
        endpoint = Endpoint(f"http://127.0.0.1:{port}/")
        report = check_connector(endpoint, policy=Policy(loopback=True), limits=CheckLimits(3))

    assert asked == ["WSGetConfigData", "WSGetList"]
    assert report.results[-1].reason == "fields.list_unavailable"
    assert report.results[-1].facts["missing"] == "2000"
    assert len(report.results[-1].evidence) <= 200


@pytest.mark.parametrize(("count", "label"), [(40_000, ""), (30, "x" * 100_000)], ids=["many choices", "long ones"])
def test_lists_are_no_larger_together_than_a_form_can_hold(count: int, label: str) -> None:
    asked: list[str] = []
    items = ListResult(is_ok=True, list_items={str(n): label for n in range(count)})
    answers = {"WSGetConfigData": many_lists(20), "WSGetList": http(hosts.soap("WSGetList", items))}
    with server(counting(asked, answers)) as port:
        endpoint = Endpoint(f"http://127.0.0.1:{port}/")
        report = check_connector(endpoint, policy=Policy(loopback=True), limits=CheckLimits(300))

    assert asked.count("WSGetList") == 3
    assert [len(field.items or ()) for field in report.fields or ()][:4] == [count, count, 0, 0]
    assert ("list L2", "too many choices") in report.results[-1].evidence


def test_no_more_lists_are_asked_for_than_a_form_can_have() -> None:
    asked: list[str] = []
    items = ListResult(is_ok=True, list_items={"1": "One"})
    answers = {"WSGetConfigData": many_lists(MAX_LISTS + 2), "WSGetList": http(hosts.soap("WSGetList", items))}
    with server(counting(asked, answers)) as port:
        endpoint = Endpoint(f"http://127.0.0.1:{port}/")
        report = check_connector(endpoint, policy=Policy(loopback=True), limits=CheckLimits(300))

    assert asked.count("WSGetList") == MAX_LISTS
    assert report.results[-1].facts["missing"] == "2"
    assert (f"list L{MAX_LISTS}", "too many lists") in report.results[-1].evidence


def test_a_secret_in_the_name_of_a_header_shows_no_half_of_itself() -> None:
    odd = http(b"", "500 Error", "text/plain", "x" * 92 + "hunter2-hunter2: 1")
    with server(connector({CONFIG: odd})) as port:
        endpoint = Endpoint(f"http://127.0.0.1:{port}/")
        report = check_connection(endpoint, {"P": "hunter2-hunter2"}, ["hunter2-hunter2"], policy=Policy(loopback=True))

    assert "hunter" not in str(report)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_secret_in_a_body_of_another_encoding_is_blacked_out(encoding: str) -> None:
    odd = http("<x>hunter2</x>".encode(encoding), "500 Error", "text/plain")
    with server(connector({CONFIG: odd})) as port:
        endpoint = Endpoint(f"http://127.0.0.1:{port}/")
        report = check_connection(endpoint, {"P": "hunter2"}, ["hunter2"], policy=Policy(loopback=True))

    assert "hunter2" not in str(report).replace("\\x00", "").replace("\0", "")


@pytest.mark.parametrize(
    "spell",
    [
        str,
        lambda secret: secret.replace("&", "&amp;").replace("<", "&lt;"),
        lambda secret: base64.b64encode(secret.encode()).decode(),
        lambda secret: "p%26ss%3Cw%C3%B6rd",
        lambda secret: ("x" * 2040) + secret,
    ],
    ids=["plain", "as XML", "as base64", "in a URL", "across the cut"],
)
def test_a_secret_that_comes_back_is_blacked_out_in_every_spelling(spell: Any) -> None:
    secret = "p&ss<wörd"
    answer = http(codec.write_fault("s:Server", f"sa/{spell(secret)}", f"at Login({spell(secret)})"), "500 Error")
    with server(connector({CONFIG: answer})) as port:
        endpoint = Endpoint(f"http://127.0.0.1:{port}/")
        report = check_connection(endpoint, {"Password": secret}, [secret], policy=Policy(loopback=True))

    rendered = str([(each.facts, each.evidence) for each in report.results])
    for part in (secret, spell(secret)[-9:], "wörd"):
        assert part not in rendered


@pytest.mark.parametrize(
    ("greeting", "says"),
    [
        (b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u7\r\n", "it speaks SSH, not HTTP"),
        (b"220 mail.inside.example ESMTP Postfix 3.7\r\n", "it speaks FTP or SMTP, not HTTP"),
        (b"-ERR unknown command, inside.example\r\n", "it speaks Redis, not HTTP"),
        (b"inside.example at your service, version 1.2\r\n", "the answer does not begin as one of HTTP"),
    ],
)
def test_the_greeting_of_another_service_is_not_repeated(greeting: bytes, says: str) -> None:
    with server(hosts.sending(greeting)) as port:
        report = check_connector(Endpoint(f"http://127.0.0.1:{port}/"), policy=Policy(loopback=True))

    (failed,) = [result for result in report.results if result.reason == "http.not_http"]
    assert ("error", says) in failed.evidence
    assert "inside" not in repr(report)
    assert "OpenSSH" not in repr(report)
