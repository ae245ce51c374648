"""The call is the one that WCF's client makes, header by header."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.wire import certificates, hosts
from tests.wire.hosts import HEALTHY, http
from tests.wire.ways.servers import TLS_URL, fault_envelope, lookup
from wizard.outside.connector import Endpoint, check_connector
from wizard.outside.http import Policy, Trust

RECORDED = Path(__file__).parents[1] / "data/connector-contract/wcf-host"
ACTION = next(
    each["soap_action"] for each in json.loads((RECORDED / "index.json").read_text()) if each["case"] == "config-fields"
)
WCF_HEAD = (
    "POST /Services/ErpConnectorWS.svc?ConnectorName=Visma HTTP/1.1\r\n"
    "Content-Type: text/xml; charset=utf-8\r\n"
    f'SOAPAction: "{ACTION}"\r\n'
    "Host: {host}\r\n"
    "Content-Length: {length}\r\n"
    "Expect: 100-continue\r\n"
    "Connection: Keep-Alive\r\n"
    "\r\n"
)
"""What WCF's client of .NET Framework sends."""


def heard(into: SimpleQueue[bytes], *answers: bytes) -> hosts.Speak:
    """A host that gives an answer a request, and keeps what it was asked."""

    def speak(connection: socket.socket) -> None:
        for answer in answers:
            data = connection.recv(1 << 16)
            into.put(data)
            connection.sendall(answer)

    return speak


def test_the_head_of_a_call_is_that_of_wcf_but_for_expect() -> None:
    requests: SimpleQueue[bytes] = SimpleQueue()
    with hosts.server(heard(requests, http(HEALTHY))) as port:
        url = f"http://127.0.0.1:{port}/Services/ErpConnectorWS.svc?ConnectorName=Visma"
        check_connector(Endpoint(url), policy=Policy(loopback=True))

    head, _, body = requests.get_nowait().decode().partition("\r\n\r\n")
    expected = WCF_HEAD.format(host=f"127.0.0.1:{port}", length=len(body)).replace("Expect: 100-continue\r\n", "")
    assert f"{head}\r\n\r\n" == expected


def test_the_wsdl_is_read_without_a_name_of_ours() -> None:
    requests: SimpleQueue[bytes] = SimpleQueue()
    unknown = http(fault_envelope("x", "a:ActionNotSupported"), "500 Error")
    with hosts.server(heard(requests, unknown)) as port:
        check_connector(Endpoint(f"http://127.0.0.1:{port}/x.svc"), policy=Policy(loopback=True))

    requests.get_nowait()
    expected = f"GET /x.svc?wsdl HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Keep-Alive\r\n\r\n"
    assert requests.get_nowait().decode() == expected


@pytest.mark.parametrize("name", ["straße.test", "STRAẞE.test"])
def test_a_name_is_called_and_its_certificate_checked_as_browsers_and_windows_do(name: str) -> None:
    requests: SimpleQueue[bytes] = SimpleQueue()
    context = certificates.tls(host="xn--strae-oqa.test")
    asked: list[str | None] = []
    context.sni_callback = lambda _connection, host, _context: asked.append(host)
    with hosts.server(heard(requests, http(HEALTHY)), context) as port:
        url = TLS_URL.format(port=port).replace("localhost", name)
        report = check_connector(
            Endpoint(url, Trust(certificates.authority_pem())),
            policy=Policy(loopback=True),
            resolve=lookup("127.0.0.1"),
        )

    assert report.verdict == "passed", [(each.reason, each.evidence) for each in report.results if each.reason]
    assert asked == ["xn--strae-oqa.test"]
    assert f"\r\nHost: xn--strae-oqa.test:{port}\r\n".encode() in requests.get_nowait()


def test_a_server_that_refuses_a_bare_product_name_lets_the_call_in() -> None:
    def speak(connection: socket.socket) -> None:
        _, headers, _ = hosts.read_request(connection)
        refused = "user-agent" in headers and "Mozilla" not in headers["user-agent"]
        connection.sendall(http(b"no", "403 Forbidden", "text/plain") if refused else http(HEALTHY))

    with hosts.server(speak) as port:
        report = check_connector(Endpoint(f"http://127.0.0.1:{port}/x.svc"), policy=Policy(loopback=True))

    assert report.verdict == "passed"
