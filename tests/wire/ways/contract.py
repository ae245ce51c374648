"""Ways to the reasons of stage `contract`, but for XML and for what is misread."""

from __future__ import annotations

from tests.wire import hosts
from tests.wire.hosts import http, sending, soap
from tests.wire.ways.servers import fault_envelope, healthy_with
from tests.wire.ways.way import Way
from wizard.outside import soap as codec
from wizard.outside.soap.contract import (
    NAMESPACE,
    ListResult,
    Namespaces,
    Operation,
)

_FAULT_12 = (
    f'<s:Envelope xmlns:s="{codec.SOAP}"><s:Body><f:Fault xmlns:f="{codec.SOAP_12}"><f:Code><f:Value>f:Receiver'
    "</f:Value></f:Code><f:Reason><f:Text>boom</f:Text></f:Reason></f:Fault></s:Body></s:Envelope>"
).encode()


def _only_as_tempuri(operation: Operation | None, body: bytes, line: str) -> bytes:
    """A connector that knows its operations under its own namespace only, which its WSDL tells."""
    if line.startswith("GET"):
        action = "http://tempuri.org/IErpConnectorWS/WSGetConfigData"
        return http(f'<x targetNamespace="http://tempuri.org/"><a soapAction="{action}"/>'.encode())
    if b"tempuri" not in body:
        return http(fault_envelope("x", "a:ActionNotSupported"), "500 Error")
    own = Namespaces("http://tempuri.org/", "http://tempuri.org/")
    return http(soap("WSGetConfigData", hosts.fields_result(), own))


def _only_with_a_slash(operation: Operation | None, body: bytes, line: str) -> bytes:
    """A connector whose WSDL leaves open whether its namespace, which has one, ends in a slash."""
    if line.startswith("GET"):
        return http(b'<x><a soapAction="http://erp.example/IErpConnectorWS/WSGetConfigData"/></x>')
    if b'"http://erp.example/"' not in body:
        return http(fault_envelope("x", "a:ActionNotSupported"), "500 Error")
    own = Namespaces("http://erp.example/", "http://erp.example/")
    return http(soap("WSGetConfigData", hosts.fields_result(), own))


def _wcf_with_a_slash(operation: Operation | None, body: bytes, line: str) -> bytes:
    """WCF with the documented namespace and a slash: the action is the same, and its WSDL names the namespace."""
    if line.startswith("GET"):
        return http(b'<x><a soapAction="%s/IErpConnectorWS/WSGetConfigData"/></x>' % NAMESPACE.encode())
    if f'"{NAMESPACE}/"'.encode() not in body:
        return http(fault_envelope(_ANOTHER_ELEMENT, "a:DeserializationFailed"), "500 Error")
    own = Namespaces(f"{NAMESPACE}/", f"{NAMESPACE}/")
    return http(soap("WSGetConfigData", hosts.fields_result(), own))


_ANOTHER_ELEMENT = (
    "Error in deserializing body of request message for operation 'WSGetConfigData'. OperationFormatter encountered an "
    "invalid Message body. Expected to find node type 'Element' with name 'WSGetConfigData' and namespace 'x/'. Found "
    "node type 'Element' with name 'WSGetConfigData' and namespace 'x'"
)

_OTHER_STACKS = {
    "ASP.NET": "System.Web.Services.Protocols.SoapException: Server did not recognize the value of HTTP Header "
    "SOAPAction: http://www.superoffice.net/x.\n   at System.Web.Services.Protocols.Soap11ServerProtocolHelper",
    "gSOAP": "Method 'WSGetConfigData' not implemented: method name or namespace not recognized",
    "Axis 1, the operation": "No such operation 'WSGetConfigData'",
    "Axis 1, the service": "The AXIS engine could not find a target service to invoke!  targetService is Erp",
    "Axis 2": "The endpoint reference (EPR) for the Operation not found is /services/Erp and the WSA Action = urn:x.",
    "CXF, the action": "The given SOAPAction http://x/WSGetConfigData does not match an operation.",
    "CXF, the element": "Message part {http://x}WSGetConfigData was not recognized.  (Does it exist in service WSDL?)",
    "Spyne": "Requested resource '{http://x}WSGetConfigData' not found",
    "Spyne, older": "Method '{http://x}WSGetConfigData' not found.",
    "SOAP::Lite, denied": "Denied access to method (WSGetConfigData) in class (Erp) at /usr/share/SOAP/Lite.pm line 9",
    "SOAP::Lite": "\n  Failed to locate method (WSGetConfigData) in class\n  (Erp)",
    "node-soap": "TypeError: Cannot read properties of undefined (reading 'style')",
}
"""What other stacks say when they do not know the operation (the sources are named in faults.py)."""

_OF_ITS_OWN = (
    "Method 'Invoice' not found.",
    "The ledger says: No such operation 'WSGetConfigData'",
    "Requested resource 'customers' not found",
    "Denied access to method (approve)",
    "TypeError: Cannot read properties of undefined (reading 'name')",
    "The endpoint reference of customer 7 was not found",
)

WAYS: tuple[Way, ...] = (
    Way(
        "contract.html",
        "a web page",
        sending(http(b"<!DOCTYPE html><html><body>Hello</body></html>", "200 OK", "text/html")),
    ),
    Way("contract.html", "a web page that says it is XML", sending(http(b"<html><body>Hello</body></html>"))),
    Way(
        "contract.html",
        "a PHP error with a password",
        sending(http(b"<br/><b>Fatal error</b>: sa/hunter2", "200 OK", "text/html")),
    ),
    Way("contract.html", "a piece of a web page", sending(http(b"<p>Not here</p>", "200 OK", "text/html"))),
    Way("contract.html", "behind a comment", sending(http(b"<!-- proxy --> <HTML><p>Log in</HTML>"))),
    Way("contract.html", "behind a BOM", sending(http(b"\xef\xbb\xbf<!DOCTYPE HTML><p>Log in"))),
    Way("contract.html", "as XHTML", sending(http(b"<html/>", "200 OK", "application/xhtml+xml"))),
    Way("contract.empty", "no bytes", sending(http(b""))),
    Way("contract.empty", "204", sending(b"HTTP/1.1 204 No Content\r\n\r\n")),
    Way("contract.empty", "white space", sending(http(b" \r\n "))),
    Way("contract.not_soap", "another document", sending(http(b"<rss/>"))),
    Way("contract.not_soap", "an envelope of nobody", sending(http(b"<Envelope/>"))),
    Way(
        "contract.not_soap",
        "no body",
        sending(http(b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>')),
    ),
    Way(
        "contract.soap_version",
        "SOAP 1.2",
        sending(
            http(healthy_with("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"))
        ),
    ),
    Way(
        "contract.soap_version",
        "a SOAP 1.2 fault",
        sending(
            http(
                fault_envelope("x").replace(codec.SOAP.encode(), codec.SOAP_12.encode()),
                "500 Error",
                "application/soap+xml",
            )
        ),
    ),
    Way(
        "contract.fault",
        "a fault with 302",
        sending(http(fault_envelope("boom"), "302 Found", hosts.TEXT_XML, "Location: /y")),
    ),
    Way("contract.fault", "a fault with 404", sending(http(fault_envelope("boom"), "404 Not Found"))),
    Way("contract.fault", "a fault with 500", sending(http(fault_envelope("boom"), "500 Internal Server Error"))),
    Way("contract.fault", "a fault with 200", sending(http(fault_envelope("boom")))),
    Way(
        "contract.fault", "a fault in no namespace", sending(http(fault_envelope("boom").replace(b"s:Fault", b"Fault")))
    ),
    Way("contract.fault", "a fault of SOAP 1.2 in SOAP 1.1", sending(http(_FAULT_12, "500 Error"))),
    Way("contract.fault", "no order", sending(http(fault_envelope("No operation found for order 7"), "500 Error"))),
    Way(
        "contract.fault",
        "no licence",
        sending(http(fault_envelope("Action not supported by your licence"), "500 Error")),
    ),
    Way("contract.fault", "a fault as HTML", sending(http(fault_envelope("boom"), "200 OK", "text/html"))),
    Way(
        "contract.fault",
        "a fault with a stack trace",
        sending(http(fault_envelope("boom", detail="at Erp.Login(sa, hunter2)"), "400 Bad Request")),
    ),
    Way(
        "contract.wrong_service",
        "WCF",
        sending(http(fault_envelope("Action did not match", "a:ActionNotSupported"), "500 Error")),
    ),
    Way(
        "contract.wrong_service",
        "Mono",
        sending(http(fault_envelope("Action 'x' did not match any operations in the target contract"), "500 Error")),
    ),
    Way(
        "contract.wrong_service",
        "SoapCore",
        sending(http(fault_envelope("No operation found for specified action: x"), "500 Error")),
    ),
    Way(
        "contract.wrong_service",
        "PHP",
        sending(http(fault_envelope("Procedure 'WSGetConfigData' not present"), "500 Error")),
    ),
    Way(
        "contract.wrong_service",
        "JAX-WS",
        sending(http(fault_envelope("Cannot find dispatch method for {x}y"), "500 Error")),
    ),
    Way(
        "contract.wrong_service", "another operation's answer", sending(http(soap("WSGetList", ListResult(is_ok=True))))
    ),
    *(
        Way("contract.wrong_service", name, sending(http(fault_envelope(text, "soap:Client"), "500 Error")))
        for name, text in _OTHER_STACKS.items()
    ),
    *(
        Way("contract.fault", f"of its own: {text}", sending(http(fault_envelope(text), "500 Error")))
        for text in _OF_ITS_OWN
    ),
    *(
        Way("contract.soap_version", f"a fault {code}", sending(http(fault_envelope("x", code), "500 Error")))
        for code in ("VersionMismatch", "s:VersionMismatch", "SOAP-ENV:VersionMismatch")
    ),
    Way("contract.large", "more than WCF takes", sending(http(healthy_with(">Company</D", f">{'x' * 65_536}</D")))),
    Way("contract.namespace", "tempuri, found through the WSDL", hosts.replying(_only_as_tempuri)),
    Way("contract.namespace", "with a slash that the WSDL does not tell", hosts.replying(_only_with_a_slash)),
    Way("contract.namespace", "WCF with a slash that is not documented", hosts.replying(_wcf_with_a_slash)),
)
