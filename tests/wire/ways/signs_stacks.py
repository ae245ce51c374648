"""Ways to the signs of SOAP stacks."""

from __future__ import annotations

from tests.wire import hosts
from tests.wire.hosts import http, sending
from tests.wire.ways.signs import answers, faults
from tests.wire.ways.way import Way

_415 = "415 Cannot process the message because the content type 'text/xml; charset=utf-8' was not the expected type "
_PHP = (
    "<br />\n<b>Deprecated</b>:  Automatically populating $HTTP_RAW_POST_DATA is deprecated and will be removed in a "
    "future version. in <b>Unknown</b> on line <b>0</b><br />\n"
)
_PHP_PLAIN = "\nWarning: Undefined array key 3 in /srv/connector.php on line 7\n"
_FAULT, _WRONG, _VERSION = "contract.fault", "contract.wrong_service", "contract.soap_version"
_WSA = "A required header representing a Message Addressing Property is not present"
_SIZE = "The maximum message size quota for incoming messages (65536) has been exceeded."
_INTERNAL = (
    "The server was unable to process the request due to an internal error.  For more information about the error, "
    "either turn on IncludeExceptionDetailInFaults"
)


def _before(text: str) -> hosts.Speak:
    """A good answer of PHP, behind a message of PHP's."""
    return sending(http(text.encode() + hosts.HEALTHY, "200 OK", "text/html"))


WAYS: tuple[Way, ...] = (
    *faults(
        ("wcf.security", _FAULT, "a:InvalidSecurity", "An error occurred when verifying security for the message."),
        ("axis.security", _FAULT, "ns1:X", "WSDoAllReceiver: Request does not contain required Security header"),
        ("axis.security", _FAULT, "wsse:Y", "Missing wsse:Security header in request"),
        ("cxf.security", _FAULT, "s:X", "An error was discovered processing the <wsse:Security> header"),
        ("cxf.security", _FAULT, "ns1:SecurityError", "A security error was encountered when verifying the message"),
        ("spring.security", _FAULT, "s:Client", "No WS-Security header found"),
        ("oasis.security", _FAULT, "wsse:InvalidSecurityToken", "An invalid security token was provided"),
        ("wsa.required", _FAULT, "wsa:MessageAddressingHeaderRequired", _WSA),
        (
            "wcf.address_filter",
            _FAULT,
            "a:DestinationUnreachable",
            "The message with To 'http://x/' cannot be processed at the receiver, due to an AddressFilter mismatch at "
            "the EndpointDispatcher.",
        ),
        (
            "wcf.version",
            _VERSION,
            "s:Client",
            "The envelope version of the incoming message (Soap11 (http://schemas.xmlsoap.org/soap/envelope/)) does "
            "not match that of the encoder (Soap12 (http://www.w3.org/2003/05/soap-envelope)).",
        ),
        (
            "metro.version",
            _VERSION,
            "S:Client",
            "Couldn't create SOAP message. Expecting Envelope in namespace http://www.w3.org/2003/05/x, but got y",
        ),
        (
            "cxf.version",
            _VERSION,
            "s:Client",
            '"http://x/", the namespace on the "Envelope" element, is not a valid SOAP version.',
        ),
        (
            "asmx.version",
            _VERSION,
            "soap:Client",
            "Possible SOAP version mismatch: Envelope namespace http://x/ was unexpected. Expecting http://y/.",
        ),
        ("soaplite.version", _VERSION, "soap:Client", "Wrong SOAP version specified."),
        ("wcf.size", _FAULT, "s:Client", _SIZE),
        ("wcf.internal", _FAULT, "a:InternalServiceFault", _INTERNAL),
        (
            "axis.no_service",
            _WRONG,
            "soapenv:Server",
            "The service cannot be found for the endpoint reference (EPR) http://x/services/Erp",
        ),
        ("nav.service", _WRONG, "a:Microsoft.Dynamics.Nav.Service.WebServices.ServiceBrokerException", "Not found"),
        ("soaplite.reading", _FAULT, "soap:Client", "Application failed during request deserialization: x at line 7"),
        (
            "gsoap.reading",
            _FAULT,
            "SOAP-ENV:Client",
            "Validation constraint violation: tag name or namespace mismatch in element <WSGetConfigData>",
        ),
        ("node.reading", _FAULT, "soap:Server", "Error: Failed to parse the SOAP Message body"),
        ("php.wsdl", _FAULT, "WSDL", "SOAP-ERROR: Parsing WSDL: Couldn't load from 'some-wrong.wsdl'"),
    ),
    *answers(
        ("wcf.mtom", "http.unsupported_media", _415 + "'multipart/related; type=\"application/xop+xml\"'.", ""),
        ("wcf.binary", "http.unsupported_media", _415 + "'application/soap+msbin1'.", ""),
        ("wcf.soap_12", "http.unsupported_media", _415 + "'application/soap+xml; charset=utf-8'.", ""),
        (
            "metro.version",
            "contract.soap_version",
            "415 Unsupported Media Type",
            "Unsupported Content-Type: text/xml; charset=utf-8 Supported ones are: [application/soap+xml]",
        ),
        ("cxf.no_service", "http.not_found", "404 Not Found", "<html><body>No service was found.</body></html>"),
        (
            "asmx.format",
            "http.server_error",
            "500 Internal Server Error",
            "Request format is unrecognized for URL unexpectedly ending in '/WSGetConfigData'.",
        ),
        ("wcf.help_page", "contract.html", "200 OK", "<P class='intro'>You have created a service.<P class='intro'>"),
        (
            "sap.inactive",
            "http.forbidden",
            "403 Forbidden",
            "<title>Service cannot be reached</title>The termination occurred in system BWD with error code 403.",
        ),
        ("php.broken", "contract.html", "200 OK", "<br />\n<b>Fatal error</b>:  Uncaught Error: sa/hunter2 in x.php:3"),
    ),
    Way("contract.html", "the sign php.before", _before(_PHP), sign="php.before"),
    Way("contract.html", "the sign php.before_plain", _before(_PHP_PLAIN), sign="php.before_plain"),
)
