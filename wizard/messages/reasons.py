"""The words of every reason: what happened, what to do about it, and the request to the person who can.

A text may name facts of its result as `%(name)s`: `wizard.outside.connector.checks.run` lists them, and
`wizard.messages.facts` puts them into words. Where one may be missing, a plainer text follows that needs only `host`.

A key is a reason's code. `code/kind` is preferred to it for a result whose fact `kind` says so, and `code/late` at a
stage that comes after the connector has answered once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from wizard.messages.facts import Text, Texts

_WHICH_ADDRESS = _l("Tell me which address I have to enter.")


@dataclass(frozen=True, slots=True)
class Row:
    """What happened, what the administrator does about it, and what is asked of the person who can repair it.

    Without `asks`, the administrator repairs it alone and the provider is only asked for the right address.
    """

    happened: Texts
    repair: Texts
    asks: Texts = _WHICH_ADDRESS
    address_in_doubt: bool = False
    """Whether somebody else repairs it unless the address that was entered is wrong."""


def _misread(*happened: Text) -> Row:
    """What SuperOffice would make of an answer, by the kind of the first place that it misreads."""
    return Row(
        (*happened, _l("SuperOffice cannot read the answer as it is meant.")),
        (
            _l(
                "Have the answer to %(operation)s changed to match the interface description; the detail lists every "
                "place."
            ),
            _l("Have the answer changed to match the interface description; the detail lists every place."),
        ),
        (
            _l("Change the answer to %(operation)s to match the interface description. Places to repair: %(count)s."),
            _l("Change the answer to match the interface description."),
        ),
    )


_IN_ITS_LOG = (
    _l("Have the connector's log looked at, at the time of this check. The technical detail shows what it said."),
    _l("Look at the connector's log, at the time given below; what it said follows."),
)


ROWS: Mapping[str, Row] = {
    "address.empty": Row(
        _l("No address has been entered."),
        _l("Enter the connector URL from the app provider's instructions."),
    ),
    "address.malformed": Row(
        (_l("This is not an address that can be called: %(url)s"), _l("This is not an address that can be called.")),
        _l("Copy the whole address from the provider's instructions. It begins with https:// and often ends in .svc."),
    ),
    "address.malformed/port": Row(
        (
            _l("The port in this address is not a number from 1 to 65535: %(url)s"),
            _l("The port in this address is not a number from 1 to 65535."),
        ),
        _l("Compare the port in the address with the provider's instructions."),
    ),
    "address.unsupported_scheme": Row(
        (
            _l(
                "The address begins with %(scheme)s:. SuperOffice calls connectors at addresses that begin with https:."
            ),
            _l("The address does not begin with https://."),
        ),
        _l("Enter the address that begins with https://."),
    ),
    "address.app_scheme": Row(
        _l("An app:// address is looked up inside SuperOffice and cannot be called from here."),
        _l("Enter the address behind it too, so that it can be tested. The app's provider knows it."),
        _l("Tell me the https address that this app:// address stands for."),
    ),
    "address.credentials": Row(
        _l("The address has a user name or password in it. SuperOffice calls connectors without one."),
        _l(
            "Remove what stands between // and the server's name, the @ too. Sign-in details belong in the fields of "
            "step 3."
        ),
    ),
    "address.too_long": Row(
        (
            _l("The address has %(length)s characters. SuperOffice keeps %(limit)s at most."),
            _l("The address is longer than SuperOffice can keep."),
        ),
        _l("Ask the provider for a shorter address."),
        _l("Offer the connector at a shorter address."),
    ),
    "address.not_allowed": Row(
        (
            _l("%(host)s leads to %(addresses)s. %(address)s may not be called from here."),
            _l("%(address)s may not be called from here."),
            _l("This address may not be called from here."),
        ),
        _l(
            "Enter the address under which the connector is reached over the network. If this one is right, the person "
            "who runs this wizard can allow it with the setting ERP_WIZARD_ALLOW."
        ),
    ),
    "address.not_allowed/own": Row(
        (
            _l("%(host)s leads to %(address)s, which is this machine itself. It may not be called from here."),
            _l("%(address)s is this machine itself. It may not be called from here."),
            _l("This address is this machine itself. It may not be called from here."),
        ),
        _l(
            "Compare the address with the provider's instructions. If the connector does run on this machine, the "
            "person who runs this wizard can allow it with the setting ERP_WIZARD_LOOPBACK."
        ),
    ),
    "address.port_not_allowed": Row(
        (
            _l("Port %(port)s belongs to another kind of service, such as mail or a database, and may not be called."),
            _l("This port belongs to another kind of service, such as mail or a database, and may not be called."),
        ),
        _l(
            "Compare the port in the address with the provider's instructions. If it is right, the person who runs "
            "this wizard can allow it with the setting ERP_WIZARD_ALLOW_PORTS."
        ),
    ),
    "address.plain_http": Row(
        _l("It uses http, so others can read everything on its way, passwords too."),
        _l("Ask the provider for an address that begins with https://."),
        _l("Offer the connector at an address that begins with https://."),
    ),
    "dns.not_found": Row(
        (_l("The name %(host)s is not known."), _l("The server's name is not known.")),
        _l(
            "Compare the address with the provider's instructions, letter by letter. A name of your own network must "
            "be known to the name server of this machine; your IT department sees to that."
        ),
        (
            _l("Tell me whether the name %(host)s is right, and from which network it is known."),
            _l("Tell me whether the server's name is right, and from which network it is known."),
        ),
    ),
    "dns.temporary": Row(
        (
            _l("The name %(host)s could not be looked up, because the name server gave no usable answer."),
            _l("The server's name could not be looked up, because the name server gave no usable answer."),
        ),
        _l("Check again in a minute. If it stays so, have the name server of this machine looked at."),
        _l("Have a look at the name server that this machine uses: it gives no usable answer for %(host)s."),
    ),
    "connect.refused": Row(
        (
            _l(
                "%(server)s refuses connections on port %(port)s: nothing answers there, or a firewall turns them away."
            ),
            _l("%(host)s refuses connections: nothing answers there, or a firewall turns them away."),
        ),
        _l(
            "Compare server and port in the address with the provider's instructions. If they are right, have the "
            "connector started, and let through by the firewall."
        ),
        (
            _l(
                "Start the connector on port %(port)s of %(host)s and let calls through to it, or tell me the right "
                "port."
            ),
            _l("Start the connector on %(host)s and let calls through to it, or tell me the right port."),
        ),
        address_in_doubt=True,
    ),
    "connect.timeout": Row(
        (
            _l("%(server)s does not answer on port %(port)s. Usually a firewall keeps the call out."),
            _l("%(host)s does not answer. Usually a firewall keeps the call out."),
        ),
        (
            _l(
                "Compare the address with the provider's instructions. If it is right, have the firewall let this "
                "machine and SuperOffice through to %(host)s, port %(port)s."
            ),
            _l(
                "Compare the address with the provider's instructions. If it is right, have the firewall let this "
                "machine and SuperOffice through to %(host)s."
            ),
        ),
        (
            _l("Let this machine and SuperOffice through to %(server)s, port %(port)s."),
            _l("Let this machine and SuperOffice through to %(host)s."),
        ),
        address_in_doubt=True,
    ),
    "connect.unreachable": Row(
        (_l("There is no way from here to %(server)s."), _l("There is no way from here to %(host)s.")),
        _l(
            "Have the network between here and %(host)s looked at: a VPN that is down, a missing route, or an address "
            "that only holds inside another network."
        ),
        (
            _l("Make a way from this machine to %(server)s: route, VPN or firewall."),
            _l("Make a way from this machine to %(host)s: route, VPN or firewall."),
        ),
    ),
    "connect.private": Row(
        (
            _l("It works from here. %(address)s is a private address: SuperOffice reaches it only from this network."),
            _l("It works from here. This is a private address: SuperOffice reaches it only from this network."),
        ),
        _l(
            "If SuperOffice runs in the cloud, ask the provider for a public address. If it runs in this network, you "
            "need not do anything; the setting ERP_WIZARD_SUPEROFFICE_NETWORKS takes this remark away."
        ),
        _l("Tell me under which address SuperOffice reaches the connector."),
    ),
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
    "tls.timeout": Row(
        (
            _l("%(host)s took the connection, but did not agree on encryption within %(limit_seconds)s s."),
            _l("%(host)s took the connection, but did not agree on encryption in time."),
        ),
        _l("Check again in a minute. If it stays so, have %(host)s, and what stands in front of it, looked at."),
        _l("Find out why %(host)s takes connections but does not finish the TLS handshake."),
    ),
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
            _l("If %(location)s is the connector's address, enter it. If not, have the redirect removed."),
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
    "contract.html": Row(
        _l("This address answers with a web page for people, not as a connector."),
        _l(
            "Compare the address with the provider's instructions. It may be that of a help or sign-in page; the page "
            "is in the technical detail."
        ),
        _l("Tell me the address at which the connector itself answers, without a page or a sign-in in front of it."),
        address_in_doubt=True,
    ),
    "contract.html/late": Row(
        _l("The connector answered with a web page for people this time."),
        *_IN_ITS_LOG,
    ),
    "contract.empty": Row(
        _l("This address takes the call and answers nothing."),
        _l("Have the connector's log looked at. Some servers answer nothing when an error was kept from view."),
        _l("Look at the connector's log, at the time given below: the call was taken and the answer is empty."),
    ),
    "contract.not_xml": Row(
        (
            _l("This address answers in another form (%(content_type)s) than a connector does."),
            _l("This address answers in another form than a connector does."),
        ),
        _l("Compare the address with the provider's instructions. It may be that of another interface, such as REST."),
        _l("Tell me the address of the SOAP service, or have it answer in plain SOAP 1.1."),
        address_in_doubt=True,
    ),
    "contract.not_xml/late": Row(
        (
            _l("The connector answered in another form (%(content_type)s) this time."),
            _l("The connector answered in another form this time."),
        ),
        *_IN_ITS_LOG,
    ),
    "contract.malformed_xml": Row(
        _l("The answer is XML that breaks off or is not well-formed. SuperOffice cannot read it."),
        _l("Have the connector's answer repaired. The technical detail shows how it begins."),
        _l("Repair the connector's answer: it is not well-formed XML."),
    ),
    "contract.forbidden_xml": Row(
        _l("The answer holds a DTD or processing instructions. SuperOffice refuses such XML."),
        _l("Have the connector answer in plain SOAP, without them."),
        _l("Leave DTDs and processing instructions out of the answer."),
    ),
    "contract.content_type": Row(
        (
            _l("The answer reads well, but is labelled %(content_type)s instead of text/xml. SuperOffice refuses it."),
            _l("The answer reads well, but does not say that it is text/xml. SuperOffice refuses it."),
        ),
        _l("Have the connector send the header Content-Type: text/xml; charset=utf-8."),
        _l("Send the header Content-Type: text/xml; charset=utf-8 with each answer."),
    ),
    "contract.charset": Row(
        (
            _l("The answer is written in %(charset)s. SuperOffice reads utf-8 and utf-16 only."),
            _l("The answer is written in characters that SuperOffice does not read. It reads utf-8 and utf-16 only."),
        ),
        _l("Have the connector answer in utf-8, in the header and in the XML."),
        _l("Answer in utf-8, in the header and in the XML."),
    ),
    "contract.not_soap": Row(
        _l("This address answers in XML, but not as a SOAP service."),
        _l(
            "Compare the address with the provider's instructions. It may be that of another interface of the same "
            "server."
        ),
        _l("Tell me the address of the SOAP service."),
        address_in_doubt=True,
    ),
    "contract.soap_version": Row(
        _l("The connector speaks SOAP 1.2. SuperOffice speaks SOAP 1.1."),
        _l("Have the connector set to SOAP 1.1; in WCF that is basicHttpBinding."),
        _l("Set the connector to SOAP 1.1; in WCF that is basicHttpBinding."),
    ),
    "contract.fault": Row(
        (
            _l("The connector took the call %(operation)s and reported an error of its own."),
            _l("The connector took the call and reported an error of its own."),
        ),
        *_IN_ITS_LOG,
    ),
    "contract.misread": _misread(),
    "contract.misread/order": _misread(
        _l("%(member)s is not in its place. SuperOffice drops it without a word and goes on without its value.")
    ),
    "contract.misread/namespace": _misread(
        _l("%(member)s is in another namespace. SuperOffice drops it without a word and goes on without its value.")
    ),
    "contract.misread/dictionary": _misread(
        _l("%(member)s is no dictionary in the form of the interface description. SuperOffice reads it as empty.")
    ),
    "contract.misread/item": _misread(
        _l("%(member)s has another name than in the interface description. SuperOffice reads the list without it.")
    ),
    "contract.misread/enum": _misread(
        _l(
            "%(member)s says “%(text)s”, which is not in the interface description. SuperOffice refuses the whole "
            "answer."
        ),
        _l("%(member)s holds a name that is not in the interface description. SuperOffice refuses the whole answer."),
    ),
    "contract.misread/nil": _misread(
        _l("%(member)s is nil where the interface description wants a value. SuperOffice refuses the whole answer.")
    ),
    "contract.misread/value": _misread(
        _l("%(member)s says “%(text)s”, which is not of its kind. SuperOffice refuses the whole answer."),
        _l("%(member)s holds nothing of its kind. SuperOffice refuses the whole answer."),
    ),
    "contract.misread/absent": _misread(
        _l("%(member)s is missing. SuperOffice reads that as no and takes the answer for a failure.")
    ),
    "contract.misread/type": _misread(
        _l("%(member)s says that it is of another type (%(text)s). SuperOffice refuses the whole answer."),
        _l("%(member)s says that it is of another type. SuperOffice refuses the whole answer."),
    ),
    "contract.misread/stray": _misread(
        _l("In %(member)s stands “%(text)s”, where nothing may stand. SuperOffice refuses the whole answer."),
        _l("In %(member)s stands something, where nothing may stand. SuperOffice refuses the whole answer."),
    ),
    "contract.misread/header": _misread(
        _l("The header %(member)s has to be understood, and SuperOffice does not know it. It refuses the whole answer.")
    ),
    "contract.wrong_service": Row(
        _l("This is a SOAP service, but not an ERP Sync connector: it does not know the calls of one."),
        _l("Compare the address with the provider's instructions. One server often has several services."),
        _l("Tell me the address of the ERP Sync connector."),
    ),
    "contract.wrong_service/late": Row(
        (
            _l("The connector does not know the call %(operation)s, which SuperOffice needs."),
            _l("The connector does not know a call that SuperOffice needs."),
        ),
        _l("Ask the app's provider for a version of the connector that has all calls in the interface description."),
        (
            _l("Add the call %(operation)s to the connector."),
            _l("Add the missing call to the connector."),
        ),
    ),
    "contract.namespace": Row(
        (
            _l(
                "The connector works, but only under its own namespace %(namespace)s. SuperOffice calls the documented "
                "one."
            ),
            _l("The connector works, but only under its own namespace. SuperOffice calls the documented one."),
        ),
        _l("Have the connector's service namespace set to http://www.superoffice.net/EIS/Connector/1.0."),
        _l("Set the service namespace to http://www.superoffice.net/EIS/Connector/1.0."),
    ),
    "fields.error": Row(
        (
            _l("The connector could not say which fields it needs: %(answer)s"),
            _l("The field %(label)s has no key, so the connector would not get its value."),
            _l("The connector could not say which fields it needs."),
        ),
        _l("Have the connector's own set-up looked at. The technical detail may say more."),
        (
            _l("Give the field %(label)s a key."),
            _l(
                "Look at the set-up of the connector: WSGetConfigData ends in an error, or gives a field without a key."
            ),
        ),
    ),
    "fields.duplicate_key": Row(
        (_l("The connector asks for the field %(key)s twice."), _l("The connector asks for the same field twice.")),
        _l("Have each field given a key of its own. Until then one value would take the place of the other."),
        (_l("Give each field a key of its own; %(key)s stands for several."), _l("Give each field a key of its own.")),
    ),
    "fields.unknown_type": Row(
        (
            _l(
                "The field %(key)s is of a kind that SuperOffice does not know: %(field_type)s. It refuses the whole "
                "answer."
            ),
            _l("A field is of a kind that SuperOffice does not know. It refuses the whole answer."),
        ),
        _l("Have the field given one of the eight kinds in the interface description."),
        (
            _l(
                "Give the field %(key)s one of these kinds: Checkbox, Text, Password, Integer, Double, List, Datetime, "
                "Label."
            ),
            _l("Give each field one of these kinds: Checkbox, Text, Password, Integer, Double, List, Datetime, Label."),
        ),
    ),
    "fields.none": Row(
        _l("The connector works and asks for no fields."),
        _l("That can be right. If the provider's instructions name fields, have the connector's own set-up looked at."),
        _l("Tell me whether it is right that the connector asks for no fields."),
    ),
    "fields.list_unavailable": Row(
        (
            _l("The connector works, but did not give the choices of the list %(list)s."),
            _l("The connector works, but did not give the choices of a list."),
        ),
        _l("You can go on and type the key of your choice. Have the list looked at; the technical detail says why."),
        (
            _l("Find out why the connector gives no choices for the list %(list)s."),
            _l("Find out why the connector gives no choices for a list."),
        ),
    ),
    "config.rejected": Row(
        (
            _l("The connector works, but its test of the details failed: %(answer)s"),
            _l("The connector works, but its test of the details failed."),
        ),
        (
            _l(
                "Correct the field %(field)s and test again. If it is still refused, your ERP administrator can tell "
                "what is needed."
            ),
            _l(
                "Correct what the answer names and test again. If it is still refused, your ERP administrator can "
                "tell what is needed."
            ),
        ),
        _l("Tell me which details the ERP expects, or change what it refuses."),
    ),
    "config.no_explanation": Row(
        _l("The connector works, but its test of the details failed, and nothing says why."),
        _l("Compare every field with what your ERP administrator gave you. The technical detail may say more."),
        _l("Look at the ERP's log at the time given below, and tell me what it refused."),
    ),
    "config.contradiction": Row(
        (
            _l("The connector says both that the test passed and that it failed: %(answer)s"),
            _l("The connector says both that the test passed and that it failed."),
        ),
        _l(
            "Compare every field with what you were given and test again. If all is right, tell the app's provider: "
            "State and IsOk of the answer contradict each other."
        ),
        _l("State and IsOk of the answer to the test contradict each other. Tell me which one holds."),
    ),
    "config.info": Row(
        (
            _l("Your ERP let the connector in, with a remark: %(answer)s"),
            _l("Your ERP let the connector in, with a remark that has no text."),
        ),
        _l("Nothing has to be done now."),
        _l("Tell me whether anything has to be done."),
    ),
    "config.warning": Row(
        (
            _l("Your ERP let the connector in, with a warning: %(answer)s"),
            _l("Your ERP let the connector in, with a warning that has no text."),
        ),
        _l("You can save. Ask your ERP administrator what the warning means for the synchronisation."),
        _l("Tell me what this warning means for the synchronisation."),
    ),
    "save.rejected": Row(
        (
            _l("The connector did not keep the connection: %(answer)s"),
            _l("The connector did not keep the connection, and nothing says why."),
        ),
        _l("Correct what it names, if it names anything. Test again and save again: what you entered is still here."),
        _l("Tell me what is needed for the connector to keep the connection."),
    ),
    "connection.rejected": Row(
        (
            _l("The connector kept the connection, but its test failed: %(answer)s"),
            _l("The connector kept the connection, but its test failed."),
        ),
        _l(
            "Test again and save again. If it stays so, tell the app's provider: the same details passed before saving."
        ),
        _l("Find out why details that pass WSTestConfigData fail in WSTestConnection once they are saved."),
    ),
    "connection.unknown": Row(
        _l("The connector took the connection twice and did not know it afterwards."),
        _l("Tell the app's provider that the connector does not store its connections."),
        _l("Find out why the connector does not know a connection right after WSSaveConnection."),
    ),
    "catalog.rejected": Row(
        (
            _l("The connection is saved, but the connector did not say what can be synchronised: %(answer)s"),
            _l("The connection is saved, but the connector did not say what can be synchronised."),
        ),
        _l("You can go on. Test the connection again before you choose what is synchronised."),
        _l("Find out why the connector does not list its actor types and their fields."),
    ),
}
