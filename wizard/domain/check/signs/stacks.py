"""Signs of SOAP stacks: the faults and pages with which they refuse a call before the connector sees it."""

from __future__ import annotations

from wizard.domain.check.reasons import Owner
from wizard.domain.check.signs.sign import ANSWERS, FAULTS, Clue, Sign, either, fault, fault_code, page, phrase, title

_WCF = "github.com/microsoft/referencesource: System.ServiceModel/System.ServiceModel.txt"
_WCF_HTTP = (
    "github.com/microsoft/referencesource: System.ServiceModel/System/ServiceModel/Channels/HttpChannelHelpers.cs"
)
_ASMX = "github.com/microsoft/referencesource: System.Web.Services/System.Web.Services.txt"
_PHP = "https://www.php.net/manual/en/errorfunc.configuration.php"
_MEDIA = ("http.unsupported_media", "http.unexpected_status", *FAULTS)


def _security(stack: str, software: str, source: str, *clues: Clue) -> Sign:
    return Sign(f"{stack}.security", FAULTS, clues, source, software)


def _version(stack: str, software: str, source: str, *words: str) -> Sign:
    of = (*ANSWERS, *FAULTS)
    return Sign(
        f"{stack}.version", of, (either(fault(*words), page(*words)),), source, software, "contract.soap_version"
    )


def _media(name: str, *words: str) -> Sign:
    clue = either(phrase(*words), page(*words), fault(*words))
    return Sign(f"wcf.{name}", _MEDIA, (clue,), _WCF_HTTP, "WCF", "http.unsupported_media")


STACKS: tuple[Sign, ...] = (
    _security(
        "wcf",
        "WCF",
        f"{_WCF} (InvalidSecurityFaultReason)",
        either(
            fault_code("invalidsecurity", "failedauthentication", "badcontexttoken"),
            fault("an error occurred when verifying security for the message", "expired security context token"),
        ),
    ),
    _security(
        "axis",
        "Axis",
        "github.com/apache/ws-wss4j: org.apache.ws.axis.security.WSDoAllReceiver",
        fault("wsdoallreceiver:", "missing wsse:security header in request"),
    ),
    _security(
        "cxf",
        "CXF",
        "github.com/apache/ws-wss4j: ws-security-common/src/main/resources/messages/wss4j_errors.properties",
        fault(
            "an error was discovered processing the <wsse:security> header",
            "a security error was encountered when verifying the message",
            "these policy alternatives can not be satisfied",
        ),
    ),
    _security(
        "spring",
        "Spring-WS",
        "github.com/spring-projects/spring-ws: ws/soap/security/wss4j2/Wss4jSecurityInterceptor.java",
        fault("no ws-security header found"),
    ),
    _security(
        "oasis",
        "",
        "https://docs.oasis-open.org/wss/v1.1/wss-v1.1-spec-os-SOAPMessageSecurity.pdf",
        either(
            fault_code("invalidsecuritytoken", "unsupportedsecuritytoken", "failedcheck", "securitytokenunavailable"),
            fault("wsse:security"),
        ),
    ),
    Sign(
        "wsa.required",
        FAULTS,
        (
            either(
                fault_code("messageaddressingheaderrequired", "actionnotspecified", "invalidaddressingheader"),
                fault("a required header representing a message addressing property is not present"),
            ),
        ),
        "https://www.w3.org/TR/ws-addr-soap/#missingmapfault",
    ),
    Sign(
        "wcf.address_filter",
        FAULTS,
        (either(fault_code("destinationunreachable"), fault("addressfilter mismatch at the endpointdispatcher")),),
        f"{_WCF} (SFxNoEndpointMatchingAddress)",
        "WCF",
    ),
    _media("mtom", "was not the expected type 'multipart/related"),
    _media("binary", "was not the expected type 'application/soap+msbin1"),
    _media("soap_12", "was not the expected type 'application/soap+xml"),
    _version(
        "wcf",
        "WCF",
        f"{_WCF} (EncoderEnvelopeVersionMismatch)",
        "does not match that of the encoder",
        "addressing version 'addressingnone",
    ),
    _version(
        "metro",
        "Metro",
        "github.com/eclipse-ee4j/metro-jax-ws: com/sun/xml/ws/resources/soap.properties",
        "couldn't create soap message. expecting envelope in namespace",
        "supported ones are: [application/soap+xml",
    ),
    _version(
        "cxf",
        "CXF",
        "github.com/apache/cxf: org/apache/cxf/binding/soap/interceptor/Messages.properties (INVALID_VERSION)",
        "is not a valid soap version",
    ),
    _version(
        "asmx",
        "ASP.NET",
        f"{_ASMX} (WebInvalidEnvelopeNamespace)",
        "possible soap version mismatch: envelope namespace",
    ),
    _version(
        "soaplite",
        "SOAP::Lite",
        "github.com/redhotpenguin/soaplite: lib/SOAP/Constants.pm",
        "wrong soap version specified",
    ),
    Sign(
        "wcf.size",
        (*FAULTS, *ANSWERS),
        (
            either(
                fault("the maximum message size quota for incoming messages"),
                page("the maximum message size quota for incoming messages"),
            ),
        ),
        f"{_WCF} (MaxReceivedMessageSizeExceeded)",
        "WCF",
    ),
    Sign(
        "wcf.internal",
        FAULTS,
        (either(fault_code("internalservicefault"), fault("unable to process the request due to an internal error")),),
        f"{_WCF} (SFxInternalServerError)",
        "WCF",
    ),
    Sign(
        "axis.no_service",
        FAULTS,
        (fault("the service cannot be found for the endpoint reference (epr)"),),
        "github.com/apache/axis-axis2-java-core: org/apache/axis2/i18n/resource.properties (servicenotfoundforepr)",
        "Axis",
        "contract.wrong_service",
        Owner.ADMIN,
    ),
    Sign(
        "nav.service",
        FAULTS,
        (lambda said: said.fault_code.startswith("microsoft.dynamics.nav."),),
        "https://learn.microsoft.com/en-us/dynamics365/business-central/dev-itpro/webservices/soap-web-services",
        "Dynamics 365 Business Central",
        "contract.wrong_service",
        Owner.ADMIN,
    ),
    Sign(
        "cxf.no_service",
        ANSWERS,
        (page("no service was found."),),
        "github.com/apache/cxf: org/apache/cxf/transport/servlet/ServletController.java",
        "CXF",
        owner=None,
    ),
    Sign(
        "asmx.format",
        ANSWERS,
        (page("request format is unrecognized"),),
        f"{_ASMX} (WebUnrecognizedRequestFormat)",
        "ASP.NET",
        owner=Owner.ADMIN,
    ),
    Sign(
        "wcf.help_page",
        ("contract.html",),
        (page("you have created a service."),),
        f"{_WCF} (SFxDocExt_MainPageIntro1a)",
        "WCF",
    ),
    Sign(
        "sap.inactive",
        ANSWERS,
        (either(page("the termination occurred in system"), title("service cannot be reached")),),
        "https://wiki.scn.sap.com/wiki/pages/viewpage.action?pageId=494305886",
        "SAP",
    ),
    Sign(
        "soaplite.reading",
        FAULTS,
        (fault("application failed during request deserialization"),),
        "github.com/redhotpenguin/soaplite: lib/SOAP/Lite.pm",
        "SOAP::Lite",
    ),
    Sign(
        "gsoap.reading",
        FAULTS,
        (fault("validation constraint violation: "),),
        "https://www.genivia.com/doc/guide/html/index.html",
        "gSOAP",
    ),
    Sign(
        "node.reading",
        (*FAULTS, *ANSWERS),
        (either(fault("failed to parse the soap message body"), page("failed to parse the soap message body")),),
        "github.com/vpulim/node-soap: src/server.ts",
        "node-soap",
    ),
    Sign(
        "php.wsdl",
        (*FAULTS, *ANSWERS),
        (either(fault("soap-error: parsing wsdl"), page("soap-error: parsing wsdl")),),
        "github.com/php/php-src: ext/soap/php_sdl.c",
        "PHP",
    ),
    Sign(
        "php.before",
        ANSWERS,
        (
            page("<b>deprecated</b>:", "<b>warning</b>:", "<b>notice</b>:", "<b>strict standards</b>:"),
            page(":envelope", "<envelope"),
        ),
        _PHP,
        "PHP",
    ),
    Sign(
        "php.before_plain",
        ("contract.html", "contract.not_xml"),
        (page("deprecated: ", "warning: ", "notice: "), page(" on line "), page(":envelope", "<envelope")),
        _PHP,
        "PHP",
    ),
    Sign(
        "php.broken",
        ANSWERS,
        (page("<b>fatal error</b>:", "<b>parse error</b>:", "php fatal error:"),),
        _PHP,
        "PHP",
    ),
)
