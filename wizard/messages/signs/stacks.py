"""The words for what SOAP stacks say before the connector sees a call."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wizard.messages.reasons.row import Row

_BASIC = (
    _l("Have the connector set to plain SOAP 1.1 without message security; in WCF that is basicHttpBinding."),
    _l("Set the connector to plain SOAP 1.1 without message security; in WCF that is basicHttpBinding."),
)
_SECURITY = Row(
    _l("The connector on %(host)s wants credentials in the SOAP header (WS-Security). SuperOffice sends none."),
    *_BASIC,
)
_VERSION = Row(
    _l("The connector on %(host)s expects another version of SOAP or WS-Addressing than SuperOffice's SOAP 1.1."),
    *_BASIC,
)
_OTHER_SERVICE = (
    _l("Compare the address with the provider's instructions. One server often has several services."),
    _l("Tell me the address of the ERP Sync connector."),
)
_INTERFACE = Row(
    _l("The SOAP library of the connector could not read the call as the connector's interface describes it."),
    _l(
        "Have the connector's interface compared with SuperOffice's interface description: names and namespaces differ."
    ),
    _l("Compare the connector's interface with that of SuperOffice: the names or namespaces of a call differ."),
)
_PHP_MESSAGES = Row(
    _l("PHP has written a message of its own before the connector's answer. SuperOffice cannot read it."),
    _l("Have display_errors switched off in PHP for the connector, and what the message names repaired."),
    _l("Switch off display_errors in PHP for the connector, and repair what the message below names."),
)

STACK_ROWS: Mapping[str, Row] = {
    **dict.fromkeys(("wcf.security", "axis.security", "cxf.security", "spring.security", "oasis.security"), _SECURITY),
    **dict.fromkeys(
        ("wcf.version", "metro.version", "cxf.version", "asmx.version", "soaplite.version", "wcf.soap_12"), _VERSION
    ),
    "wsa.required": Row(
        _l("The connector on %(host)s wants WS-Addressing in the SOAP header. SuperOffice sends none."),
        *_BASIC,
    ),
    "wcf.address_filter": Row(
        _l("The connector on %(host)s knows itself under another address than the one that was called."),
        _l("Have AddressFilterMode set to Any in the connector, as a proxy changes the address on the way."),
        _l("Set AddressFilterMode to Any for the connector (ServiceBehavior): a proxy changes the address on the way."),
    ),
    "wcf.mtom": Row(
        _l("The connector on %(host)s expects messages packed as MTOM. SuperOffice sends plain text."), *_BASIC
    ),
    "wcf.binary": Row(
        _l("The connector on %(host)s expects messages in WCF's binary form. SuperOffice sends plain text."), *_BASIC
    ),
    "wcf.size": Row(
        _l("The connector on %(host)s takes smaller messages than this call; WCF's usual limit is 65,536 bytes."),
        _l("Have maxReceivedMessageSize raised in the connector's binding. A synchronisation sends large messages."),
        _l("Raise maxReceivedMessageSize in the connector's binding; a synchronisation sends large messages."),
    ),
    "wcf.internal": Row(
        _l("The connector took the call and failed, and WCF keeps the cause from callers."),
        _l("Have the connector's log looked at. With includeExceptionDetailInFaults the cause is in the answer too."),
        _l(
            "Look at the connector's log, at the time given below, or switch on includeExceptionDetailInFaults so that "
            "the answer says why."
        ),
    ),
    "nav.service": Row(
        _l("Business Central's own web service answers at this address, not an ERP Sync connector."), *_OTHER_SERVICE
    ),
    "asmx.format": Row(
        _l("The address leads to an ASP.NET web service, but has something behind .asmx that it does not know."),
        _l("Remove what stands behind .asmx in the address, and check again."),
    ),
    "wcf.help_page": Row(
        _l("WCF shows its help page, so the call arrived as a request for a page (GET): a proxy has changed it."),
        _l("Have calls (POST) passed on unchanged by what stands in front of the connector."),
        _l("Pass calls (POST) on unchanged: WCF answers with its help page, so they arrive as GET."),
    ),
    "sap.inactive": Row(
        _l("SAP answers at %(host)s, but the service at this path is not active there."),
        _l("Have the service activated in SAP, with the transaction SICF, or compare the path in the address."),
        _l("Activate the service with the transaction SICF, or tell me the right path."),
        address_in_doubt=True,
    ),
    **dict.fromkeys(("soaplite.reading", "gsoap.reading", "node.reading"), _INTERFACE),
    "php.wsdl": Row(
        _l("The connector cannot load its own interface description (WSDL), so it takes no call."),
        _l("Have the place of the WSDL corrected in the connector. PHP has to be able to read it there."),
        _l("Correct the place of the WSDL that the connector loads: PHP cannot read it there."),
    ),
    **dict.fromkeys(("php.before", "php.before_plain"), _PHP_MESSAGES),
    "php.broken": Row(
        _l("The connector's PHP program broke off with an error, which its answer shows."),
        _l("Have the error repaired, and display_errors switched off in PHP, as it may show passwords."),
        _l("Repair the error that PHP shows below, and switch off display_errors, as it may show passwords."),
    ),
}
