"""The words of the reasons of encryption."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wizard.messages.reasons.row import Row

TLS_ROWS: Mapping[str, Row] = {
    "tls.self_signed": Row(
        _l("%(host)s shows a certificate that it has signed itself. SuperOffice will refuse to talk to it."),
        _l(
            "Have a certificate of a public authority installed on %(host)s. If your SuperOffice servers already trust "
            "this one, paste it under the address."
        ),
        _l("Install a certificate of a public authority on %(host)s."),
    ),
    "tls.unknown_ca/alone": Row(
        (
            _l(
                "%(host)s shows only its own certificate, issued by %(issuer)s, and none of the authority in between, "
                "so that it cannot be trusted."
            ),
            _l("%(host)s shows only its own certificate and none of the authority in between."),
        ),
        _l(
            "Have the whole chain installed on %(host)s, intermediate certificates included. If the authority is your "
            "company's own, paste its certificate under the address."
        ),
        (
            _l("Install the whole certificate chain on %(host)s: the certificate of %(issuer)s is not shown."),
            _l("Install the whole certificate chain on %(host)s, the intermediate certificate included."),
        ),
    ),
    "tls.unknown_ca": Row(
        (
            _l("The certificate of %(host)s was issued by %(issuer)s, which is not trusted here."),
            _l("The certificate of %(host)s comes from an authority that is not trusted here."),
        ),
        _l(
            "Usually the server does not send its intermediate certificate: have the whole chain installed on "
            "%(host)s. If the authority is your company's own, paste its certificate under the address."
        ),
        _l("Install the whole certificate chain on %(host)s, the intermediate certificate included."),
    ),
    "tls.expired": Row(
        (
            _l("The server shows a certificate that ended on %(until)s. SuperOffice will refuse to talk to it."),
            _l("The server shows a certificate that has ended. SuperOffice will refuse to talk to it."),
        ),
        _l("Have the certificate of %(host)s renewed. Then check again; you need not enter anything anew."),
        _l("Renew the certificate of %(host)s."),
    ),
    "tls.not_yet_valid": Row(
        (
            _l(
                "The server shows a certificate that is not valid before %(since)s. SuperOffice will refuse to talk to "
                "it."
            ),
            _l("The server shows a certificate that is not valid yet. SuperOffice will refuse to talk to it."),
        ),
        _l(
            "Have a certificate installed on %(host)s that is valid now. If it should be, check the clock of this "
            "machine."
        ),
        _l("Install a certificate on %(host)s that is valid now."),
    ),
    "tls.hostname_mismatch": Row(
        (
            _l("The certificate is for %(names)s, not for %(host)s. SuperOffice will refuse to talk to it."),
            _l(
                "The server does not know the name %(host)s, or its certificate is for another one. SuperOffice will "
                "refuse to talk to it."
            ),
        ),
        _l("Enter the address with a name that is in the certificate, or have one installed for %(host)s."),
        _l("Install a certificate for the name %(host)s, or tell me which name to use."),
        address_in_doubt=True,
    ),
    "tls.protocol/certificate": Row(
        _l("%(host)s shows a certificate that is too weak today, or that may not be used for this server."),
        _l(
            "Have a new certificate installed on %(host)s, an ordinary one for web servers. The detail says what is "
            "amiss."
        ),
        _l("Install a new certificate on %(host)s, an ordinary one for web servers."),
    ),
    "tls.protocol": Row(
        _l(
            "%(host)s and this wizard could not agree on encryption. SuperOffice and this wizard need TLS 1.2 or newer."
        ),
        _l(
            "Have TLS 1.2 or TLS 1.3, with current ciphers, switched on on %(host)s. The technical detail shows what "
            "it objected to."
        ),
        _l("Switch on TLS 1.2 or TLS 1.3, with current ciphers, on %(host)s."),
    ),
    "tls.not_tls": Row(
        (
            _l("Something takes connections on port %(port)s of %(host)s, but did not answer in https."),
            _l("Something takes connections on %(host)s, but did not answer in https."),
        ),
        _l(
            "Compare the port in the address with the provider's instructions. If it is right, have https switched "
            "on there."
        ),
        (
            _l("Switch on https on port %(port)s of %(host)s, or tell me the right port."),
            _l("Switch on https on %(host)s, or tell me the right port."),
        ),
        address_in_doubt=True,
    ),
    "tls.client_certificate": Row(
        _l("%(host)s lets in only callers with a certificate of their own. SuperOffice shows none."),
        _l("Have the request for a client certificate switched off for the connector's address."),
        _l("Switch off the request for a client certificate for this address."),
    ),
    "tls.odd_key": Row(
        (
            _l("It is encrypted, but with a certificate whose key (%(key)s) Windows does not know."),
            _l("It is encrypted, but with a certificate whose key Windows does not know."),
        ),
        _l("Have a certificate with an RSA key, or one of the curves P-256 or P-384, installed on %(host)s."),
        _l("Install a certificate with an RSA key, or one of the curves P-256 or P-384, on %(host)s."),
    ),
    "tls.timeout": Row(
        (
            _l("%(host)s took the connection, but did not agree on encryption within %(limit_seconds)s s."),
            _l("%(host)s took the connection, but did not agree on encryption in time."),
        ),
        _l("Check again in a minute. If it stays so, have %(host)s, and what stands in front of it, looked at."),
        _l("Find out why %(host)s takes connections but does not finish the TLS handshake."),
    ),
}
