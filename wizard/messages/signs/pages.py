"""The words for pages and redirects that were meant for people."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wizard.messages.reasons.row import Row

_WITHOUT_SIGN_IN = (
    _l("Have the connector's address let through without a sign-in. The connector signs in to the ERP by itself."),
    _l("Let the connector's address through without a sign-in. SuperOffice calls without one."),
)
_SIGN_IN = Row(
    (
        _l("A sign-in of %(software)s stands in front of %(host)s. SuperOffice cannot sign in."),
        _l("A sign-in for people stands in front of %(host)s. SuperOffice cannot sign in."),
    ),
    *_WITHOUT_SIGN_IN,
)

PAGE_ROWS: Mapping[str, Row] = {
    **dict.fromkeys(
        ("redirect.sign_in", "page.sign_in", "sign_in.windows", "sign_in.token", "entra.sign_in", "entra.refused"),
        _SIGN_IN,
    ),
    "redirect.itself": Row(
        _l("%(host)s sends callers back to the same address, for ever. Often it waits for a cookie or for https."),
        _l("Have the redirect removed for the connector's address, or the header X-Forwarded-Proto of the proxy read."),
        _l("Remove the redirect from this address to itself; it may overlook the proxy's header X-Forwarded-Proto."),
    ),
    "redirect.https": Row(
        _l("%(host)s sends callers on to the same address with https. SuperOffice does not follow."),
        _l("Begin the address with https:// and check again."),
    ),
    "page.suspended": Row(
        _l("The hosting account behind %(host)s is suspended, so the connector does not run."),
        _l("Have the hosting account opened again at the hoster."),
        _l("Open the hosting account of %(host)s again: its hoster has suspended it."),
    ),
    "page.maintenance": Row(
        _l("%(host)s says that it is under maintenance."),
        _l("Wait until it is over and check again. If it lasts, ask when it ends."),
        _l("Tell me when the maintenance of %(host)s ends, or end it."),
    ),
    "page.listing": Row(
        _l("The address leads to a list of files on %(host)s, not to a connector."),
        _l("Enter the whole address. It should lead to the connector's own file."),
        address_in_doubt=True,
    ),
    "page.http_2": Row(
        _l("%(host)s speaks HTTP/2 only. SuperOffice calls with HTTP/1.1."),
        _l("Have HTTP/1.1 switched on for the connector's address."),
        _l("Switch on HTTP/1.1 for the connector's address."),
    ),
}
