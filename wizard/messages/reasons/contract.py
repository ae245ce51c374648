"""The words of the reasons of a connector's answer."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wizard.messages.facts import Text
from wizard.messages.reasons.row import Row


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

CONTRACT_ROWS: Mapping[str, Row] = {
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
    "contract.misread/result": Row(
        (
            _l(
                "The result of %(operation)s is called “%(text)s” and should be %(member)s. SuperOffice finds nothing "
                "in the answer."
            ),
            _l("The answer has no %(member)s. SuperOffice finds nothing in it."),
            _l("The result is not called as in the interface description. SuperOffice finds nothing in the answer."),
        ),
        (
            _l("Have the result called %(member)s. In JAX-WS that is @WebResult."),
            _l("Have the answer changed to match the interface description; the detail lists every place."),
        ),
        (
            _l("Call the result %(member)s. In JAX-WS that is @WebResult."),
            _l("Change the answer to match the interface description."),
        ),
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
    "contract.large": Row(
        (
            _l("It is an ERP Sync connector. Its answer has %(length)s bytes; WCF takes 65,536 unless that is raised."),
            _l("It is an ERP Sync connector. Its answer is larger than WCF takes unless that is raised."),
        ),
        _l("You can go on. If SuperOffice reports an error for this connector, have its answer shortened."),
        _l("Keep the answer to WSGetConfigData below 65,536 bytes, if that is possible."),
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
}
