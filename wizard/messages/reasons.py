"""For every reason what happened and what to do: the one place where the words of a new reason are written.

Each row takes the facts of a stage result (`wizard.connectors.check` lists them) and answers two sentences. A fact that
is missing has a word that fits, so that no row has to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from wizard.messages.times import date

_Say = Callable[["Facts"], str]


@dataclass(frozen=True, slots=True)
class Row:
    """What happened and what to do, for one reason."""

    happened: _Say
    repair: _Say


class Facts:
    """The facts of a result, with a fitting word for one that is missing."""

    def __init__(self, facts: Mapping[str, str], answer: str = "") -> None:
        self._facts = facts
        self.answer = answer

    def __getattr__(self, name: str) -> str:
        return self._facts.get(name) or _missing(name)

    def has(self, name: str) -> bool:
        return bool(self._facts.get(name))

    @property
    def ended(self) -> str:
        return date(self._facts["until"]) if self.has("until") else _("a day in the past")

    @property
    def begins(self) -> str:
        return date(self._facts["since"]) if self.has("since") else _("a day to come")

    @property
    def megabytes(self) -> str:
        return str(int(self._facts.get("limit", 8 << 20)) >> 20)


def _missing(name: str) -> str:
    words = {
        "host": _("the server"),
        "address": _("its address"),
        "port": _("its port"),
        "issuer": _("an unknown authority"),
        "names": _("another name"),
        "status": _("an error"),
        "limit_seconds": _("some"),
        "location": _("another address"),
        "operation": _("the call"),
    }
    return words.get(name, "…")


ROWS: Mapping[str, Row] = {
    "address.empty": Row(
        lambda f: _("No address was given."),
        lambda f: _("Enter the connector URL that you got from the app's provider."),
    ),
    "address.malformed": Row(
        lambda f: _("This is not an address that can be called."),
        lambda f: _("Copy the whole URL from the provider's instructions. It begins with https:// and often ends in .svc"),
    ),
    "address.unsupported_scheme": Row(
        lambda f: _("An address that begins with %(scheme)s: cannot be tested from here.", scheme=f.scheme),
        lambda f: _("Enter the address that begins with https://"),
    ),
    "address.app_scheme": Row(
        lambda f: _("An app:// address is looked up inside SuperOffice; it cannot be called from here."),
        lambda f: _("Enter the real address behind it too. The app's provider knows it."),
    ),
    "address.credentials": Row(
        lambda f: _("The address has a user name or password in it. SuperOffice calls connectors without one."),
        lambda f: _("Remove everything between // and @ from the address."),
    ),
    "address.too_long": Row(
        lambda f: _("The address is too long. SuperOffice keeps 1023 characters."),
        lambda f: _("Ask the provider for a shorter address."),
    ),
    "address.not_allowed": Row(
        lambda f: _("%(address)s may not be called from here.", address=f.address)
        if f.has("address")
        else _("This address may not be called from here."),
        lambda f: _(
            "Use the server's real name or address. If this one is right, the person who runs this wizard can allow its"
            " network with ERP_WIZARD_ALLOW."
        ),
    ),
    "address.plain_http": Row(
        lambda f: _("It uses http, so everything, passwords too, travels unencrypted."),
        lambda f: _("Ask the provider for an address that begins with https://"),
    ),
    "dns.not_found": Row(
        lambda f: _("There is no server with the name %(host)s.", host=f.host),
        lambda f: _("Compare the name with the provider's instructions, letter by letter. On an internal network, IT may have to make it known."),
    ),
    "dns.temporary": Row(
        lambda f: _("The name %(host)s could not be looked up: the name server did not answer.", host=f.host),
        lambda f: _("Try again in a minute. If it stays so, IT has to look at the name server of this machine."),
    ),
    "connect.refused": Row(
        lambda f: _("%(host)s (%(address)s) is there, but nothing answers on port %(port)s.", host=f.host, address=f.address, port=f.port),
        lambda f: _("Have the connector started on that port, or compare the port in the address with the provider's instructions."),
    ),
    "connect.timeout": Row(
        lambda f: _("%(host)s (%(address)s) does not answer on port %(port)s.", host=f.host, address=f.address, port=f.port),
        lambda f: _("A firewall probably keeps the connection out. Have it let this machine, and SuperOffice, through to port %(port)s.", port=f.port),
    ),
    "connect.unreachable": Row(
        lambda f: _("There is no way from here to %(host)s (%(address)s).", host=f.host, address=f.address),
        lambda f: _("Have the route to that network checked: a VPN that is down, a firewall, or an address that only works inside another network."),
    ),
    "tls.self_signed": Row(
        lambda f: _("The server shows a certificate that it made itself. SuperOffice will refuse to talk to it."),
        lambda f: _("Have a certificate from a public authority installed on %(host)s. If SuperOffice runs on your own servers and trusts this certificate, paste it under the address.", host=f.host),
    ),
    "tls.unknown_ca": Row(
        lambda f: _("The server's certificate comes from %(issuer)s, which is not trusted.", issuer=f.issuer),
        lambda f: _("Often the intermediate certificate is missing: have the whole chain installed on %(host)s. If it is your company's own authority, paste its certificate under the address.", host=f.host),
    ),
    "tls.expired": Row(
        lambda f: _("The server shows a certificate that ended on %(date)s. SuperOffice will refuse to talk to it.", date=f.ended),
        lambda f: _("Have the certificate of %(host)s renewed. Then check again; you need not enter anything anew.", host=f.host),
    ),
    "tls.not_yet_valid": Row(
        lambda f: _("The server shows a certificate that only holds from %(date)s.", date=f.begins),
        lambda f: _("Have the clocks of both servers checked, or a certificate installed that already holds."),
    ),
    "tls.hostname_mismatch": Row(
        lambda f: _("The server's certificate is for %(names)s, not for %(host)s.", names=f.names, host=f.host),
        lambda f: _("Use an address with a name that the certificate has, or have one installed that has the name %(host)s.", host=f.host),
    ),
    "tls.protocol": Row(
        lambda f: _("The server only offers old encryption that is no longer safe."),
        lambda f: _("Have TLS 1.2 or 1.3 switched on on %(host)s.", host=f.host),
    ),
    "tls.not_tls": Row(
        lambda f: _("There is something on port %(port)s, but it does not speak https.", port=f.port),
        lambda f: _("Compare the port in the address with the provider's instructions, or have https switched on on %(host)s.", host=f.host),
    ),
    "tls.client_certificate": Row(
        lambda f: _("The server asks callers for a certificate of their own. SuperOffice has none to show."),
        lambda f: _("Have client certificates switched off for the connector's address."),
    ),
    "tls.timeout": Row(
        lambda f: _("The server accepted the connection and then did not agree on encryption within %(seconds)s seconds.", seconds=f.limit_seconds),
        lambda f: _("Have %(host)s looked at: it is overloaded, or something in front of it holds the connection.", host=f.host),
    ),
    "http.not_found": Row(
        lambda f: _("The server %(host)s answers, but there is nothing at this path.", host=f.host),
        lambda f: _("Compare the part behind the server's name with the provider's instructions, small and capital letters too."),
    ),
    "http.auth_required": Row(
        lambda f: _("The server asks for a sign-in before it answers. SuperOffice calls connectors without one."),
        lambda f: _("Have anonymous access switched on for the connector's address."),
    ),
    "http.forbidden": Row(
        lambda f: _("The server refuses the call (status %(status)s).", status=f.status),
        lambda f: _("Have the connector's address opened for calls from this machine and from SuperOffice, in the web server and any firewall in front of it."),
    ),
    "http.redirect": Row(
        lambda f: _("The server sends callers on to %(location)s. SuperOffice does not follow.", location=f.location),
        lambda f: _("Enter the address that it leads to, if it is the connector's, or have the redirect removed."),
    ),
    "http.method_not_allowed": Row(
        lambda f: _("The server does not take calls (POST) at this address."),
        lambda f: _("Compare the address with the provider's instructions. If it is right, have POST allowed for it."),
    ),
    "http.unsupported_media": Row(
        lambda f: _("The server does not take what SuperOffice sends (text/xml, SOAP 1.1)."),
        lambda f: _("Have the connector set to SOAP 1.1, basicHttpBinding in WCF."),
    ),
    "http.rate_limited": Row(
        lambda f: _("The server says that it was called too often."),
        lambda f: _("Wait a minute and check again. If it stays so, have the limit raised: SuperOffice calls often while it synchronises."),
    ),
    "http.server_error": Row(
        lambda f: _("The server broke down while it handled the call (status %(status)s).", status=f.status),
        lambda f: _("Have its error log looked at, at the time of this check."),
    ),
    "http.unavailable": Row(
        lambda f: _("A server in front answers, but the connector behind it does not (status %(status)s).", status=f.status),
        lambda f: _("Have the connector started. After an installation or a restart it can take a minute."),
    ),
    "http.unexpected_status": Row(
        lambda f: _("The server answers with status %(status)s, which no connector uses.", status=f.status),
        lambda f: _("Compare the address with the provider's instructions, and have the web server's set-up looked at."),
    ),
    "http.timeout": Row(
        lambda f: _("The server took the call and did not finish its answer within %(seconds)s seconds.", seconds=f.limit_seconds),
        lambda f: _("Try again. If it stays so, have the connector looked at: it hangs, or it waits for the ERP."),
    ),
    "http.closed": Row(
        lambda f: _("The server broke the connection off before its answer was complete."),
        lambda f: _("Have the connector's log looked at: it crashed, or something in front of it cuts long answers."),
    ),
    "http.too_large": Row(
        lambda f: _("The answer is larger than %(megabytes)s MB. No connector needs that.", megabytes=f.megabytes),
        lambda f: _("Compare the address with the provider's instructions; this may be a download and no connector."),
    ),
    "http.not_http": Row(
        lambda f: _("What answers on port %(port)s is no web server.", port=f.port),
        lambda f: _("Compare the port in the address with the provider's instructions."),
    ),
    "contract.html": Row(
        lambda f: _("The address answers with a web page, not as a connector."),
        lambda f: _("Compare the address with the provider's instructions. It may be the address of a help or sign-in page."),
    ),
    "contract.empty": Row(
        lambda f: _("The address answers with nothing at all."),
        lambda f: _("Have the connector's log looked at; it took the call and gave no answer."),
    ),
    "contract.not_xml": Row(
        lambda f: _("The address answers, but not in XML as a connector does."),
        lambda f: _("Compare the address with the provider's instructions. It may be that of another interface, such as REST."),
    ),
    "contract.malformed_xml": Row(
        lambda f: _("The answer is broken XML: it stops too early or is not well-formed."),
        lambda f: _("Have the connector's answer repaired; the technical detail shows how it begins."),
    ),
    "contract.forbidden_xml": Row(
        lambda f: _("The answer has a DTD or processing instructions in it. SuperOffice refuses such XML."),
        lambda f: _("Have the connector answer with plain SOAP."),
    ),
    "contract.content_type": Row(
        lambda f: _("The answer reads well, but is labelled %(type)s instead of text/xml. SuperOffice refuses it.", type=f.content_type)
        if f.has("content_type")
        else _("The answer reads well, but has no Content-Type. SuperOffice refuses it."),
        lambda f: _("Have the connector send the header Content-Type: text/xml; charset=utf-8"),
    ),
    "contract.charset": Row(
        lambda f: _("The answer is in the character set %(charset)s. SuperOffice reads only utf-8 and utf-16.", charset=f.charset),
        lambda f: _("Have the connector answer in utf-8."),
    ),
    "contract.not_soap": Row(
        lambda f: _("The address answers in XML, but not in SOAP."),
        lambda f: _("Compare the address with the provider's instructions. It may be that of another interface."),
    ),
    "contract.soap_version": Row(
        lambda f: _("The address answers in SOAP 1.2. SuperOffice speaks SOAP 1.1."),
        lambda f: _("Have the connector set to SOAP 1.1, basicHttpBinding in WCF."),
    ),
    "contract.fault": Row(
        lambda f: _("The connector took the call and broke down over it."),
        lambda f: _("Have the connector's log looked at, at the time of this check; the technical detail shows what it said."),
    ),
    "contract.misread": Row(
        lambda f: _("The connector answers in a form that SuperOffice refuses: %(member)s.", member=f.member)
        if f.refused == "yes"
        else _("The connector answers in a form that SuperOffice reads wrongly, without saying so: %(member)s.", member=f.member),
        lambda f: _("Have the connector's answer to %(operation)s brought into the form of the contract; the technical detail lists each place.", operation=f.operation),
    ),
    "contract.wrong_service": Row(
        lambda f: _("This is a SOAP service, but not an ERP Sync connector."),
        lambda f: _("Compare the address with the provider's instructions. A server can host several services."),
    ),
    "contract.namespace": Row(
        lambda f: _("The connector works, but answers only to its own namespace. SuperOffice calls the documented one."),
        lambda f: _("Have the service namespace set to http://www.superoffice.net/EIS/Connector/1.0"),
    ),
    "fields.error": Row(
        lambda f: _("The connector could not say which fields it needs: %(answer)s", answer=f.answer)
        if f.answer
        else _("The connector could not say which fields it needs."),
        lambda f: _("Have the connector's own configuration looked at."),
    ),
    "fields.duplicate_key": Row(
        lambda f: _("The connector asks for the field %(key)s twice.", key=f.key),
        lambda f: _("Have each field given a key of its own."),
    ),
    "fields.unknown_type": Row(
        lambda f: _("The connector asks for a field of a kind that SuperOffice does not know: %(type)s.", type=f.field_type),
        lambda f: _("Have the field %(key)s given one of the eight kinds of the contract. Until then SuperOffice refuses the whole answer.", key=f.key),
    ),
    "fields.none": Row(
        lambda f: _("The connector asks for no fields at all."),
        lambda f: _("That can be right. If you expect fields, have the connector's own configuration looked at."),
    ),
    "fields.list_unavailable": Row(
        lambda f: _("The connector did not give the choices of the list %(list)s.", list=f.list),
        lambda f: _("You can go on and type the key of your choice. Have the list looked at; the technical detail says why."),
    ),
    "config.rejected": Row(
        lambda f: _("The connector works, but the ERP refused: %(answer)s", answer=f.answer)
        if f.answer
        else _("The connector works, but the ERP refused these details."),
        lambda f: _("Correct what it names and test again. If it is still refused, your ERP administrator can tell what is needed."),
    ),
    "config.no_explanation": Row(
        lambda f: _("The ERP refused these details, and the connector does not say why."),
        lambda f: _("Compare each field with what your ERP administrator gave you. The technical detail may say more."),
    ),
    "config.contradiction": Row(
        lambda f: _("The connector says that it went well and that it failed, both at once: %(answer)s", answer=f.answer)
        if f.answer
        else _("The connector says that it went well and that it failed, both at once."),
        lambda f: _("Compare each field with what you were given. If all is right, the connector has to be repaired: State and IsOk contradict each other."),
    ),
    "config.info": Row(
        lambda f: _("Your ERP let the connector in, with a remark: %(answer)s", answer=f.answer)
        if f.answer
        else _("Your ERP let the connector in, with a remark that has no text."),
        lambda f: _("Nothing has to be done now."),
    ),
    "config.warning": Row(
        lambda f: _("Your ERP let the connector in, with a warning: %(answer)s", answer=f.answer)
        if f.answer
        else _("Your ERP let the connector in, with a warning that has no text."),
        lambda f: _("You can save. Ask your ERP administrator what the warning means."),
    ),
    "save.rejected": Row(
        lambda f: _("The connector would not keep the connection: %(answer)s", answer=f.answer)
        if f.answer
        else _("The connector would not keep the connection, and does not say why."),
        lambda f: _("Correct what it names, test again and save again. What you entered is still here."),
    ),
    "connection.rejected": Row(
        lambda f: _("The connector kept the connection, but it does not work from there: %(answer)s", answer=f.answer)
        if f.answer
        else _("The connector kept the connection, but it does not work from there."),
        lambda f: _("Test again and save again. If it stays so, the provider has to look at what the connector stored."),
    ),
    "connection.unknown": Row(
        lambda f: _("The connector took the connection twice and does not know it afterwards."),
        lambda f: _("The connector does not store connections. Its provider has to repair that."),
    ),
    "catalog.rejected": Row(
        lambda f: _("The connection is saved, but the connector did not tell what can be synchronised."),
        lambda f: _("Test the connection again before you map fields. If it stays so, the provider has to look at it."),
    ),
}
