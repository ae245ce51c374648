"""The layers from the host name to an encrypted connection, a function each; every wait has the call's deadline."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import queue
import socket
import ssl
import threading
from typing import Any

from urllib3.util.wait import wait_for_read, wait_for_write

from wizard.domain.check import Stage
from wizard.outside.http.address_policy import Address
from wizard.outside.http.call import Call, Endpoints, Failure, current
from wizard.outside.http.certificates import chain_evidence, chain_facts, chain_of, context_for
from wizard.outside.http.deadline import Cancelled, Deadline, TimeIsUp

CONNECT_SECONDS = 10.0
"""How long one address of several may take to accept the connection."""


def system_resolve(host: str, port: int) -> Endpoints:
    """The system's resolver. Raises socket.gaierror."""
    found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
    return [(family, address) for family, _, _, _, address in found]


def look_up(call: Call) -> Endpoints:
    """Resolves the host. Raises Failure, also if any of its addresses is forbidden."""
    call.observer.started(Stage.DNS)
    address = call.address
    if address.literal is not None:
        family = socket.AF_INET if address.literal.version == 4 else socket.AF_INET6
        call.passed(Stage.DNS, {"host": address.host, "address": address.host, "literal": "yes"})
        return [(family, (address.host, address.port))]
    try:
        found = list(dict.fromkeys(_in_thread(call, address)))
    except socket.gaierror as error:
        temporary = error.errno in (socket.EAI_AGAIN, socket.EAI_FAIL, socket.EAI_SYSTEM, socket.EAI_MEMORY)
        reason = "dns.temporary" if temporary else "dns.not_found"
        raise Failure(Stage.DNS, reason, {"host": address.host}, (("error", str(error)),)) from error
    except (UnicodeError, OSError) as error:
        raise Failure(Stage.DNS, "dns.not_found", {"host": address.host}, (("error", str(error)),)) from error
    texts = [str(_ip(endpoint[0])) for _, endpoint in found]
    facts = {"host": address.host, "address": ", ".join(texts[:1]), "addresses": ", ".join(texts)}
    evidence = tuple(("AAAA" if ":" in text else "A", text) for text in texts)
    if not found:
        raise Failure(Stage.DNS, "dns.not_found", {"host": address.host})
    forbidden = [text for text in texts if not call.policy.allows(ipaddress.ip_address(text))]
    if forbidden:
        refusal = call.policy.refusal(ipaddress.ip_address(forbidden[0]))
        raise Failure(Stage.DNS, "address.not_allowed", facts | refusal, evidence)
    call.passed(Stage.DNS, facts, evidence)
    return found


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address that a socket is given, without the interface of a link-local one."""
    return ipaddress.ip_address(text.partition("%")[0])


def _in_thread(call: Call, address: Address) -> Endpoints:
    """Resolves in a thread: the resolver has no time limit, and one that hangs is abandoned."""
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


def connect(call: Call, endpoints: Endpoints) -> socket.socket:
    """Connects to the first address that accepts. Raises Failure."""
    call.stage = Stage.CONNECT
    call.is_new = True
    call.observer.started(Stage.CONNECT)
    failure = Failure(Stage.CONNECT, "connect.unreachable", call.where())
    dead: list[str] = []
    for number, (family, endpoint) in enumerate(endpoints, 1):
        call.facts["address"] = str(endpoint[0])
        evidence = (("tried", f"{endpoint[0]} port {endpoint[1]}"),)
        connection = _Socket(family, socket.SOCK_STREAM)
        try:
            _connect_one(call, connection, endpoint, len(endpoints) - number)
        except OSError as error:
            connection.close()
            reason = _connect_reason(error)
            failure = Failure(Stage.CONNECT, reason, call.where(), (*evidence, ("error", str(error))))
            dead += [str(endpoint[0])] if reason == "connect.timeout" else []
            continue
        except BaseException:
            connection.close()
            raise
        reached = f"{endpoint[0]} port {endpoint[1]}, number {number} of {len(endpoints)}"
        origin = ("from", call.facts.get("from", ""))
        remark = "connect.private" if call.policy.doubts_superoffice(_ip(endpoint[0])) else None
        facts = call.where() | ({"dead": ", ".join(dead)} if dead else {})
        silent = tuple(("no answer", address) for address in dead)
        remark = remark or ("connect.dead_address" if dead else None)
        call.passed(Stage.CONNECT, facts, (("reached", reached), origin, *silent), remark)
        return connection
    raise failure


def _connect_one(call: Call, connection: socket.socket, endpoint: tuple[Any, ...], others: int) -> None:
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
    """Reads and writes in short slices, so that the deadline and a cancellation take effect while a server is slow."""

    def recv_into(self, *arguments: Any, **options: Any) -> int:
        while True:
            self.settimeout(current.call.deadline.slice())  # type: ignore[attr-defined]
            self.setsockopt(socket.IPPROTO_TCP, _QUICK_ACK, 1)  # type: ignore[attr-defined]
            try:
                received: int = super().recv_into(*arguments, **options)  # type: ignore[misc]
                current.call.ended = received == 0
                current.call.is_answered = current.call.is_answered or received > 0
                return received
            except TimeoutError:
                continue

    def sendall(self, data: Any, flags: int = 0) -> None:
        view = memoryview(data).cast("B")
        while view:
            self.settimeout(current.call.deadline.slice())  # type: ignore[attr-defined]
            with contextlib.suppress(TimeoutError):
                view = view[self.send(view, flags) :]  # type: ignore[attr-defined]


class _Socket(_Waits, socket.socket):
    pass


class _TlsSocket(_Waits, ssl.SSLSocket):
    pass


def encrypt(call: Call, connection: socket.socket) -> ssl.SSLSocket:
    """Performs the TLS handshake. Raises ssl.SSLError; the presented certificates are in the call even then."""
    call.stage = Stage.TLS
    call.observer.started(Stage.TLS)
    connection.settimeout(0)
    context = context_for(call.trust)
    context.sslsocket_class = _TlsSocket
    context._msg_callback = _watch  # type: ignore[attr-defined]
    encrypted = context.wrap_socket(connection, server_hostname=call.address.host, do_handshake_on_connect=False)
    try:
        _shake_hands(call, encrypted)
    except BaseException:
        encrypted.close()  # wrapping took the socket away from its owner
        raise
    version, cipher = encrypted.version() or "", encrypted.cipher()
    connected = ("connected", f"{version}, {cipher[0] if cipher else ''}")
    facts = call.where() | {"version": version} | chain_facts(call.chain)
    remark = "tls.odd_key" if "key" in facts else None
    call.passed(Stage.TLS, facts, (*chain_evidence(call.chain), connected), remark)
    return encrypted


def _shake_hands(call: Call, encrypted: ssl.SSLSocket) -> None:
    while True:
        try:
            return encrypted.do_handshake()
        except ssl.SSLWantReadError:
            wait_for_read(encrypted, call.deadline.slice())
        except ssl.SSLWantWriteError:
            wait_for_write(encrypted, call.deadline.slice())


def _is_to_end(call: Call) -> bool:
    try:
        return call.deadline.is_over()
    except Cancelled:
        return True


def _watch(connection: Any, direction: str, version: Any, kind: Any, message: Any, data: bytes) -> None:
    """Python has no public way to see a certificate that was refused, or that one of ours was asked for.

    OpenSSL takes session tickets and greetings as long as they come without a word to whoever reads, so the time is
    asked for here.
    """
    if direction != "read":
        return
    call: Call = current.call
    if not call.greeting and getattr(kind, "name", "") == "HEADER":
        call.greeting = bytes(data)
    if _is_to_end(call):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)  # an error would wait until OpenSSL has read all
    match getattr(message, "name", ""):
        case "CERTIFICATE_REQUEST":
            call.asked_for_certificate = True
            call.asked_after_request = call.stage == Stage.HTTP
        case "CERTIFICATE":
            call.chain = chain_of(data, has_extensions=version == ssl.TLSVersion.TLSv1_3)
