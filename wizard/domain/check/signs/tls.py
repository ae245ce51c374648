"""Signs of TLS: what OpenSSL reports of a handshake, and what is odd about a certificate."""

from __future__ import annotations

from wizard.domain.check.reasons import Owner
from wizard.domain.check.signs.sign import Sign, certificate, error

_OPENSSL = "github.com/openssl/openssl: crypto/err/openssl.txt"
_VERIFY = "github.com/openssl/openssl: crypto/x509/x509_txt.c"
_HANDSHAKE = ("tls.protocol", "tls.not_tls")
_NAMES = ("tls.hostname_mismatch",)
_TRUST = ("tls.unknown_ca", "tls.self_signed")
_LABELS = "https://www.rfc-editor.org/rfc/rfc9525#section-6.3"


def _handshake(name: str, source: str, *words: str) -> Sign:
    return Sign(f"tls.{name}", _HANDSHAKE, (error(*words),), source, reason="tls.protocol")


TLS: tuple[Sign, ...] = (
    _handshake(
        "old_version", _OPENSSL, "unsupported protocol", "protocol version", "version too low", "wrong ssl version"
    ),
    _handshake("renegotiation", _OPENSSL, "unsafe legacy renegotiation disabled"),
    _handshake("weak_key", _OPENSSL, "key too small", "key too weak", "key too short"),
    _handshake("weak_signature", _OPENSSL, "algorithm too weak", "legacy sigalg", "wrong signature type"),
    _handshake("no_http_1", "https://www.rfc-editor.org/rfc/rfc7301#section-3.2", "no application protocol"),
    _handshake(
        "ciphers",
        "https://www.rfc-editor.org/rfc/rfc8446#section-6.2",
        "handshake failure",
        "insufficient security",
        "no shared cipher",
        "no ciphers",
    ),
    _handshake(
        "server_trouble",
        "https://www.rfc-editor.org/rfc/rfc8446#section-6.2",
        "alert internal error",
    ),
    _handshake("wrong_purpose", _VERIFY, "certificate purpose"),
    _handshake("unknown_extension", _VERIFY, "unhandled critical extension"),
    _handshake("forbidden_name", _VERIFY, "subtree violation", "excluded subtree"),
    Sign("tls.plain_http", ("tls.not_tls",), (error("it answers in plain http"),), _OPENSSL),
    Sign(
        "tls.other_service",
        ("tls.not_tls",),
        (error("it speaks "),),
        "https://www.rfc-editor.org/rfc/rfc5321#section-4.2",
    ),
    Sign("tls.cut", ("tls.not_tls",), (error("closed", "unexpected eof", "eof occurred"),), _OPENSSL),
    Sign(
        "tls.ip_as_name", _NAMES, (certificate("ip_as_name"),), "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6"
    ),
    Sign("tls.common_name", _NAMES, (certificate("common_name"),), "https://www.rfc-editor.org/rfc/rfc9525#section-2"),
    Sign(
        "tls.authority_first",
        _NAMES,
        (certificate("authority_first"),),
        "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2",
    ),
    Sign(
        "tls.underscore", _NAMES, (certificate("underscore"),), "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6"
    ),
    Sign("tls.wildcard", _NAMES, (certificate("wildcard"),), _LABELS),
    Sign(
        "tls.inspected",
        _TRUST,
        (
            error(
                "issuer: cn=zscaler",
                "zscaler inc",
                "o=fortinet",
                "o=sophos",
                "o=netskope",
                "o=blue coat",
                "palo alto networks",
                "o=cisco umbrella",
            ),
        ),
        "https://help.zscaler.com/zia/about-zscaler-ssl-inspection-certificates",
        owner=Owner.IT,
    ),
    Sign(
        "tls.own_given",
        _TRUST,
        (certificate("own_given"),),
        "https://docs.openssl.org/master/man1/openssl-verification-options/",
    ),
    Sign(
        "tls.intermediate_given",
        _TRUST,
        (certificate("intermediate_given"),),
        "https://docs.openssl.org/master/man1/openssl-verification-options/",
    ),
)
