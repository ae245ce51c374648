"""Cases from the field, from the bytes of the server to the words: whoever reads them goes to the right person."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

import pytest

from tests.wire import hosts
from tests.wire import odd_certificates as odd
from tests.wire.hosts import HEALTHY, connector, http, sending
from tests.wire.ways import WAYS
from tests.wire.ways.servers import TLS_URL, fault_envelope
from wizard.domain.check import Outcome, Owner, StageResult
from wizard.messages import describe
from wizard.outside.connector import Endpoint, check_connector
from wizard.outside.http import Policy, Trust

URL = "http://127.0.0.1:{port}/Services/ErpConnectorWS.svc"
IIS = ("Server: Microsoft-IIS/10.0", "Allow: GET, HEAD, OPTIONS, TRACE")
PHP = b"<br />\n<b>Deprecated</b>:  Automatically populating x in <b>Unknown</b> on line <b>0</b><br />\n"
APACHE = b"<p>Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />"
LOGIN = "Location: /Account/Login?ReturnUrl=%2FServices%2FErpConnectorWS.svc"


@dataclass(frozen=True)
class Case:
    """What a server answers, and what has to be said of it: the reason, its owner, words that are there or are not."""

    reason: str
    owner: Owner
    answer: bytes
    has: tuple[str, ...]
    has_not: tuple[str, ...] = ()


def status(line: str, body: bytes = b"", *headers: str) -> bytes:
    return http(body, line, "text/html", *headers)


def fault(code: str, text: str) -> bytes:
    return http(fault_envelope(text, code), "500 Internal Server Error")


CASES = {
    "nginx wants https": Case(
        "http.unexpected_status",
        Owner.ADMIN,
        status("400 Bad Request", b"<title>400 The plain HTTP request was sent to HTTPS port</title>"),
        ("speaks https", "Begin the address with https://"),
        ("no connector gives",),
    ),
    "Apache wants https": Case(
        "http.unexpected_status", Owner.ADMIN, status("400 Bad Request", APACHE), ("speaks https",), ("firewall",)
    ),
    "a TLS alert": Case(
        "http.not_http", Owner.ADMIN, b"\x15\3\1\0\2\2\x46", ("speaks https",), ("not answer as a web",)
    ),
    "Azure, stopped": Case(
        "http.forbidden",
        Owner.PROVIDER,
        status("403 Site Disabled", b"<title>Web App - Unavailable</title>Error 403 - This web app is stopped."),
        ("stopped", "started"),
        ("firewall",),
    ),
    "Cloudflare, 521": Case(
        "http.unavailable",
        Owner.PROVIDER,
        status("521 <none>", b"error code: 521", "Server: cloudflare"),
        ("Cloudflare answers for", "server behind it"),
        ("no connector gives",),
    ),
    "Cloudflare, 526": Case(
        "http.unavailable",
        Owner.PROVIDER,
        status("526 <none>", b"error code: 526", "Server: cloudflare"),
        ("refuses the certificate of the server behind",),
    ),
    "IIS, 405": Case(
        "http.method_not_allowed",
        Owner.PROVIDER,
        status("405 Method Not Allowed", b"", *IIS),
        ("instead of running it", "HTTP Activation"),
        ("POST allowed",),
    ),
    "IIS, 404.17 in another language": Case(
        "http.not_found",
        Owner.PROVIDER,
        status("404 Not Found", "<h2>HTTP-Fehler 404.17 – Nicht gefunden</h2>".encode()),
        ("HTTP Activation",),
        ("Compare the address",),
    ),
    "a sign-in": Case(
        "http.redirect",
        Owner.PROVIDER,
        status("302 Found", b"", LOGIN),
        ("sign-in", "let through without a sign-in"),
        ("enter it", "Account/Login"),
    ),
    "another address": Case(
        "http.redirect",
        Owner.PROVIDER,
        status("301 Moved", b"", "Location: /v2/ErpConnectorWS.svc"),
        ("/v2/ErpConnectorWS.svc is the connector's address, enter it",),
    ),
    "WCF's message security": Case(
        "contract.fault",
        Owner.PROVIDER,
        fault("o:InvalidSecurity", "An error occurred when verifying security for the message."),
        ("credentials in the SOAP header", "basicHttpBinding"),
        ("log",),
    ),
    "Axis' message security": Case(
        "contract.fault",
        Owner.PROVIDER,
        fault("x:y", "WSDoAllReceiver: Request does not contain required Security header"),
        ("credentials in the SOAP header",),
    ),
    "PHP, before the answer": Case(
        "contract.html",
        Owner.PROVIDER,
        http(PHP + b'<?xml version="1.0"?>\n' + HEALTHY, "200 OK", "text/html"),
        ("PHP has written a message", "display_errors"),
        ("for people", "help or sign-in"),
    ),
    "Java's name for the result": Case(
        "contract.misread",
        Owner.PROVIDER,
        http(HEALTHY.replace(b"WSGetConfigDataResult", b"return")),
        ("called “return” and should be WSGetConfigDataResult",),
        ("nil", "refuses"),
    ),
    "a status of its own": Case(
        "http.unexpected_status",
        Owner.PROVIDER,
        status("455 Blocked by policy", b"<h1>no</h1>"),
        ("status 455 and says: “Blocked by policy”",),
        ("no connector gives",),
    ),
    "a fault of its own": Case(
        "contract.fault", Owner.PROVIDER, fault("s:Server", "The ledger is closed"), ("“The ledger is closed”",)
    ),
    "markup in a title": Case(
        "http.forbidden",
        Owner.PROVIDER,
        status("403 Forbidden", b"<title>&lt;b&gt;No&lt;/b&gt;\n way\x1b[2J</title>"),
        ("Its answer says: “<b>No</b> way [2J”",),
    ),
}


def failed(url: str, port: int, given: str | None = None) -> StageResult:
    report = check_connector(Endpoint(url.format(port=port), Trust(given)), policy=Policy(loopback=True))
    return next(result for result in report.results if result.outcome == Outcome.FAILED)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_the_answer_says_is_used(case: Case) -> None:
    with hosts.server(sending(case.answer)) as port:
        result = failed(URL, port)

    words = describe(result)
    said = f"{words.says} {words.what_to_do}"
    assert (result.reason, result.owner) == (case.reason, case.owner)
    assert [text for text in case.has if text not in said] == []
    assert [text for text in case.has_not if text in said] == []


def _only_between() -> ssl.SSLContext:
    return odd.shown(odd.own(), odd.between())


def test_the_server_s_own_certificate_given_as_authority_is_named_and_whose_is_needed() -> None:
    with hosts.server(connector(), _only_between()) as port:
        words = describe(failed(TLS_URL, port, odd.own().pem.decode()))

    assert "is the server's own. It was issued by Nordic Issuing CA" in words.says
    assert "Give the certificate of Nordic Issuing CA" in (words.what_to_do or "")


def test_of_an_authority_in_between_the_missing_root_is_named() -> None:
    with hosts.server(connector(), _only_between()) as port:
        words = describe(failed(TLS_URL, port, odd.between().pem.decode()))

    root = odd.authority().certificate.subject.rfc4514_string()
    assert "is one in between. Its root, " in words.says
    assert root.partition("CN=")[2].partition(",")[0] in words.says or root[:20] in words.says


@pytest.mark.parametrize(
    "way", [way for way in WAYS if way.reason == "tls.hostname_mismatch"], ids=lambda way: way.name
)
def test_no_sentence_says_that_a_name_is_not_that_name(way) -> None:
    with way.place() as url:
        report = way.go(url)

    says = next(describe(result).says for result in report.results if result.reason == way.reason)
    host = url.split("/")[2].rpartition(":")[0]
    assert says.count(host) == 1
