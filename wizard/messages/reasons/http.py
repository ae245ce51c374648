"""The words of the reasons of what a web server answers."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wizard.messages.reasons.row import Row

HTTP_ROWS: Mapping[str, Row] = {
    "http.not_found": Row(
        _l("%(host)s answers, but there is nothing at this path."),
        _l(
            "Compare the address behind the server's name with the provider's instructions, capital letters too. Often "
            "the end is missing: it should lead to the .svc file itself."
        ),
        _l("Tell me the whole address of the connector on %(host)s, or have it installed there."),
    ),
    "http.not_found/late": Row(
        _l("%(host)s no longer has anything at this path, although it answered there just before."),
        _l("Check again. If it stays so, tell the provider: the answers of their server differ from call to call."),
        _l("Find out why some calls to this address end at nothing (status 404)."),
    ),
    "http.auth_required": Row(
        (
            _l(
                "%(host)s asks for a sign-in before it lets anybody call (status %(status)s). SuperOffice has none to "
                "give."
            ),
            _l("%(host)s asks for a sign-in before it lets anybody call. SuperOffice has none to give."),
        ),
        _l(
            "Have anonymous access switched on for the connector's address. The connector signs in to the ERP by "
            "itself."
        ),
        _l("Switch on anonymous access for this address. SuperOffice calls without a sign-in."),
    ),
    "http.forbidden": Row(
        (
            _l("%(host)s does not let this call in (status %(status)s)."),
            _l("%(host)s does not let this call in."),
        ),
        _l(
            "Have this machine and SuperOffice let in, by the web server and by any firewall in front of it. Their "
            "calls carry no User-Agent, and a rule may refuse them for that."
        ),
        _l(
            "Let calls (POST) from this machine and from SuperOffice in, on the web server and any firewall in front "
            "of it. They carry no User-Agent, and a rule may refuse them for that."
        ),
    ),
    "http.redirect": Row(
        (
            _l("%(host)s sends callers on to %(location)s. SuperOffice does not follow."),
            _l("%(host)s sends callers on to another address. SuperOffice does not follow."),
        ),
        (
            _l("If %(final)s is the connector's address, enter it. If not, have the redirect removed."),
            _l("Ask for the connector's final address, or have the redirect removed."),
        ),
        _l("Remove the redirect from this address, or tell me the final one."),
        address_in_doubt=True,
    ),
    "http.method_not_allowed": Row(
        _l("%(host)s does not take calls (POST) at this address."),
        _l("Compare the address with the provider's instructions. If it is right, have POST allowed for it."),
        _l("Allow POST for this address, or tell me the right one."),
        address_in_doubt=True,
    ),
    "http.unsupported_media": Row(
        _l("%(host)s does not take the kind of message that SuperOffice sends (text/xml, SOAP 1.1)."),
        _l("Have the connector set to SOAP 1.1; in WCF that is basicHttpBinding."),
        _l("Set the connector to SOAP 1.1 with text/xml; in WCF that is basicHttpBinding."),
    ),
    "http.rate_limited": Row(
        _l("%(host)s says that it was called too often."),
        _l(
            "Wait some minutes and check again. If it stays so, have the limit raised; a synchronisation makes many "
            "calls."
        ),
        _l("Raise the number of calls that %(host)s takes; a synchronisation makes many."),
    ),
    "http.server_error": Row(
        (
            _l("%(host)s took the call and reports an error of its own (status %(status)s)."),
            _l("%(host)s took the call and reports an error of its own."),
        ),
        _l("Have the server's error log looked at, at the time of this check."),
        _l("Look at the server's error log, at the time given below."),
    ),
    "http.unavailable": Row(
        (
            _l("%(host)s answers that the connector is not available now (status %(status)s)."),
            _l("%(host)s answers that the connector is not available now."),
        ),
        _l("After a restart or an update this lasts a minute or two. If it stays so, have the connector started."),
        _l("Start the connector behind %(host)s."),
    ),
    "http.unexpected_status": Row(
        (
            _l("%(host)s answers with status %(status)s and says: “%(said)s”"),
            _l("%(host)s answers with status %(status)s, which no connector gives."),
            _l("%(host)s answers as no connector does."),
        ),
        _l(
            "Compare the address with the provider's instructions. If it is right, have the web server's set-up looked "
            "at."
        ),
        _l("Find out why a call (POST) to this address is answered with this status."),
        address_in_doubt=True,
    ),
    "http.timeout": Row(
        (
            _l("%(host)s took the call, but did not finish its answer within %(limit_seconds)s s."),
            _l("%(host)s took the call, but did not finish its answer in time."),
        ),
        _l("Check again. If it stays so, have the connector looked at: it hangs, or it waits for the ERP."),
        _l("Find out why the connector does not finish its answer: it hangs, or it waits for the ERP."),
    ),
    "http.closed": Row(
        _l("%(host)s took the call, then broke the connection off before its answer was complete."),
        _l(
            "Check again. If it stays so, have the connector's log looked at: it stopped, or something in front cuts "
            "it off."
        ),
        _l(
            "Look at the connector's log: it stopped in the middle of an answer, or something in front of it cuts it "
            "off."
        ),
    ),
    "http.too_large": Row(
        (
            _l("The answer is larger than %(megabytes)s MB, which no connector needs. The rest was not read."),
            _l("The answer is larger than any connector needs. The rest was not read."),
        ),
        _l("Compare the address with the provider's instructions; this one may lead to a download."),
        _l("Find out why the answer is this large, or tell me the right address."),
        address_in_doubt=True,
    ),
    "http.not_http": Row(
        (
            _l("What answers on port %(port)s of %(host)s does not answer as a web server does."),
            _l("What answers on %(host)s does not answer as a web server does."),
        ),
        _l(
            "Compare the port in the address with the provider's instructions. If it is right, have the web server "
            "looked at."
        ),
        _l("Tell me the right port, or find out why the web server's answers begin in an unknown way."),
        address_in_doubt=True,
    ),
}
