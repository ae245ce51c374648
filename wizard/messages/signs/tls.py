"""The words for signs of TLS and of certificates."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wizard.messages.reasons.row import Row
from wizard.messages.signs.between import NETWORK

_ORDINARY_CERTIFICATE = (
    _l("Have a new certificate installed on %(host)s, an ordinary one for web servers with its name in it."),
    _l("Install a new certificate on %(host)s, an ordinary one for web servers with its name in it."),
)
_TLS_12 = (
    _l("Have TLS 1.2 or TLS 1.3, with current ciphers, switched on on %(host)s."),
    _l("Switch on TLS 1.2 or TLS 1.3, with current ciphers, on %(host)s."),
)

_AUTHORITIES = _l("Send me the certificates of all authorities above that of %(host)s, up to the root.")

TLS_SIGN_ROWS: Mapping[str, Row] = {
    "tls.old_version": Row(_l("%(host)s speaks only versions of TLS that are switched off today."), *_TLS_12),
    "tls.ciphers": Row(
        _l("%(host)s offers no cipher that SuperOffice and this wizard accept, or has no certificate for this name."),
        *_TLS_12,
    ),
    "tls.renegotiation": Row(
        _l("%(host)s does not know secure renegotiation (RFC 5746). Its TLS dates from before 2010."),
        _l("Have the TLS software of %(host)s, or of what stands in front of it, updated."),
        _l("Update the TLS software of %(host)s, or of what stands in front of it: it lacks secure renegotiation."),
    ),
    "tls.weak_key": Row(_l("%(host)s uses a key that is too short today."), *_ORDINARY_CERTIFICATE),
    "tls.weak_signature": Row(
        _l("The certificate of %(host)s is signed in a way that is too weak today, such as SHA-1."),
        *_ORDINARY_CERTIFICATE,
    ),
    "tls.no_http_1": Row(
        _l("%(host)s speaks HTTP/2 only. SuperOffice calls with HTTP/1.1."),
        _l("Have HTTP/1.1 switched on for the connector's address."),
        _l("Switch on HTTP/1.1 for the connector's address."),
    ),
    "tls.server_trouble": Row(
        _l("%(host)s broke off the handshake with an error of its own. Often it has no certificate for this name."),
        _l("Have the certificate and its key looked at on %(host)s, and whether they are set up for this name."),
        _l("Look at the certificate and its key on %(host)s: the TLS handshake ends in an internal error there."),
    ),
    "tls.wrong_purpose": Row(
        _l("The certificate of %(host)s was issued for another purpose than a web server."), *_ORDINARY_CERTIFICATE
    ),
    "tls.unknown_extension": Row(
        _l("The certificate of %(host)s demands something that Windows and this wizard do not know."),
        *_ORDINARY_CERTIFICATE,
    ),
    "tls.forbidden_name": Row(
        _l("The authority that issued the certificate of %(host)s may not issue certificates for this name."),
        *_ORDINARY_CERTIFICATE,
    ),
    "tls.plain_http": Row(
        _l("%(host)s speaks plain http on this port, without encryption, but the address begins with https."),
        _l(
            "Compare the port in the address with the provider's instructions. If it is right, have https switched on "
            "there."
        ),
        (
            _l("Switch on https on port %(port)s of %(host)s, or tell me the right port."),
            _l("Switch on https on %(host)s, or tell me the right port."),
        ),
        address_in_doubt=True,
    ),
    "tls.other_service": Row(
        _l("On this port of %(host)s answers another kind of service, such as mail or a remote shell."),
        _l("Compare the port in the address with the provider's instructions."),
        _l("Tell me the right port of the connector on %(host)s."),
        address_in_doubt=True,
    ),
    "tls.cut": Row(
        _l("%(host)s took the connection and cut it off in the TLS handshake, without a word."),
        _l(
            "Compare the port in the address with the provider's instructions. If it is right, have a firewall or load "
            "balancer there looked at: it may not know this name."
        ),
        _l("Find out what cuts TLS connections to %(host)s off: a firewall, or a load balancer that lacks this name."),
        address_in_doubt=True,
    ),
    "tls.ip_as_name": Row(
        _l(
            "The certificate holds the address %(host)s as a name, not as an IP address. Not every client accepts that."
        ),
        _l("Enter the address with a name that is in the certificate, or have one issued with %(host)s as IP address."),
        _l("Have a certificate issued with %(host)s as an IP address, or tell me a name to use."),
        address_in_doubt=True,
    ),
    "tls.common_name": Row(
        (
            _l("The certificate is for %(names)s, which is only in its subject (CN), and not for %(host)s."),
            _l("The certificate names its server only in its subject (CN), and that is not %(host)s."),
        ),
        *_ORDINARY_CERTIFICATE,
    ),
    "tls.authority_first": Row(
        _l("%(host)s shows its authority's certificate first, in place of its own."),
        _l("Have the certificates on %(host)s put in order: its own first, then those in between."),
        _l("Put the certificates on %(host)s in order: its own first, then those in between."),
    ),
    "tls.underscore": Row(
        _l("The name %(host)s has an underscore, which a certificate with * does not cover."),
        _l("Have a name without an underscore set up, and enter the address with it."),
        _l("Set up a name without an underscore for the connector and tell me."),
        address_in_doubt=True,
    ),
    "tls.wildcard": Row(
        (
            _l("The certificate is for %(names)s. The * stands for one part of a name, and %(host)s has more."),
            _l("The * in the certificate stands for one part of a name, and %(host)s has more."),
        ),
        _l("Enter the address with a name that is in the certificate, or have one installed for %(host)s."),
        _l("Install a certificate for the name %(host)s, or tell me which name to use."),
        address_in_doubt=True,
    ),
    "tls.inspected": Row(
        (
            _l(
                "The certificate of %(host)s comes from %(issuer)s: your own network opens and inspects the connection."
            ),
            _l("Your own network opens and inspects the connection to %(host)s, and shows a certificate of its own."),
        ),
        NETWORK.repair,
        NETWORK.asks,
    ),
    "tls.own_given": Row(
        (
            _l("The certificate that was given here is the server's own. It was issued by %(issuer)s."),
            _l("The certificate that was given here is the server's own, not that of its authority."),
        ),
        (
            _l("Give the certificate of %(issuer)s instead, which issued it. Whoever runs %(host)s has it."),
            _l("Give the certificate of its authority instead. Whoever runs %(host)s has it."),
        ),
        _AUTHORITIES,
    ),
    "tls.intermediate_given": Row(
        (
            _l("The certificate that was given here is one in between. Its root, %(root)s, is missing."),
            _l("The certificate that was given here is one in between. Its root is missing."),
        ),
        (
            _l("Give the certificate of %(root)s too, below the other. Whoever runs %(host)s has it."),
            _l("Give the certificate of its root too, below the other. Whoever runs %(host)s has it."),
        ),
        _AUTHORITIES,
    ),
}
