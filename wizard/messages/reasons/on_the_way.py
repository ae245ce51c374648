"""The words of the layers on the way to SuperOffice itself, where those of connectors do not fit."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wizard.messages.facts import Texts
from wizard.messages.reasons.address import ADDRESS_ROWS
from wizard.messages.reasons.http import HTTP_ROWS
from wizard.messages.reasons.row import Row
from wizard.messages.reasons.tls import TLS_ROWS

_ENTER = _l("Enter the address at which you open SuperOffice in the browser. It begins with https://.")
_NOT_HTTPS = _l("The address does not begin with https://.")


def _address(happened: Texts, repair: Texts = _ENTER) -> Row:
    return Row(happened, repair)


def _connect(happened: Texts) -> Row:
    return Row(
        happened,
        (
            _l(
                "Have the firewall let this machine through to %(host)s, port %(port)s. On a server of your own, have "
                "SuperOffice's web server looked at too."
            ),
            _l(
                "Have the firewall let this machine through to %(host)s. On a server of your own, have SuperOffice's "
                "web server looked at too."
            ),
        ),
        (
            _l("Let this machine through to %(server)s, port %(port)s, and see whether SuperOffice's web server runs."),
            _l("Let this machine through to %(host)s, and see whether SuperOffice's web server runs."),
        ),
    )


def _certificate(happened: Texts) -> Row:
    return Row(
        happened,
        _l(
            "Have the certificate of %(host)s looked at. If its authority is your company's own, paste that one's "
            "certificate under the address. If it is that of a proxy, let this machine past it."
        ),
        _l(
            "Look at the certificate that %(host)s shows to this machine: it has to be valid, for this name, and come "
            "with its whole chain."
        ),
    )


def _encryption(happened: Texts) -> Row:
    return Row(
        happened,
        _l("Have https on %(host)s looked at, and any proxy on the way there."),
        _l("Look at https on %(host)s and any proxy on the way there. The technical detail shows what failed."),
    )


def _http(happened: Texts) -> Row:
    return Row(
        happened,
        _l(
            "Check again in some minutes. If it stays so, have SuperOffice's web server and any proxy on the way "
            "looked at."
        ),
        _l("Look at the web server on %(host)s and any proxy on the way there. The technical detail shows what came."),
    )


ON_THE_WAY_ROWS: Mapping[str, Row] = {
    f"{code}/superoffice": row
    for code, row in {
        "address.empty": _address(ADDRESS_ROWS["address.empty"].happened),
        "address.malformed": _address(ADDRESS_ROWS["address.malformed"].happened),
        "address.unsupported_scheme": _address(_NOT_HTTPS),
        "address.app_scheme": _address(_NOT_HTTPS),
        "address.credentials": _address(
            _l("The address has a user name or password in it."),
            _l(
                "Remove what stands between // and the server's name, the @ too. User name and password have fields of "
                "their own."
            ),
        ),
        "address.too_long": _address(_l("The address is too long.")),
        "address.not_allowed": _address(
            ADDRESS_ROWS["address.not_allowed"].happened,
            _l(
                "If the address is right, the person who runs this wizard can allow it with the setting "
                "ERP_WIZARD_ALLOW, or ERP_WIZARD_LOOPBACK if it is this machine."
            ),
        ),
        "address.port_not_allowed": _address(
            ADDRESS_ROWS["address.port_not_allowed"].happened,
            _l("If the port is right, the person who runs this wizard can allow it: ERP_WIZARD_ALLOW_PORTS."),
        ),
        "address.plain_http": _address(ADDRESS_ROWS["address.plain_http"].happened),
        "dns.not_found": Row(
            ADDRESS_ROWS["dns.not_found"].happened,
            _l(
                "Compare the server's name with the one in your browser. If it is right, have the name server of this "
                "machine looked at."
            ),
            _l("Make the name %(host)s known to the name server of this machine."),
        ),
        "connect.refused": _connect(ADDRESS_ROWS["connect.refused"].happened),
        "connect.timeout": _connect(ADDRESS_ROWS["connect.timeout"].happened),
        "tls.self_signed": _certificate(_l("%(host)s shows a certificate that it has signed itself.")),
        "tls.unknown_ca": _certificate(TLS_ROWS["tls.unknown_ca"].happened),
        "tls.expired": _certificate(
            (
                _l("The server shows a certificate that ended on %(until)s."),
                _l("The server shows a certificate that has ended."),
            )
        ),
        "tls.not_yet_valid": _certificate(
            (
                _l("The server shows a certificate that is not valid before %(since)s."),
                _l("The server shows a certificate that is not valid yet."),
            )
        ),
        "tls.hostname_mismatch": _certificate(
            (
                _l("The certificate is for %(names)s, not for %(host)s."),
                _l("The certificate is not for the name %(host)s."),
            )
        ),
        "tls.protocol": _encryption(
            _l("%(host)s and this wizard could not agree on encryption. TLS 1.2 or newer is needed.")
        ),
        "tls.not_tls": _encryption(TLS_ROWS["tls.not_tls"].happened),
        "tls.client_certificate": _encryption(
            _l("%(host)s lets in only callers with a certificate of their own. This wizard shows none.")
        ),
        "http.auth_required": _http(_l("A proxy on the way to %(host)s asks for a sign-in.")),
        "http.redirect": _http(
            (
                _l("%(host)s sends callers on to %(location)s."),
                _l("%(host)s sends callers on to another address."),
            )
        ),
        "http.server_error": _http(HTTP_ROWS["http.server_error"].happened),
        "http.unavailable": _http(
            (
                _l("%(host)s answers that SuperOffice is not available now (status %(status)s)."),
                _l("%(host)s answers that SuperOffice is not available now."),
            )
        ),
        "http.unexpected_status": _http(
            (
                _l("%(host)s answers with status %(status)s, which is not expected here."),
                _l("%(host)s does not answer as SuperOffice does."),
            )
        ),
        "http.closed": _http(HTTP_ROWS["http.closed"].happened),
        "http.too_large": _http(
            (
                _l("The answer is larger than %(megabytes)s MB. The rest was not read."),
                _l("The answer is too large. The rest was not read."),
            )
        ),
        "http.not_http": _http(HTTP_ROWS["http.not_http"].happened),
    }.items()
}
"""By the reason's code, for a result whose fact `target` is `superoffice`."""
