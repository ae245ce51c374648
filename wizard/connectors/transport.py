"""A guarded requests session: one real request, watched layer by layer.

Guarded: one deadline over the whole call, down to each read; a cap on the body after decompression; no proxies, netrc,
cookies or redirects; the address is judged when the connection is made, and the connection goes to the address that was
judged; TLS 1.2 or newer with the host name checked.
"""

from __future__ import annotations

import contextlib
import errno
import http.client
import ipaddress
import logging
import queue
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.errors import MissingHeaderBodySeparatorDefect
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Protocol

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.wait import wait_for_read, wait_for_write

from wizard.connectors.address_policy import Address, Policy
from wizard.connectors.certificates import Certificate, Trust, context_for, read_certificate, was_asked
from wizard.connectors.deadline import Cancelled, Deadline, TimeIsUp
from wizard.domain.check import Stage

MAX_BODY = 8 * 1024 * 1024
CONNECT_SECONDS = 10.0
"""How long one address of several may take to accept the connection."""
DECODABLE = ("gzip", "x-gzip", "deflate", "identity", "")

Facts = dict[str, str]
Evidence = tuple[tuple[str, str], ...]
Endpoints = Sequence[tuple[socket.AddressFamily, tuple[Any, ...]]]
Resolve = Callable[[str, int], Endpoints]


class Failure(Exception):
    """A layer broke. `reason` is one of `wizard.domain.check.REASONS`."""

    def __init__(self, stage: Stage, reason: str, facts: Facts | None = None, evidence: Evidence = ()) -> None:
        super().__init__(reason)
        self.stage, self.reason, self.facts, self.evidence = stage, reason, facts or {}, evidence


class Watcher(Protocol):
    """Is told as the layers are reached and passed."""

    def begin(self, stage: Stage) -> None: ...

    def passed(self, stage: Stage, facts: Facts, evidence: Evidence) -> None: ...


@dataclass(frozen=True)
class Response:
    """What the server answered, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class _Call:
    """What the sockets of a call need to know of it."""

    address: Address
    policy: Policy
    trust: Trust
    deadline: Deadline
    watcher: Watcher
    resolve: Resolve
    facts: Facts = field(default_factory=dict)
    endpoint: tuple[socket.AddressFamily, tuple[Any, ...]] | None = None
    stage: Stage = Stage.DNS
    asked_for_certificate: bool = False
    ended: bool = False
    """Whether the server has closed its side."""


logging.getLogger("urllib3.connection").setLevel(logging.ERROR)  # it would log headers that cannot be read

_current = threading.local()


def system_resolve(host: str, port: int) -> Endpoints:
    """The system's resolver. Raises socket.gaierror."""
    found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
    return [(family, address) for family, _, _, _, address in found]


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: to prepare the next request, requests reads the whole body, however large."""


class Transport:
    """Calls one address. Close it, or use it as a context."""

    def __init__(
        self,
        address: Address,
        *,
        policy: Policy,
        trust: Trust,
        deadline: Deadline,
        watcher: Watcher,
        resolve: Resolve = system_resolve,
    ) -> None:
        self._call = _Call(address, policy, trust, deadline, watcher, resolve)
        self._session = _Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.adapters.clear()
        adapter = _GuardedAdapter(trust)
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, adapter)

    @property
    def target(self) -> str:
        """Path and query of the address."""
        return self._call.address.target

    @contextlib.contextmanager
    def within(self, deadline: Deadline) -> Iterator[None]:
        """Calls have to end by this deadline instead."""
        whole, self._call.deadline = self._call.deadline, deadline
        try:
            yield
        finally:
            self._call.deadline = whole

    def __enter__(self) -> Transport:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def request(self, method: str, headers: Mapping[str, str], body: bytes | None = None, target: str = "") -> Response:
        """One request, no redirect followed. Raises Failure, TimeIsUp is one of its reasons, and Cancelled."""
        call = self._call
        call.ended = False
        url = _url(call.address, target)
        _current.call = call
        try:
            response = self._session.request(
                method, url, data=body, headers=dict(headers), stream=True, allow_redirects=False
            )
            with response:
                _require_head(call, response)
                return Response(response.status_code, response.headers, _read(response))
        except TimeIsUp:
            raise _timeout(call) from None
        except (urllib3.exceptions.HTTPError, OSError, http.client.HTTPException, ValueError) as error:
            raise _failure(call, error) from error
        finally:
            _current.call = None


def _url(address: Address, target: str) -> str:
    host = f"[{address.host}]" if ":" in address.host else address.host
    return f"{address.scheme}://{host}:{address.port}{target or address.target}"


def _require_head(call: _Call, response: requests.Response) -> None:
    """http.client takes headers that break off, or that are none, for all of them."""
    if call.ended:
        raise ConnectionError("the headers break off")
    original: Any = response.raw._original_response
    odd = not all(re.fullmatch(r"\s*\d{1,18}\s*", length) for length in original.msg.get_all("Content-Length", ()))
    if odd or any(isinstance(defect, MissingHeaderBodySeparatorDefect) for defect in original.msg.defects):
        raise http.client.HTTPException("headers that are none")


def _read(response: requests.Response) -> bytes:
    encodings = response.headers.get("Content-Encoding", "").lower().split(",")
    if any(encoding.strip() not in DECODABLE for encoding in encodings):
        raise Failure(Stage.CONTRACT, "contract.not_xml", {"encoding": response.headers["Content-Encoding"][:80]})
    body = bytearray()
    try:
        while chunk := response.raw.read(65536, decode_content=True):
            body += chunk
            if len(body) > MAX_BODY:
                raise Failure(Stage.HTTP, "http.too_large", {"limit": str(MAX_BODY)})
    except urllib3.exceptions.DecodeError as error:
        raise Failure(Stage.CONTRACT, "contract.not_xml", {"encoding": encodings[0]}) from error
    return bytes(body)


# --- the layers, from the name to the bytes


def _look_up(call: _Call) -> Endpoints:
    """The addresses to connect to, all of them allowed."""
    call.watcher.begin(Stage.DNS)
    address = call.address
    if address.literal is not None:
        family = socket.AF_INET if address.literal.version == 4 else socket.AF_INET6
        call.watcher.passed(Stage.DNS, {"host": address.host, "address": address.host, "literal": "yes"}, ())
        return [(family, (address.host, address.port))]
    try:
        found = list(dict.fromkeys(_in_thread(call, address)))
    except socket.gaierror as error:
        temporary = error.errno in (socket.EAI_AGAIN, socket.EAI_FAIL, socket.EAI_SYSTEM, socket.EAI_MEMORY)
        reason = "dns.temporary" if temporary else "dns.not_found"
        raise Failure(Stage.DNS, reason, {"host": address.host}, (("error", str(error)),)) from error
    except (UnicodeError, OSError) as error:
        raise Failure(Stage.DNS, "dns.not_found", {"host": address.host}, (("error", str(error)),)) from error
    texts = [str(endpoint[0]).partition("%")[0] for _, endpoint in found]
    facts = {"host": address.host, "address": ", ".join(texts[:1]), "addresses": ", ".join(texts)}
    evidence = tuple(("AAAA" if ":" in text else "A", text) for text in texts)
    if not found:
        raise Failure(Stage.DNS, "dns.not_found", {"host": address.host})
    forbidden = [text for text in texts if not call.policy.allows(ipaddress.ip_address(text))]
    if forbidden:
        raise Failure(Stage.DNS, "address.not_allowed", facts | {"address": forbidden[0]}, evidence)
    call.watcher.passed(Stage.DNS, facts, evidence)
    return found


def _in_thread(call: _Call, address: Address) -> Endpoints:
    """The resolver has no time limit of its own; one that hangs is left behind."""
    answers: queue.SimpleQueue[Endpoints | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(call.resolve(address.host, address.port))
        except Exception as error:
            answers.put(error)

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    while True:
        wait = call.deadline.slice()
        with contextlib.suppress(queue.Empty):
            answer = answers.get(timeout=wait)
            if isinstance(answer, Exception):
                raise answer
            return answer


def _connect(call: _Call, endpoints: Endpoints) -> socket.socket:
    call.stage = Stage.CONNECT
    call.watcher.begin(Stage.CONNECT)
    failure = Failure(Stage.CONNECT, "connect.unreachable", _where(call))
    for number, (family, endpoint) in enumerate(endpoints, 1):
        call.facts["address"] = str(endpoint[0])
        evidence = (("tried", f"{endpoint[0]} port {endpoint[1]}"),)
        connection = _Socket(family, socket.SOCK_STREAM)
        try:
            _connect_one(call, connection, endpoint, len(endpoints) - number)
        except OSError as error:
            connection.close()
            reason = _connect_reason(error)
            failure = Failure(Stage.CONNECT, reason, _where(call), (*evidence, ("error", str(error))))
            continue
        except BaseException:
            connection.close()
            raise
        call.endpoint = (family, endpoint)
        reached = f"{endpoint[0]} port {endpoint[1]}, number {number} of {len(endpoints)}"
        origin = ("from", call.facts.get("from", ""))
        call.watcher.passed(Stage.CONNECT, _where(call), (("reached", reached), origin))
        return connection
    raise failure


def _connect_one(call: _Call, connection: socket.socket, endpoint: tuple[Any, ...], others: int) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setblocking(False)
    code = connection.connect_ex(endpoint)
    call.facts["from"] = str(connection.getsockname()[0])  # known as soon as the call is on its way
    if code not in (0, errno.EINPROGRESS):
        raise OSError(code, "connect")
    own = Deadline(min(CONNECT_SECONDS, call.deadline.left() / (others + 1)))
    while not wait_for_write(connection, min(call.deadline.slice(), 0.2)):
        try:
            own.left()
        except TimeIsUp:
            raise TimeoutError(errno.ETIMEDOUT, "connect timed out") from None
    if code := connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        raise OSError(code, errno.errorcode.get(code, str(code)))


def _connect_reason(error: OSError) -> str:
    if error.errno == errno.ECONNREFUSED:
        return "connect.refused"
    return "connect.timeout" if error.errno == errno.ETIMEDOUT else "connect.unreachable"


_QUICK_ACK = getattr(socket, "TCP_QUICKACK", socket.TCP_NODELAY)
"""Servers that send head and body apart wait for the acknowledgement between them, 40 ms when it is delayed."""


class _Waits:
    """Reads and writes in slices, so that a deadline and a cancel are noticed while a server drips or is silent."""

    def recv_into(self, *arguments: Any, **options: Any) -> int:
        while True:
            self.settimeout(_current.call.deadline.slice())  # type: ignore[attr-defined]
            self.setsockopt(socket.IPPROTO_TCP, _QUICK_ACK, 1)  # type: ignore[attr-defined]
            try:
                received: int = super().recv_into(*arguments, **options)  # type: ignore[misc]
                _current.call.ended = received == 0
                return received
            except TimeoutError:
                continue

    def sendall(self, data: Any, flags: int = 0) -> None:
        view = memoryview(data).cast("B")
        while view:
            self.settimeout(_current.call.deadline.slice())  # type: ignore[attr-defined]
            with contextlib.suppress(TimeoutError):
                view = view[self.send(view, flags) :]  # type: ignore[attr-defined]


class _Socket(_Waits, socket.socket):
    pass


class _TlsSocket(_Waits, ssl.SSLSocket):
    pass


def _encrypt(call: _Call, connection: socket.socket, hostname: str) -> ssl.SSLSocket:
    call.stage = Stage.TLS
    call.watcher.begin(Stage.TLS)
    context = context_for(call.trust)
    context.sslsocket_class = _TlsSocket
    encrypted = _handshake(call, context, connection, hostname)
    certificate = read_certificate(encrypted.getpeercert(binary_form=True))
    facts = _where(call) | {"version": encrypted.version() or ""}
    call.watcher.passed(
        Stage.TLS, facts | _certificate_facts(certificate), _certificate_evidence(certificate, encrypted)
    )
    return encrypted


def _handshake(call: _Call, context: ssl.SSLContext, connection: socket.socket, hostname: str) -> ssl.SSLSocket:
    connection.settimeout(0)
    encrypted = context.wrap_socket(connection, server_hostname=hostname, do_handshake_on_connect=False)
    try:
        while True:
            try:
                encrypted.do_handshake()
                return encrypted
            except ssl.SSLWantReadError:
                wait_for_read(encrypted, call.deadline.slice())
            except ssl.SSLWantWriteError:
                wait_for_write(encrypted, call.deadline.slice())
    except BaseException:
        encrypted.close()  # wrapping took the socket away from its owner
        raise
    finally:
        call.asked_for_certificate = was_asked(encrypted)


class _GuardedHttp(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        call: _Call = _current.call
        call.stage = Stage.DNS
        return _connect(call, _look_up(call))

    def connect(self) -> None:
        super().connect()
        _begin_http()


class _GuardedHttps(HTTPSConnection):
    def connect(self) -> None:
        call: _Call = _current.call
        call.stage = Stage.DNS
        connection = _connect(call, _look_up(call))
        try:
            self.sock = _encrypt(call, connection, call.address.host)
        except BaseException:
            connection.close()
            raise
        self.is_verified = True
        _begin_http()


def _begin_http() -> None:
    call: _Call = _current.call
    call.stage = Stage.HTTP
    call.watcher.begin(Stage.HTTP)


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _GuardedHttp


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedHttps


class _GuardedAdapter(HTTPAdapter):
    """Makes guarded connections; the trust is in the context, so that requests has nothing to load."""

    def __init__(self, trust: Trust) -> None:
        self._trust = trust
        super().__init__(max_retries=0)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Verification is not the caller's to choose."""


# --- what went wrong


def _timeout(call: _Call) -> Failure:
    reasons = {Stage.DNS: "dns.temporary", Stage.CONNECT: "connect.timeout", Stage.TLS: "tls.timeout"}
    reason = reasons.get(call.stage, "http.timeout")
    return Failure(call.stage, reason, _where(call) | {"limit_seconds": f"{call.deadline.seconds:g}"})


def _failure(call: _Call, error: Exception) -> Failure:
    causes = tuple(_causes(error))
    for cause in causes:
        if isinstance(cause, Failure):
            return cause
        if isinstance(cause, TimeIsUp):
            return _timeout(call)
        if isinstance(cause, Cancelled):
            raise cause
    tls = next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None)
    evidence = (("error", str(causes[-1])),)
    if call.stage == Stage.TLS:
        return _tls_failure(call, tls)
    if call.asked_for_certificate and any(isinstance(cause, (ssl.SSLError, *_CLOSED)) for cause in causes):
        return Failure(Stage.TLS, "tls.client_certificate", _where(call), evidence)
    if any(isinstance(cause, _NOT_HTTP) for cause in causes) and not any(isinstance(c, _CLOSED) for c in causes):
        return Failure(Stage.HTTP, "http.not_http", _where(call), evidence)
    return Failure(Stage.HTTP, "http.closed", _where(call), evidence)


_CLOSED = (http.client.RemoteDisconnected, http.client.IncompleteRead, ConnectionError)
_NOT_HTTP = (
    http.client.HTTPException,
    urllib3.exceptions.HeaderParsingError,
    urllib3.exceptions.InvalidHeader,
)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what is inside it: urllib3 and requests wrap by argument and by cause."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inner = (*cause.args, cause.__cause__, cause.__context__, getattr(cause, "reason", None))
        waiting.extend(each for each in inner if isinstance(each, BaseException))


_VERIFY = {9: "not_yet_valid", 10: "expired", 18: "self_signed", 62: "hostname_mismatch", 64: "hostname_mismatch"}
"""OpenSSL's X509_V_ERR_* that have a reason of their own; every other one means an authority that is not trusted."""


_REFUSALS = {
    "client_certificate": (
        "CERTIFICATE_REQUIRED",
        "BAD_CERTIFICATE",
        "UNKNOWN_CA",
        "CERTIFICATE_UNKNOWN",
        "ACCESS_DENIED",
    ),
    "hostname_mismatch": ("UNRECOGNIZED_NAME",),
    "protocol": ("ALERT", "UNSUPPORTED_PROTOCOL", "NO_SHARED", "INSUFFICIENT_SECURITY", "KEY_TOO_SMALL"),
}
"""Words of OpenSSL's by what they come to. Who sends an alert does speak TLS."""


def _tls_failure(call: _Call, error: ssl.SSLError | None) -> Failure:
    where = _where(call)
    if isinstance(error, ssl.SSLCertVerificationError):
        name = _VERIFY.get(error.verify_code, "unknown_ca")
        certificate = _certificate_of(call)
        evidence = (*_certificate_evidence(certificate, None), ("error", error.verify_message))
        return Failure(Stage.TLS, f"tls.{name}", where | _certificate_facts(certificate), evidence)
    text = (error.reason or str(error)) if error is not None else "closed"
    evidence = (("error", text),)
    name = next((name for name, words in _REFUSALS.items() if any(word in text for word in words)), "not_tls")
    if call.asked_for_certificate:
        name = "client_certificate"
    return Failure(Stage.TLS, f"tls.{name}", where, evidence)


def _certificate_of(call: _Call) -> Certificate | None:
    """The certificate that was refused, for the evidence: Python shows none after a failed handshake."""
    if call.endpoint is None:
        return None
    family, endpoint = call.endpoint
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with socket.socket(family, socket.SOCK_STREAM) as connection:
            _connect_one(call, connection, endpoint, 0)
            with _handshake(call, context, connection, call.address.host) as encrypted:
                return read_certificate(encrypted.getpeercert(binary_form=True))
    except (OSError, TimeIsUp):
        return None


def _certificate_facts(certificate: Certificate | None) -> Facts:
    if certificate is None:
        return {}
    return {
        "subject": certificate.subject,
        "issuer": certificate.issuer,
        "since": certificate.since,
        "until": certificate.until,
        "names": ", ".join(certificate.names),
    }


def _certificate_evidence(certificate: Certificate | None, encrypted: ssl.SSLSocket | None) -> Evidence:
    rows: list[tuple[str, str]] = []
    if certificate is not None:
        rows = [
            ("subject", certificate.subject),
            ("issuer", certificate.issuer),
            ("valid", f"{certificate.since} to {certificate.until}"),
            ("names", ", ".join(certificate.names)),
            ("serial", certificate.serial),
        ]
    if encrypted is not None:
        cipher = encrypted.cipher()
        rows.append(("connected", f"{encrypted.version()}, {cipher[0] if cipher else ''}"))
    return tuple(rows)


def _where(call: _Call) -> Facts:
    return {"host": call.address.host, "port": str(call.address.port), **call.facts}
