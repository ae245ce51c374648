"""Maps the exceptions of requests, urllib3, http.client and ssl to the reason why a call failed."""

from __future__ import annotations

import http.client
import re
import ssl
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import urllib3

from wizard.domain.check import Said, Stage, sign_of
from wizard.outside.http.call import Call, Evidence, Facts, Failure
from wizard.outside.http.certificates import Certificate, chain_evidence, chain_facts, missing_root, oddities
from wizard.outside.http.deadline import Cancelled, TimeIsUp


def timeout(call: Call) -> Failure:
    """The failure of the layer at which the time was up."""
    reasons = {Stage.DNS: "dns.temporary", Stage.CONNECT: "connect.timeout", Stage.TLS: "tls.timeout"}
    reason = reasons.get(call.stage, "http.timeout")
    return Failure(call.stage, reason, call.where() | {"limit_seconds": f"{call.deadline.seconds:g}"})


def failure(call: Call, error: Exception) -> Failure:
    """The failure that an exception stands for. Raises Cancelled if that was the cause."""
    causes = tuple(_causes(error))
    for cause in causes:
        if isinstance(cause, Failure):
            return cause
        if isinstance(cause, TimeIsUp):
            return timeout(call)
        if isinstance(cause, Cancelled):
            raise cause
    tls = next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None)
    evidence = (("error", str(causes[-1])),)
    if call.stage == Stage.TLS:
        return _tls_failure(call, tls)
    refuses = call.asked_for_certificate and not call.is_answered  # it may merely have asked for one
    if refuses and any(isinstance(cause, (ssl.SSLError, *_CLOSED)) for cause in causes):
        return Failure(Stage.TLS, "tls.client_certificate", call.where(), evidence)
    if any(isinstance(cause, _NOT_HTTP) for cause in causes) and not any(isinstance(c, _CLOSED) for c in causes):
        text = _without_greeting(causes)
        sign = sign_of("http.not_http", Said(error=text.lower()))
        return Failure(Stage.HTTP, "http.not_http", call.where(), (("error", text),), sign.code if sign else None)
    return Failure(Stage.HTTP, "http.closed", call.where(), evidence)


_MAX_PAGE = 1 << 16
_WANTS_CERTIFICATE = re.compile(
    rb"No required SSL certificate was sent"  # nginx, src/http/ngx_http_special_response.c: error 496
    rb"|Cannot perform Post-Handshake Authentication"  # Apache, modules/ssl/ssl_engine_kernel.c
    rb"|\(SSL\) client certificate that the Web server recognizes",  # IIS, 403.7
    re.IGNORECASE,
)


def require_no_certificate(call: Call, status: int, body: bytes) -> None:
    """Raises Failure for an answer that wants a client certificate: one that says it, and 403 after it was asked for
    in the middle of the call. A server that asked and went on may refuse for any reason."""
    if status not in (400, 401, 403, 495, 496) or call.address.scheme != "https":
        return
    said = _WANTS_CERTIFICATE.search(body, 0, _MAX_PAGE)
    if said or status == 496 or (status == 403 and call.asked_after_request):
        text = said[0].decode() if said else f"status {status}"
        raise Failure(Stage.TLS, "tls.client_certificate", call.where(), (("error", text),))


_GREETINGS = {
    "SSH-": "SSH",
    "220": "FTP or SMTP",
    "+OK": "POP3",
    "* OK": "IMAP",
    "-ERR": "Redis",
    "RFB ": "VNC",
    "@RSYNCD": "rsync",
    "\x15\x03": "TLS",
}


def _without_greeting(causes: Sequence[BaseException]) -> str:
    """What is wrong with the answer. Of another protocol only the name: its greeting is a stranger's own business."""
    line = next((str(cause.args[0]) for cause in causes if isinstance(cause, http.client.BadStatusLine)), None)
    if line is None or line.startswith("HTTP/"):
        return str(causes[-1])
    if line[3:5] == "\4\0":  # the SETTINGS frame with which a server begins HTTP/2
        return "it speaks HTTP/2 only"
    name = next((name for greeting, name in _GREETINGS.items() if line.startswith(greeting)), None)
    return f"it speaks {name}, not HTTP" if name else "the answer does not begin as one of HTTP"


def is_stale(call: Call, error: Exception) -> bool:
    """Whether the server had silently closed a connection that was kept alive, so that the request can be repeated."""
    closed = any(isinstance(cause, (ssl.SSLError, *_CLOSED)) for cause in _causes(error))
    return closed and not call.is_new and not call.is_answered and not call.deadline.is_over()


_CLOSED = (http.client.RemoteDisconnected, http.client.IncompleteRead, ConnectionError)
_NOT_HTTP = (
    http.client.HTTPException,
    urllib3.exceptions.HeaderParsingError,
    urllib3.exceptions.InvalidHeader,
)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and those that it wraps: urllib3 and requests wrap them as arguments and as causes."""
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


_REASON_BY_VERIFY_CODE = {
    9: "tls.not_yet_valid",
    10: "tls.expired",
    18: "tls.self_signed",
    24: "tls.protocol",  # an authority's that is none
    26: "tls.protocol",  # it may be used for something else only
    34: "tls.protocol",  # an extension that nobody knows
    **dict.fromkeys(range(47, 54), "tls.protocol"),  # a name that its authority may not give
    62: "tls.hostname_mismatch",
    64: "tls.hostname_mismatch",
    66: "tls.protocol",  # a key that is too short
    67: "tls.protocol",
    68: "tls.protocol",  # a signature that is too weak
}
"""Reasons by OpenSSL's X509_V_ERR_* codes; every other code means an untrusted authority."""


_ISSUER_MISSING = (20, 21)

_REASON_BY_ERROR = {
    "tls.client_certificate": (
        "CERTIFICATE_REQUIRED",
        "BAD_CERTIFICATE",
        "UNKNOWN_CA",
        "CERTIFICATE_UNKNOWN",
        "ACCESS_DENIED",
    ),
    "tls.hostname_mismatch": ("UNRECOGNIZED_NAME",),
    "tls.protocol": (
        "ALERT",
        "UNSUPPORTED_PROTOCOL",
        "NO_SHARED",
        "INSUFFICIENT_SECURITY",
        "KEY_TOO_SMALL",
        "EXCESSIVE",
    ),
}
"""Words in OpenSSL's errors, by reason. A server that sends an alert does speak TLS."""


def _with_the_expired_first(chain: Sequence[Certificate]) -> Sequence[Certificate]:
    """Puts expired certificates first: the one that has expired may be an authority's."""
    now = datetime.now(UTC).isoformat()
    return sorted(chain, key=lambda each: each.until > now)


def _tls_failure(call: Call, error: ssl.SSLError | None) -> Failure:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate_failure(call, error)
    text = (error.reason or str(error)) if error is not None else "closed"
    reason = "tls.client_certificate" if call.asked_for_certificate else _handshake_reason(text)
    if other := _greeted(call.greeting):
        text = f"{text}: {other}"
    return _explained(reason, call.where(), (("error", text),), Said(error=text.lower().replace("_", " ")))


def _handshake_reason(text: str) -> str:
    known = text.upper()
    matches = (reason for reason, words in _REASON_BY_ERROR.items() if any(word in known for word in words))
    return next(matches, "tls.not_tls")


def _certificate_failure(call: Call, error: ssl.SSLCertVerificationError) -> Failure:
    reason = _REASON_BY_VERIFY_CODE.get(error.verify_code, "tls.unknown_ca")
    chain = _with_the_expired_first(call.chain) if reason == "tls.expired" else call.chain
    facts = call.where() | chain_facts(chain)
    if reason == "tls.protocol":
        facts |= {"kind": "certificate"}
    if error.verify_code in _ISSUER_MISSING and facts.get("shown") == "1":
        facts |= {"kind": "alone"}
    if reason == "tls.hostname_mismatch" and call.address.host in facts.get("names", "").lower().split(", "):
        facts.pop("names")  # nobody is told that it is for this name and not for this name
    if root := missing_root(chain, call.trust):
        facts |= {"root": root}
    text = f"{error.verify_message} issuer: {facts.get('issuer', '')}".lower()
    said = Said(error=text, certificate=oddities(chain, call.address.host, call.trust))
    return _explained(reason, facts, (*chain_evidence(chain), ("error", error.verify_message)), said)


def _explained(reason: str, facts: Facts, evidence: Evidence, said: Said) -> Failure:
    """A failure of TLS, with a sign if something explains it further."""
    sign = sign_of(reason, said)
    if sign is None:
        return Failure(Stage.TLS, reason, facts, evidence)
    return Failure(Stage.TLS, sign.reason or reason, facts, evidence, sign.code)


def _greeted(greeting: bytes) -> str:
    """What the first bytes of an answer to TLS's greeting are instead."""
    if greeting == b"HTTP/":
        return "it answers in plain http"
    name = next((name for begin, name in _GREETINGS.items() if begin.encode("latin-1") == greeting[: len(begin)]), "")
    return f"it speaks {name}" if name and name != "TLS" else ""
