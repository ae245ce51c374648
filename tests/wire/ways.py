"""Every reason, and the ways in which a real server brings it about."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import tempfile
import threading
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import trustme
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.wire import hosts
from tests.wire.hosts import HEALTHY, connector, dripping, hanging, http, later, sending, soap
from wizard.domain.check import Stage
from wizard.domain.fields.field import FieldType
from wizard.outside import soap as codec
from wizard.outside.connector import (
    CheckLimits,
    CheckOptions,
    CheckReport,
    Endpoint,
    check_connection,
    check_connector,
    save_connection,
)
from wizard.outside.http import Endpoints, Policy, Resolve, Trust
from wizard.outside.soap.contract import (
    DATA_CONTRACT_DEFAULT,
    OPERATIONS,
    UNKNOWN_CONNECTION_ID,
    ZERO_GUID,
    FieldMetadata,
    FieldsResult,
    ListResult,
    Namespaces,
    Operation,
    Result,
    State,
    StringsResult,
)

SECRET = "hunter2"


@dataclass(frozen=True)
class Way:
    """One way to a reason. `url` has `{port}` where the host's is; `test` and `save` go on beyond the connector."""

    reason: str
    name: str
    speak: hosts.Speak | None = None
    url: str = "http://127.0.0.1:{port}/x.svc"
    tls: Callable[[], ssl.SSLContext] | None = None
    trusted: bool = True
    goes: str = "check"
    stage: Stage | None = None
    seconds: float = 10.0
    resolve: Resolve | None = None
    allow_loopback: bool = True

    @property
    def expected_stage(self) -> Stage:
        return self.stage or Stage(self.reason.partition(".")[0])

    @contextmanager
    def place(self) -> Iterator[str]:
        """The URL, with its host running."""
        if self.speak is None:
            yield self.url
            return
        special = {hosts.FULL: hosts.full, hosts.REFUSING: hosts.refusing}.get(self.speak)
        with special() if special else hosts.server(self.speak, self.tls() if self.tls else None) as port:
            yield self.url.format(port=port)

    def go(self, url: str) -> CheckReport:
        """The check that it asks for, of the place at this URL."""
        endpoint = Endpoint(url, Trust(hosts.authority_pem() if self.trusted else None))
        options: CheckOptions = {
            "policy": Policy(loopback=self.allow_loopback),
            "limits": CheckLimits(self.seconds),
        }
        if self.resolve is not None:
            options["resolve"] = self.resolve
        match self.goes:
            case "test":
                return check_connection(endpoint, {"Password": SECRET}, [SECRET], **options)
            case "save":
                return save_connection(endpoint, ZERO_GUID, {"Password": SECRET}, [SECRET], **options)
            case _:
                return check_connector(endpoint, **options)


def _fault(text: str, code: str = "s:Server", detail: str = "") -> bytes:
    return codec.write_fault(code, text, detail)


def _changed(before: str, after: str) -> bytes:
    text = HEALTHY.decode()
    assert before in text
    return text.replace(before, after).encode()


def _raise(error: Exception) -> Resolve:
    def resolve(host: str, port: int) -> Endpoints:
        raise error

    return resolve


def _hang(host: str, port: int) -> Endpoints:
    threading.Event().wait(5)
    return []


def _addresses(*addresses: str) -> Resolve:
    def resolve(host: str, port: int) -> Endpoints:
        return [(socket.AF_INET6 if ":" in each else socket.AF_INET, (each, port)) for each in addresses]

    return resolve


def _may_have_a_certificate() -> ssl.SSLContext:
    context = hosts.tls()
    context.verify_mode = ssl.CERT_OPTIONAL
    return context


def _odd_extension() -> ssl.SSLContext:
    oid = x509.ObjectIdentifier("1.3.6.1.4.1.99999.1")
    return hosts.issued(odd=x509.UnrecognizedExtension(oid, b"\x05\0"))


def _for_clients() -> ssl.SSLContext:
    return hosts.issued(usage=ExtendedKeyUsageOID.CLIENT_AUTH)


def _expired_between() -> ssl.SSLContext:
    return hosts.issued(between_until=-3)


def _without_its_authority() -> ssl.SSLContext:
    return hosts.tls(by=trustme.CA().create_child_ca(), alone=True)


def _tickets() -> ssl.SSLContext:
    """Sends session tickets for some seconds before anything else."""
    context = hosts.tls()
    context.num_tickets = 500_000
    return context


def _weak_cipher() -> ssl.SSLContext:
    context = hosts.tls()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("CAMELLIA256-SHA:@SECLEVEL=0")
    return context


def _alert(code: int) -> hosts.Speak:
    """A host that answers the greeting of TLS with a fatal alert."""

    def speak(connection: socket.socket) -> None:
        connection.recv(1 << 16)
        connection.sendall(bytes((21, 3, 3, 0, 2, 2, code)))
        connection.recv(1)

    return speak


def _greeting_for_ever(connection: socket.socket) -> None:
    """A caller ignores a HelloRequest while it shakes hands (RFC 5246 section 7.4.1.1)."""
    connection.recv(1 << 16)
    while True:
        connection.sendall(b"\x16\x03\x03\0\x04\0\0\0\0" * 4000)


def _garbage(connection: socket.socket) -> None:
    connection.recv(1 << 16)
    connection.sendall(b"\0" * 100)
    connection.recv(1)


def _greeting(connection: socket.socket) -> None:
    connection.sendall(b"220 mail.example ESMTP ready\r\n")
    connection.recv(1 << 16)
    connection.recv(1)


def _half_greeting(connection: socket.socket) -> None:
    connection.recv(1 << 16)
    connection.sendall(bytes((22, 3, 3, 0, 80, 2)))
    connection.recv(1)


def _old_tls(newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_1) -> ssl.SSLContext:
    context = hosts.tls()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that it is deprecated is the point
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = newest
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def _asks_for_a_certificate(version: ssl.TLSVersion) -> Callable[[], ssl.SSLContext]:
    def make() -> ssl.SSLContext:
        context = hosts.tls()
        context.maximum_version = version
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=hosts.authority_pem())
        return context

    return make


def _self_signed() -> ssl.SSLContext:
    with tempfile.TemporaryDirectory() as folder:
        return hosts.self_signed(folder)


def _silent(connection: socket.socket) -> None:
    connection.recv(1 << 20)
    connection.recv(1)


def _cut(connection: socket.socket) -> None:
    """Breaks off in the middle of a healthy answer."""
    hosts.read_request(connection)
    connection.sendall(http(HEALTHY)[:-40])


def _gone(connection: socket.socket) -> None:
    connection.recv(1)


def _nothing(connection: socket.socket) -> None:
    """Closes as soon as the connection stands."""


def _reset(connection: socket.socket) -> None:
    hosts.read_request(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _plain_http_answer(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


def _told(*headers: str) -> bytes:
    """A healthy answer that has these headers too."""
    lines = ("HTTP/1.1 200 OK", "Content-Type: text/xml", *headers, "", "")
    return "\r\n".join(lines).encode() + HEALTHY


_CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n"
_ONE_CHUNK = b"%x\r\n%s\r\n0\r\n\r\n" % (len(HEALTHY), HEALTHY)
_LATIN = HEALTHY.replace(b"Company", b"Soci\xe9t\xe9")
_UNDERSTAND = '<s:Header><x:sign xmlns:x="urn:x" s:mustUnderstand="1">1</x:sign></s:Header><s:Body>'
_TYPED = '<FieldMetadataInfoWS i:type="FieldMetadataInfoWS"/>' * 2000 + "<FieldMetadataInfoWS>"
_FAULT_12 = (
    f'<s:Envelope xmlns:s="{codec.SOAP}"><s:Body><f:Fault xmlns:f="{codec.SOAP_12}"><f:Code><f:Value>f:Receiver'
    "</f:Value></f:Code><f:Reason><f:Text>boom</f:Text></f:Reason></f:Fault></s:Body></s:Envelope>"
).encode()
_UTF_16 = '<?xml version="1.0" encoding="utf-16"?>'
_XOP = '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:1" />'
_NIL_FIELD = '<FieldMetadataInfoWS i:nil="true" /><FieldMetadataInfoWS>'
_ELSEWHERE = codec.write_result(OPERATIONS["WSTestConfigData"], Result(is_ok=True), Namespaces()).replace(
    b"</s:Body>", b'<multiRef id="id0"><IsOk>false</IsOk><State>Error</State></multiRef></s:Body>'
)
TLS_URL = "https://localhost:{port}/x.svc"
CONFIG = "WSTestConfigData"


def _status(code: str, *headers: str) -> hosts.Speak:
    return sending(http(b"no", code, "text/plain", *headers))


def _packed(name: str, body: bytes) -> bytes:
    return http(body, "200 OK", hosts.TEXT_XML, f"Content-Encoding: {name}")


def _attributes(count: int) -> str:
    return "".join(f" a{n:x}=''" for n in range(count))


def _with_prefixes(count: int) -> bytes:
    return b"<s:Envelope " + b" ".join(b"xmlns:a%x='u'" % n for n in range(count)) + b" "


def _bomb(size: int, pack: Callable[[bytes], bytes]) -> bytes:
    return pack(b"<a>" + b" " * size)


def _answer(result: Result) -> dict[str, bytes]:
    return {CONFIG: http(soap(CONFIG, result))}


def _fields(*declared: FieldMetadata, **more: object) -> hosts.Speak:
    result = FieldsResult(is_ok=True, field_meta_data_objects=declared, **more)  # type: ignore[arg-type]
    return connector({"WSGetConfigData": http(soap("WSGetConfigData", result))})


def _saying(operation: str, **members: object) -> hosts.Speak:
    """A connector that is healthy but for what it says to one operation."""
    return connector({operation: http(soap(operation, OPERATIONS[operation].result(**members)))})


def _out_of_order(operation: str) -> bytes:
    body = soap(operation, OPERATIONS[operation].result(is_ok=True))
    return body.replace(b"<IsOk>true</IsOk><State>Ok</State>", b"<State>Ok</State><IsOk>true</IsOk>")


def _cut_at(operation: str) -> hosts.Speak:
    """A connector that breaks off in the middle of its answer to one operation."""

    def speak(connection: socket.socket) -> None:
        while True:
            line, headers, _ = hosts.read_request(connection)
            if not line:
                return
            if headers["soapaction"].strip('"').endswith(f"/{operation}"):
                connection.sendall(http(HEALTHY)[:-40])
                return
            connection.sendall(http(HEALTHY))

    return speak


def _only_as_tempuri(operation: Operation | None, body: bytes, line: str) -> bytes:
    """A connector that knows its operations under its own namespace only, which its WSDL tells."""
    if line.startswith("GET"):
        action = "http://tempuri.org/IErpConnectorWS/WSGetConfigData"
        return http(f'<x targetNamespace="http://tempuri.org/"><a soapAction="{action}"/>'.encode())
    if b"tempuri" not in body:
        return http(_fault("x", "a:ActionNotSupported"), "500 Error")
    own = Namespaces("http://tempuri.org/", "http://tempuri.org/")
    return http(soap("WSGetConfigData", hosts.fields_result(), own))


def _silent_at(operation: str, first: bytes = http(HEALTHY)) -> hosts.Speak:
    """A connector that never answers to one operation."""

    def speak(connection: socket.socket) -> None:
        while True:
            line, headers, _ = hosts.read_request(connection)
            if not line:
                return
            name = headers.get("soapaction", "").strip('"').rpartition("/")[2]
            if name == "WSGetConfigData":
                connection.sendall(first)
            elif name != operation:
                connection.sendall(http(soap(name, OPERATIONS[name].result(is_ok=True))))

    return speak


_TYPES = "WSGetSupportedActorTypes"
_LIST = FieldMetadata(field_key="Ledger", field_type=FieldType.LIST, list_name="Ledgers")
_NAMESPACE = "http://www.superoffice.net/EIS/Connector/1.0"

WAYS: tuple[Way, ...] = (
    # address
    Way("address.empty", "nothing", url=""),
    Way("address.empty", "spaces", url="   "),
    Way("address.malformed", "no scheme", url="erp.example/x.svc"),
    Way("address.malformed", "a backslash", url="https://erp.example\\@evil.example/"),
    Way("address.malformed", "a line break", url="https://erp.example/\r\nHost: evil"),
    Way("address.malformed", "something behind an IPv6 address", url="http://[::1]x:80/"),
    Way("address.malformed", "a password without slashes", url="https:sa:hunter2@erp.example/"),
    Way("address.malformed", "no host", url="https:///x.svc"),
    Way("address.malformed", "a port that is none", url="https://erp.example:99999/"),
    Way("address.unsupported_scheme", "ftp", url="ftp://erp.example/"),
    Way("address.unsupported_scheme", "plugin", url="plugin://connector"),
    Way("address.unsupported_scheme", "javascript", url="javascript:alert(1)"),
    Way("address.app_scheme", "app", url="app://1a2b3c"),
    Way("address.credentials", "a password", url="https://sa:hunter2@erp.example/"),
    Way("address.credentials", "a user", url="https://sa@erp.example/"),
    Way("address.too_long", "1024 characters", url="https://erp.example/" + "x" * 1004),
    Way("address.not_allowed", "loopback", url="http://127.0.0.1/", allow_loopback=False),
    Way("address.not_allowed", "link-local", url="http://169.254.169.254/latest/meta-data"),
    Way("address.not_allowed", "decimal", url="http://2852039166/"),
    Way("address.not_allowed", "octal", url="http://0251.0376.0251.0376/"),
    Way("address.not_allowed", "hexadecimal", url="http://0xa9fea9fe/"),
    Way("address.not_allowed", "a trailing dot", url="http://169.254.169.254./"),
    Way("address.not_allowed", "mapped", url="http://[::ffff:169.254.169.254]/"),
    Way("address.not_allowed", "NAT64", url="http://[64:ff9b::a9fe:a9fe]/"),
    Way("address.not_allowed", "full-width digits", url="http://１６９.254.169.254/"),
    Way("address.not_allowed", "a zone", url="http://[fe80::1%25eth0]/"),
    Way(
        "address.not_allowed",
        "a name that is one",
        url="http://erp.example/",
        resolve=_addresses("169.254.169.254"),
        stage=Stage.DNS,
    ),
    Way(
        "address.not_allowed",
        "one of several",
        url="http://erp.example/",
        resolve=_addresses("192.0.2.1", "169.254.169.254"),
        stage=Stage.DNS,
    ),
    Way(
        "address.plain_http",
        "http to another machine",
        url="http://erp.example/",
        resolve=_raise(socket.gaierror(socket.EAI_NONAME, "no")),
    ),
    # dns
    Way(
        "dns.not_found",
        "an unknown name",
        url="https://no-such-host.invalid/",
        resolve=_raise(socket.gaierror(socket.EAI_NONAME, "no")),
    ),
    Way("dns.not_found", "no addresses", url="https://erp.example/", resolve=_addresses()),
    Way(
        "dns.temporary",
        "the name server is silent",
        url="https://erp.example/",
        resolve=_raise(socket.gaierror(socket.EAI_AGAIN, "try again")),
    ),
    Way(
        "dns.temporary",
        "the resolver hangs",
        url="https://erp.example/",
        resolve=_hang,
        seconds=0.5,
    ),
    # connect
    Way("connect.refused", "nobody listens", hosts.REFUSING),
    Way("connect.timeout", "nobody takes the connection", hosts.FULL, "http://127.0.0.1:{port}/", seconds=1.0),
    Way("connect.unreachable", "no way there", url="http://127.255.255.255:9/"),
    # tls
    Way("tls.self_signed", "signed by itself", connector(), TLS_URL, _self_signed),
    Way("tls.unknown_ca", "a strange authority", connector(), TLS_URL, lambda: hosts.tls(by=trustme.CA())),
    Way("tls.unknown_ca", "its own certificate alone", connector(), TLS_URL, _without_its_authority),
    Way("tls.unknown_ca", "an own authority that was not given", connector(), TLS_URL, hosts.tls, trusted=False),
    Way("tls.expired", "ended", connector(), TLS_URL, lambda: hosts.tls(-90, -3)),
    Way("tls.not_yet_valid", "begins later", connector(), TLS_URL, lambda: hosts.tls(3, 90)),
    Way("tls.hostname_mismatch", "another name", connector(), TLS_URL, lambda: hosts.tls(host="other.example")),
    Way("tls.hostname_mismatch", "an address that it has not", connector(), "https://127.0.0.1:{port}/", hosts.tls),
    Way("tls.protocol", "TLS 1.1 at most", connector(), TLS_URL, _old_tls),
    Way("tls.not_tls", "plain http on the port", _plain_http_answer, TLS_URL),
    Way("tls.not_tls", "cut in the handshake", _gone, TLS_URL),
    Way(
        "tls.client_certificate",
        "asked for in TLS 1.2",
        connector(),
        TLS_URL,
        _asks_for_a_certificate(ssl.TLSVersion.TLSv1_2),
    ),
    Way(
        "tls.client_certificate",
        "asked for in TLS 1.3",
        connector(),
        TLS_URL,
        _asks_for_a_certificate(ssl.TLSVersion.TLSv1_3),
    ),
    Way("tls.client_certificate", "refused without one", _alert(49), TLS_URL),
    Way("tls.hostname_mismatch", "no certificate for the name", _alert(112), TLS_URL),
    Way("tls.protocol", "an alert before anything", _alert(40), TLS_URL),
    Way("tls.protocol", "a server in trouble", _alert(80), TLS_URL),
    Way("tls.protocol", "a certificate for something else", connector(), TLS_URL, _for_clients),
    Way("tls.expired", "the authority's in between", connector(), TLS_URL, _expired_between),
    Way("tls.protocol", "TLS 1.0 at most", connector(), TLS_URL, lambda: _old_tls(ssl.TLSVersion.TLSv1)),
    Way("tls.protocol", "no cipher in common", connector(), TLS_URL, _weak_cipher),
    Way("http.closed", "cut where no certificate had to be shown", _cut, TLS_URL, _may_have_a_certificate),
    Way("tls.protocol", "an extension that nobody knows", connector(), TLS_URL, _odd_extension),
    Way("tls.not_tls", "garbage", _garbage, TLS_URL),
    Way("tls.not_tls", "a greeting of a mail server", _greeting, TLS_URL),
    Way("tls.expired", "ended a second ago", connector(), TLS_URL, lambda: hosts.tls(-90, 0)),
    Way("tls.timeout", "half of a greeting", _half_greeting, TLS_URL, seconds=1.0),
    Way("tls.timeout", "silent after the connection", _silent, TLS_URL, seconds=1.0),
    Way("tls.timeout", "greeted for ever", _greeting_for_ever, TLS_URL, seconds=1.0),
    # http
    Way("http.not_found", "404", _status("404 Not Found")),
    Way("http.not_found", "410", _status("410 Gone")),
    Way("http.auth_required", "401", _status("401 Unauthorized", 'WWW-Authenticate: Basic realm="x"')),
    Way("http.auth_required", "407", _status("407 Proxy Authentication Required")),
    Way("http.forbidden", "403", _status("403 Forbidden")),
    Way("http.redirect", "to itself", _status("302 Found", "Location: /x.svc")),
    Way("http.redirect", "to another host", _status("301 Moved Permanently", "Location: https://evil.example/")),
    Way(
        "http.redirect",
        "to a link-local address",
        _status("307 Temporary Redirect", "Location: http://169.254.169.254/"),
    ),
    Way("http.redirect", "without a place", _status("308 Permanent Redirect")),
    Way("http.redirect", "300", _status("300 Multiple Choices")),
    Way(
        "http.too_large",
        "a redirect with an endless body",
        dripping(b"HTTP/1.1 302 Found\r\nLocation: /y.svc\r\n\r\n", b" " * (1 << 20)),
    ),
    Way(
        "http.too_large",
        "a redirect with a gzip bomb",
        later(
            lambda: sending(
                http(
                    _bomb(200 << 20, gzip.compress),
                    "302 Found",
                    hosts.TEXT_XML,
                    "Location: /y",
                    "Content-Encoding: gzip",
                )
            )
        ),
    ),
    Way("http.method_not_allowed", "405", _status("405 Method Not Allowed")),
    Way("http.unsupported_media", "415", _status("415 Unsupported Media Type")),
    Way("http.rate_limited", "429", _status("429 Too Many Requests", "Retry-After: 60")),
    Way("http.server_error", "500", _status("500 Internal Server Error")),
    Way("http.server_error", "500 and empty, as PHP", sending(http(b"", "500 Internal Server Error", "text/html"))),
    Way("http.unavailable", "502", _status("502 Bad Gateway")),
    Way("http.unavailable", "503", _status("503 Service Unavailable")),
    Way("http.unavailable", "504", _status("504 Gateway Timeout")),
    Way("http.unexpected_status", "400", _status("400 Bad Request")),
    Way("http.unexpected_status", "206", sending(http(HEALTHY, "206 Partial Content"))),
    Way("http.unexpected_status", "418", _status("418 I'm a teapot")),
    Way("http.unexpected_status", "101", sending(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")),
    Way("http.unexpected_status", "103", sending(b"HTTP/1.1 103 Early Hints\r\n\r\n" + http(HEALTHY))),
    Way("http.unexpected_status", "202 with an answer", sending(http(HEALTHY, "202 Accepted"))),
    Way("http.unexpected_status", "304", sending(b"HTTP/1.1 304 Not Modified\r\n\r\n")),
    Way("http.unexpected_status", "999", _status("999 Unknown")),
    Way("http.server_error", "500 with an answer", sending(http(HEALTHY, "500 Internal Server Error"))),
    Way("http.server_error", "500 with a web page", sending(http(b"<html></html>", "500 Error", "text/html"))),
    Way("http.timeout", "no answer", hanging(), seconds=1.0),
    Way("http.timeout", "headers drip", dripping(b"HTTP/1.1 200 OK\r\n", b"X-Drip: 1\r\n"), seconds=1.0),
    Way(
        "http.timeout",
        "the body drips",
        dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"<"),
        seconds=1.0,
    ),
    Way("http.timeout", "the body stops", hanging(http(b"<s:Env", length=500)), seconds=1.0),
    Way("http.timeout", "endless 100 Continue", dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), seconds=1.0),
    Way("http.timeout", "endless session tickets", connector(), TLS_URL, _tickets, seconds=1.0),
    Way("http.timeout", "the status stops", hanging(b"HTTP/1.1 20"), seconds=1.0),
    Way(
        "http.timeout",
        "endless trailers",
        dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n<\r\n0\r\n", b"X: 1\r\n" * 100),
        seconds=1.0,
    ),
    Way("http.closed", "cut while it was asked", _gone),
    Way("http.closed", "reset", _reset),
    Way("http.closed", "cut in the status", sending(b"HTTP/1.1 200")),
    Way("http.closed", "cut between two headers", sending(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n")),
    Way("http.closed", "cut before the empty line", sending(b"HTTP/1.1 200 OK\r\nServer: x\r\n\r")),
    Way("http.closed", "cut after the TLS handshake", _nothing, TLS_URL, hosts.tls),
    Way("http.closed", "a chunk of less than nothing", sending(_CHUNKED + b"-5\r\nabc\r\n0\r\n\r\n")),
    Way("http.closed", "a chunk of everything", sending(_CHUNKED + b"ffffffffffffffff\r\nabc")),
    Way("http.closed", "no last chunk", sending(_CHUNKED + b"%x\r\n%s\r\n" % (len(HEALTHY), HEALTHY))),
    *(
        Way(
            "http.closed",
            f"a chunk's length with {sign}",
            sending(_CHUNKED + sign.encode() + _ONE_CHUNK),
        )
        for sign in ("0x", "+", "0_")
    ),
    Way("http.closed", "cut before an answer", sending()),
    Way("http.closed", "cut in the headers", sending(b"HTTP/1.1 200 OK\r\nContent-Ty")),
    Way("http.closed", "Content-Length too long", sending(http(HEALTHY, length=len(HEALTHY) + 100))),
    Way(
        "http.closed", "cut in a chunk", sending(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n<s:Env")
    ),
    Way(
        "http.closed", "a chunk that is none", sending(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")
    ),
    Way("http.too_large", "9 MB", later(lambda: sending(http(b"<a>" + b" " * (9 << 20))))),
    Way(
        "http.too_large",
        "a gzip bomb",
        later(
            lambda: sending(http(_bomb(200 << 20, gzip.compress), "200 OK", hosts.TEXT_XML, "Content-Encoding: gzip"))
        ),
    ),
    Way(
        "http.too_large",
        "a deflate bomb",
        later(
            lambda: sending(
                http(_bomb(200 << 20, zlib.compress), "200 OK", hosts.TEXT_XML, "Content-Encoding: deflate")
            )
        ),
    ),
    Way("http.too_large", "an endless body", dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"<a>" * 400_000)),
    Way(
        "http.too_large",
        "many small gzips",
        later(
            lambda: sending(
                http(gzip.compress(b" " * (1 << 20)) * 60, "200 OK", hosts.TEXT_XML, "Content-Encoding: gzip")
            )
        ),
    ),
    Way("http.not_http", "a secure shell", sending(b"SSH-2.0-OpenSSH_9.2\r\n")),
    Way("http.not_http", "another protocol that never ends", dripping(b"", b"\0" * 70_000)),
    Way("http.not_http", "a status that is none", sending(b"HTTP/1.1 1000 OK\r\n\r\n")),
    Way("http.not_http", "a header that is none", sending(_told("garbage"))),
    Way("http.not_http", "a header with a blank in its name", sending(_told("Content-Type : text/xml"))),
    Way("http.not_http", "a length below nothing", sending(_told("Content-Length: -5"))),
    Way("http.not_http", "a length that is no number", sending(_told("Content-Length: many"))),
    Way("http.not_http", "two lengths", sending(_told("Content-Length: 5", "Content-Length: 900"))),
    Way("http.not_http", "a length beyond measure", sending(_told("Content-Length: " + "9" * 30))),
    Way("http.not_http", "a chunk's extension without an end", sending(_CHUNKED + b"5;" + b"a" * 200_000)),
    Way("http.not_http", "a mail server", sending(b"220 mail.example ESMTP ready\r\n")),
    Way("http.not_http", "HTTP/0.9", sending(b"<html>hello</html>")),
    Way("http.not_http", "HTTP/2", sending(b"HTTP/2.0 200 OK\r\n\r\n")),
    Way(
        "http.not_http",
        "many headers",
        sending(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(500)) + b"\r\n"),
    ),
    Way("http.not_http", "a huge header", sending(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n")),
    # contract
    Way(
        "contract.html",
        "a web page",
        sending(http(b"<!DOCTYPE html><html><body>Hello</body></html>", "200 OK", "text/html")),
    ),
    Way("contract.html", "a web page that says it is XML", sending(http(b"<html><body>Hello</body></html>"))),
    Way(
        "contract.html",
        "a PHP error with a password",
        sending(http(b"<br/><b>Fatal error</b>: sa/hunter2", "200 OK", "text/html")),
    ),
    Way("contract.html", "a piece of a web page", sending(http(b"<p>Not here</p>", "200 OK", "text/html"))),
    Way("contract.html", "behind a comment", sending(http(b"<!-- proxy --> <HTML><p>Log in</HTML>"))),
    Way("contract.html", "behind a BOM", sending(http(b"\xef\xbb\xbf<!DOCTYPE HTML><p>Log in"))),
    Way("contract.html", "as XHTML", sending(http(b"<html/>", "200 OK", "application/xhtml+xml"))),
    Way("contract.empty", "no bytes", sending(http(b""))),
    Way("contract.empty", "204", sending(b"HTTP/1.1 204 No Content\r\n\r\n")),
    Way("contract.empty", "white space", sending(http(b" \r\n "))),
    Way("contract.not_xml", "JSON", sending(http(b'{"fields": []}', "200 OK", "application/json"))),
    Way("contract.not_xml", "text", sending(http(b"It works", "200 OK", "text/plain"))),
    Way(
        "contract.not_xml",
        "MTOM",
        sending(
            http(
                b"--uuid\r\nContent-Type: application/xop+xml\r\n\r\n" + HEALTHY,
                "200 OK",
                'multipart/related; type="application/xop+xml"',
            )
        ),
    ),
    Way(
        "contract.not_xml",
        "an unknown encoding",
        sending(http(gzip.compress(HEALTHY), "200 OK", hosts.TEXT_XML, "Content-Encoding: br")),
    ),
    Way(
        "contract.not_xml",
        "a broken gzip",
        sending(http(b"this is no gzip", "200 OK", hosts.TEXT_XML, "Content-Encoding: gzip")),
    ),
    *(
        Way(
            "contract.not_xml",
            f"packed as {name}",
            sending(http(body, "200 OK", hosts.TEXT_XML, f"Content-Encoding: {name}")),
        )
        for name, body in (
            ("gzip, gzip", gzip.compress(gzip.compress(HEALTHY))),
            ("GZIP", gzip.compress(HEALTHY)),
            ("x-gzip", gzip.compress(HEALTHY)),
        )
    ),
    Way("contract.not_xml", "JSON that says it is XML", sending(http(b'{"fields": []}'))),
    Way(
        "contract.not_xml",
        "a gzip with a wrong sum",
        sending(
            http(gzip.compress(HEALTHY)[:-8] + b"12345678", "200 OK", hosts.TEXT_XML, "Content-Encoding: gzip"),
        ),
    ),
    Way(
        "contract.not_xml",
        "packed sixty times",
        sending(http(HEALTHY, "200 OK", hosts.TEXT_XML, "Content-Encoding: " + ", ".join(["gzip"] * 60))),
    ),
    Way("contract.malformed_xml", "2,500,000 open elements", later(lambda: sending(http(b"<a>" * 2_500_000)))),
    Way(
        "contract.malformed_xml",
        "a million attributes",
        later(lambda: sending(http(_changed("<IsOk>", f"<a{_attributes(700_000)}/><IsOk>")))),
    ),
    Way("contract.malformed_xml", "a name of 7 MB", later(lambda: sending(http(b"<" + b"a" * 7_000_000 + b"/>")))),
    Way("contract.malformed_xml", "a declaration of 7 MB", later(lambda: sending(http(b"<?xml " + b"a" * 7_000_000)))),
    Way(
        "contract.malformed_xml",
        "utf-16 that nothing names",
        sending(http(HEALTHY.decode().encode("utf-16"), "200 OK", "text/xml; charset=utf-16")),
    ),
    Way("contract.malformed_xml", "two declarations", sending(http(b'<?xml version="1.0"?>' * 2 + HEALTHY))),
    Way("contract.malformed_xml", "a declaration of its own", sending(http(b'<?xml version="1.0" x="y"?>' + HEALTHY))),
    Way("contract.malformed_xml", "XML 1.1", sending(http(b'<?xml version="1.1"?>' + HEALTHY))),
    Way(
        "contract.malformed_xml", "utf-8 that says utf-16", sending(http(HEALTHY, "200 OK", "text/xml; charset=utf-16"))
    ),
    Way("contract.malformed_xml", "utf-16 that says utf-8", sending(http(HEALTHY.decode().encode("utf-16")))),
    Way("contract.malformed_xml", "a number where an element is due", sending(http(b"<1>" + HEALTHY))),
    Way("contract.malformed_xml", "two envelopes", sending(http(HEALTHY + HEALTHY))),
    Way("contract.malformed_xml", "text behind the envelope", sending(http(HEALTHY + b"Notice: x"))),
    Way("contract.malformed_xml", "a control character", sending(http(_changed(">Company</D", ">\x01</D")))),
    Way(
        "contract.malformed_xml",
        "a reference to half a character",
        sending(http(_changed(">Company</D", ">&#xD800;</D"))),
    ),
    Way("contract.malformed_xml", "an entity of HTML", sending(http(_changed(">Company</D", ">&nbsp;</D")))),
    Way(
        "contract.malformed_xml",
        "a truncated gzip",
        sending(http(gzip.compress(HEALTHY)[:-30], "200 OK", hosts.TEXT_XML, "Content-Encoding: gzip")),
    ),
    Way("contract.malformed_xml", "Content-Length too short", sending(http(HEALTHY, length=len(HEALTHY) - 20))),
    Way(
        "contract.malformed_xml",
        "prefixes without end",
        later(
            lambda: sending(
                http(_changed("<FieldMetadataInfoWS>", _TYPED).replace(b"<s:Envelope ", _with_prefixes(60_000)))
            )
        ),
    ),
    Way(
        "contract.malformed_xml",
        "no prefix behind a namespace that is no URI",
        sending(http(_changed("<IsOk>", "<a xmlns='My ERP'/><y:b/><IsOk>"))),
    ),
    Way("contract.malformed_xml", "an open element", sending(http(_changed("</s:Envelope>", "")))),
    Way(
        "contract.malformed_xml",
        "100,000 levels deep",
        later(lambda: sending(http(b"<a>" * 100_000 + b"</a>" * 100_000))),
    ),
    Way(
        "contract.malformed_xml",
        "bytes that are no utf-8",
        sending(http(HEALTHY.replace(b"Company", b"Soci\xe9t\xe9"))),
    ),
    Way(
        "contract.malformed_xml",
        "white space before the declaration",
        sending(http(b' <?xml version="1.0"?>' + HEALTHY)),
    ),
    Way("contract.forbidden_xml", "a DTD", sending(http(b'<!DOCTYPE x SYSTEM "http://evil.example/x.dtd">' + HEALTHY))),
    Way(
        "contract.forbidden_xml",
        "an entity attack",
        sending(http(b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + HEALTHY)),
    ),
    Way(
        "contract.forbidden_xml",
        "a local file",
        sending(http(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + HEALTHY)),
    ),
    Way("contract.forbidden_xml", "a processing instruction", sending(http(b"<?php echo 1 ?>" + HEALTHY))),
    Way(
        "contract.forbidden_xml",
        "a DTD in utf-16",
        sending(
            http(
                (_UTF_16 + "<!DOCTYPE x []>" + HEALTHY.decode()).encode("utf-16"), "200 OK", "text/xml; charset=utf-16"
            )
        ),
    ),
    Way("contract.forbidden_xml", "a DTD behind a comment", sending(http(b"<!-- a -->\n<!DOCTYPE x>" + HEALTHY))),
    Way("contract.forbidden_xml", "an instruction inside", sending(http(_changed("<IsOk>", "<?evil x?><IsOk>")))),
    Way("contract.forbidden_xml", "an instruction behind", sending(http(HEALTHY + b"<?evil x?>"))),
    Way("contract.content_type", "application/xml", sending(http(HEALTHY, "200 OK", "application/xml"))),
    Way("contract.content_type", "application/soap+xml", sending(http(HEALTHY, "200 OK", "application/soap+xml"))),
    Way("contract.content_type", "none", sending(http(HEALTHY, "200 OK", None))),
    Way("contract.content_type", "text/html", sending(http(HEALTHY, "200 OK", "text/html"))),
    Way(
        "contract.content_type", "two of them", sending(http(HEALTHY, "200 OK", "text/xml", "Content-Type: text/html"))
    ),
    Way("contract.content_type", "a charset that is empty", sending(http(HEALTHY, "200 OK", "text/xml; charset="))),
    Way("contract.content_type", "a parameter without a value", sending(http(HEALTHY, "200 OK", "text/xml; foo"))),
    Way("contract.content_type", "65,000 semicolons", sending(http(HEALTHY, "200 OK", f'text/xml; a="{";" * 65_000}'))),
    Way("contract.content_type", "garbage", sending(http(HEALTHY, "200 OK", ";;;=="))),
    Way("contract.charset", "utf8 without a hyphen", sending(http(HEALTHY, "200 OK", "text/xml; charset=utf8"))),
    Way("contract.charset", "in single quotes", sending(http(HEALTHY, "200 OK", "text/xml; charset='utf-8'"))),
    Way(
        "contract.charset",
        "utf_8 in the declaration",
        sending(http(b'<?xml version="1.0" encoding="utf_8"?>' + HEALTHY, "200 OK", "text/xml")),
    ),
    Way("contract.charset", "utf-7", sending(http(HEALTHY, "200 OK", "text/xml; charset=utf-7"))),
    Way("contract.charset", "ASCII", sending(http(HEALTHY, "200 OK", "text/xml; charset=us-ascii"))),
    Way("contract.charset", "latin-1 bytes", sending(http(_LATIN, "200 OK", "text/xml; charset=iso-8859-1"))),
    Way("contract.charset", "latin-1 in the header", sending(http(HEALTHY, "200 OK", "text/xml; charset=iso-8859-1"))),
    Way(
        "contract.charset",
        "latin-1 in the declaration",
        sending(http(b'<?xml version="1.0" encoding="iso-8859-1"?>' + HEALTHY)),
    ),
    Way("contract.not_soap", "another document", sending(http(b"<rss/>"))),
    Way("contract.not_soap", "an envelope of nobody", sending(http(b"<Envelope/>"))),
    Way(
        "contract.not_soap",
        "no body",
        sending(http(b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>')),
    ),
    Way(
        "contract.soap_version",
        "SOAP 1.2",
        sending(http(_changed("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"))),
    ),
    Way(
        "contract.soap_version",
        "a SOAP 1.2 fault",
        sending(
            http(_fault("x").replace(codec.SOAP.encode(), codec.SOAP_12.encode()), "500 Error", "application/soap+xml")
        ),
    ),
    Way(
        "contract.fault", "a fault with 302", sending(http(_fault("boom"), "302 Found", hosts.TEXT_XML, "Location: /y"))
    ),
    Way("contract.fault", "a fault with 404", sending(http(_fault("boom"), "404 Not Found"))),
    Way("contract.fault", "a fault with 500", sending(http(_fault("boom"), "500 Internal Server Error"))),
    Way("contract.fault", "a fault with 200", sending(http(_fault("boom")))),
    Way("contract.fault", "a fault in no namespace", sending(http(_fault("boom").replace(b"s:Fault", b"Fault")))),
    Way("contract.fault", "a fault of SOAP 1.2 in SOAP 1.1", sending(http(_FAULT_12, "500 Error"))),
    Way("contract.fault", "no order", sending(http(_fault("No operation found for order 7"), "500 Error"))),
    Way("contract.fault", "no licence", sending(http(_fault("Action not supported by your licence"), "500 Error"))),
    Way("contract.fault", "a fault as HTML", sending(http(_fault("boom"), "200 OK", "text/html"))),
    Way(
        "contract.fault",
        "a fault with a stack trace",
        sending(http(_fault("boom", detail="at Erp.Login(sa, hunter2)"), "400 Bad Request")),
    ),
    Way(
        "contract.misread",
        "members out of order",
        sending(http(_changed("<IsOk>true</IsOk><State>Ok</State>", "<State>Ok</State><IsOk>true</IsOk>"))),
    ),
    Way("contract.misread", "a header that has to be understood", sending(http(_changed("<s:Body>", _UNDERSTAND)))),
    Way("contract.misread", "a second answer", sending(http(_changed("</s:Body>", "<multiRef/></s:Body>")))),
    Way("contract.misread", "a second body", sending(http(_changed("</s:Envelope>", "<s:Body/></s:Envelope>")))),
    Way("contract.misread", "a message of PHP inside", sending(http(_changed("<State>", "Notice: x<State>")))),
    Way("contract.misread", "no IsOk", sending(http(_changed("<IsOk>true</IsOk>", "")))),
    Way("contract.misread", "another type", sending(http(_changed("<State>", '<State i:type="b:string">')))),
    Way("contract.misread", "a nil that is none", sending(http(_changed("<IsOk>", '<IsOk i:nil="yes">')))),
    Way("contract.misread", "a field that is nil", sending(http(_changed("<FieldMetadataInfoWS>", _NIL_FIELD)))),
    Way(
        "contract.misread",
        "a test whose answer is elsewhere, as Axis does",
        connector({CONFIG: http(_ELSEWHERE)}),
        goes="test",
        stage=Stage.CONFIG,
    ),
    Way("contract.misread", "a test without IsOk", _saying(CONFIG), goes="test", stage=Stage.CONFIG),
    Way("contract.misread", "an attachment", sending(http(_changed(">Company</D", f">{_XOP}</D")))),
    Way("contract.misread", "a reference", sending(http(_changed("<IsOk>true</IsOk>", '<IsOk href="#id1" />')))),
    Way("contract.misread", "an unknown access", sending(http(_changed(">Normal<", ">Hidden<")))),
    Way("contract.misread", "a number beyond 32 bits", sending(http(_changed("<Rank>0<", "<Rank>2147483648<")))),
    Way("contract.misread", "a number of 5000 digits", sending(http(_changed("<Rank>0<", f"<Rank>{'9' * 5000}<")))),
    Way("contract.misread", "members in no namespace", sending(http(_changed("<IsOk>", '<IsOk xmlns="">')))),
    Way(
        "contract.misread",
        "a foreign data namespace",
        sending(http(soap("WSGetConfigData", hosts.fields_result(), Namespaces(_NAMESPACE, "urn:mine")))),
    ),
    Way(
        "contract.misread",
        "fields in a foreign namespace",
        sending(http(_changed("<FieldMetadataInfoWS>", '<FieldMetadataInfoWS xmlns="urn:mine">'))),
    ),
    Way(
        "contract.misread",
        "a test in the other data namespace",
        connector({CONFIG: http(soap(CONFIG, Result(is_ok=True), Namespaces(_NAMESPACE, DATA_CONTRACT_DEFAULT)))}),
        goes="test",
        stage=Stage.CONFIG,
    ),
    Way(
        "contract.misread",
        "a header that has to be understood, in other words",
        sending(http(_changed("<s:Body>", _UNDERSTAND.replace('="1"', '="yes"')))),
    ),
    Way("contract.misread", "a padded state", sending(http(_changed("<State>Ok</State>", "<State> Ok </State>")))),
    Way("contract.misread", "an unknown state", sending(http(_changed("<State>Ok</State>", "<State>Fine</State>")))),
    Way("contract.misread", "a nil number", sending(http(_changed("<Rank>0</Rank>", '<Rank i:nil="true" />')))),
    Way("contract.misread", "a number that is none", sending(http(_changed("<MaxLength>0<", "<MaxLength>many<")))),
    Way(
        "contract.misread",
        "an answer in another service namespace",
        sending(
            http(
                soap(
                    "WSGetConfigData",
                    hosts.fields_result(),
                    Namespaces("http://tempuri.org/", "http://tempuri.org/"),
                )
            )
        ),
    ),
    Way(
        "contract.wrong_service",
        "WCF",
        sending(http(_fault("Action did not match", "a:ActionNotSupported"), "500 Error")),
    ),
    Way(
        "contract.wrong_service",
        "Mono",
        sending(http(_fault("Action 'x' did not match any operations in the target contract"), "500 Error")),
    ),
    Way(
        "contract.wrong_service",
        "SoapCore",
        sending(http(_fault("No operation found for specified action: x"), "500 Error")),
    ),
    Way("contract.wrong_service", "PHP", sending(http(_fault("Procedure 'WSGetConfigData' not present"), "500 Error"))),
    Way("contract.wrong_service", "JAX-WS", sending(http(_fault("Cannot find dispatch method for {x}y"), "500 Error"))),
    Way(
        "contract.wrong_service", "another operation's answer", sending(http(soap("WSGetList", ListResult(is_ok=True))))
    ),
    Way("contract.namespace", "tempuri, found through the WSDL", hosts.replying(_only_as_tempuri)),
    # fields
    Way(
        "fields.error",
        "an error",
        connector(
            {
                "WSGetConfigData": http(
                    soap("WSGetConfigData", FieldsResult(is_ok=False, state=State.ERROR, user_explanation="no"))
                )
            }
        ),
    ),
    Way("fields.error", "an empty key", _fields(hosts.text_field(""))),
    Way("fields.duplicate_key", "twice the same", _fields(hosts.text_field("A"), hosts.text_field("A"))),
    Way(
        "fields.unknown_type",
        "a type of another world",
        sending(http(_changed("<FieldType>Text<", "<FieldType>Hologram<"))),
    ),
    Way("fields.none", "an empty list", _fields()),
    Way(
        "fields.none",
        "nil",
        connector({"WSGetConfigData": http(soap("WSGetConfigData", FieldsResult(is_ok=True)))}),
    ),
    Way(
        "fields.list_unavailable",
        "the list is an error",
        connector(
            {
                "WSGetConfigData": http(soap("WSGetConfigData", hosts.fields_result(_LIST))),
                "WSGetList": http(soap("WSGetList", ListResult(is_ok=False, state=State.ERROR))),
            }
        ),
    ),
    Way(
        "fields.list_unavailable",
        "the list breaks down",
        connector(
            {
                "WSGetConfigData": http(soap("WSGetConfigData", hosts.fields_result(_LIST))),
                "WSGetList": http(_fault("boom"), "500 Error"),
            }
        ),
    ),
    # config
    Way(
        "config.rejected",
        "with an explanation",
        connector(_answer(Result(is_ok=False, state=State.ERROR, user_explanation="no"))),
        goes="test",
    ),
    Way(
        "config.no_explanation",
        "without a word",
        connector(_answer(Result(is_ok=False, state=State.ERROR))),
        goes="test",
    ),
    Way(
        "config.contradiction", "Error and IsOk", connector(_answer(Result(is_ok=True, state=State.ERROR))), goes="test"
    ),
    Way(
        "config.contradiction", "Ok and not IsOk", connector(_answer(Result(is_ok=False, state=State.OK))), goes="test"
    ),
    Way(
        "config.info",
        "OkWithInfo",
        connector(_answer(Result(is_ok=True, state=State.OK_WITH_INFO, user_explanation="hm"))),
        goes="test",
    ),
    Way(
        "config.warning",
        "Warning",
        connector(_answer(Result(is_ok=True, state=State.WARNING, user_explanation="hm"))),
        goes="test",
    ),
    Way(
        "http.closed",
        "cut while testing",
        _cut_at(CONFIG),
        goes="test",
        stage=Stage.CONFIG,
    ),
    Way(
        "contract.fault",
        "a fault while testing",
        connector({CONFIG: http(_fault("boom"), "500 Error")}),
        goes="test",
        stage=Stage.CONFIG,
    ),
    # save
    Way(
        "save.rejected",
        "the connector will not keep it",
        connector(
            {
                "WSSaveConnection": http(
                    soap("WSSaveConnection", Result(is_ok=False, state=State.ERROR, user_explanation="no"))
                )
            }
        ),
        goes="save",
    ),
    Way("save.rejected", "Ok and not IsOk", _saying("WSSaveConnection", is_ok=False), goes="save"),
    Way("save.rejected", "Error and IsOk", _saying("WSSaveConnection", is_ok=True, state=State.ERROR), goes="save"),
    Way("connection.rejected", "a contradiction", _saying("WSTestConnection", is_ok=False), goes="save"),
    Way("catalog.rejected", "a fault", connector({_TYPES: http(_fault("boom"), "500 Error")}), goes="save"),
    Way("catalog.rejected", "a web page", connector({_TYPES: http(b"<html/>", "200 OK", "text/html")}), goes="save"),
    Way("catalog.rejected", "Ok and not IsOk", _saying(_TYPES, is_ok=False), goes="save"),
    Way(
        "contract.misread",
        "IsOk behind State while saving",
        connector({"WSSaveConnection": http(_out_of_order("WSSaveConnection"))}),
        goes="save",
        stage=Stage.SAVE,
    ),
    Way(
        "http.timeout",
        "silence while saving",
        _silent_at("WSSaveConnection"),
        goes="save",
        stage=Stage.SAVE,
        seconds=3.0,
    ),
    Way(
        "http.timeout",
        "silence while testing the saved",
        _silent_at("WSTestConnection"),
        goes="save",
        stage=Stage.CONNECTION,
        seconds=3.0,
    ),
    Way("http.timeout", "silence while testing", _silent_at(CONFIG), goes="test", stage=Stage.CONFIG, seconds=3.0),
    Way(
        "contract.misread",
        "IsOk behind State while testing",
        connector({CONFIG: http(_out_of_order(CONFIG))}),
        goes="test",
        stage=Stage.CONFIG,
    ),
    Way(
        "http.auth_required",
        "401 while testing",
        connector({CONFIG: http(b"hunter2", "401 hunter2", "text/plain", "X-Tried: hunter2")}),
        goes="test",
        stage=Stage.CONFIG,
    ),
    Way(
        "contract.html",
        "a web page with the password while testing",
        connector({CONFIG: http(b"<html>sa/hunter2</html>", "200 OK", "text/html")}),
        goes="test",
        stage=Stage.CONFIG,
    ),
    Way(
        "fields.list_unavailable",
        "the list never comes",
        _silent_at("WSGetList", http(soap("WSGetConfigData", hosts.fields_result(_LIST)))),
        seconds=3.0,
    ),
    Way(
        "connection.rejected",
        "it does not work from there",
        connector({"WSTestConnection": http(soap("WSTestConnection", Result(is_ok=False, state=State.ERROR)))}),
        goes="save",
    ),
    Way(
        "connection.unknown",
        "it is forgotten at once",
        connector(
            {
                "WSTestConnection": http(
                    soap("WSTestConnection", Result(is_ok=False, state=State.ERROR, error_code=UNKNOWN_CONNECTION_ID))
                )
            }
        ),
        goes="save",
    ),
    Way(
        "catalog.rejected",
        "no actor types",
        connector(
            {
                "WSGetSupportedActorTypes": http(
                    soap("WSGetSupportedActorTypes", StringsResult(is_ok=False, state=State.ERROR))
                )
            }
        ),
        goes="save",
    ),
)
