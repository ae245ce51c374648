"""Signs of IIS, HTTP.sys, ASP.NET and servlet containers."""

from __future__ import annotations

from wizard.domain.check.reasons import Owner
from wizard.domain.check.signs.sign import ANSWERS, Sign, either, header, page, path_ends, status, title

_CODES = "https://learn.microsoft.com/en-us/troubleshoot/developer/webapps/iis/health-diagnostic-performance/http-status-code"
_MIME = "https://learn.microsoft.com/en-us/dotnet/framework/wcf/wcf-troubleshooting-quickstart"
_NO_HANDLER = (
    "https://learn.microsoft.com/en-us/troubleshoot/developer/webapps/iis/site-behavior-performance/"
    "http-error-404-17-website"
)
_ANCM = "https://learn.microsoft.com/en-us/aspnet/core/test/troubleshoot-azure-iis"
_HOSTNAME = (
    "https://learn.microsoft.com/en-us/archive/blogs/webtopics/"
    "http-400-bad-request-when-client-sends-invalid-httphost-header-value"
)
_WCF = "github.com/microsoft/referencesource: System.ServiceModel/System.ServiceModel.txt"
_WEB = "github.com/microsoft/referencesource: System.Web/System.Web.txt"

SERVERS: tuple[Sign, ...] = (
    Sign(
        "iis.static_file",
        ("http.method_not_allowed",),
        (status(405), either(header("server", "microsoft-iis"), page("405.0")), path_ends(".svc", ".asmx")),
        "https://learn.microsoft.com/en-us/aspnet/web-api/overview/testing-and-debugging/"
        "troubleshooting-http-405-errors-after-publishing-web-api-applications",
    ),
    Sign("iis.mime_map", ANSWERS, (status(404), page("404.3")), _MIME),
    Sign(
        "iis.no_handler",
        ANSWERS,
        (
            status(404),
            page(
                "404.17",
                "appears to be script and will not be served by the static file handler",
                "does not have a handler associated with it",
            ),
        ),
        _NO_HANDLER,
    ),
    Sign(
        "iis.filtered",
        ANSWERS,
        (page("the request filtering module is configured to"),),
        _CODES,
        "IIS",
    ),
    Sign(
        "iis.client_certificate",
        ANSWERS,
        (status(403), page("403.16", "403.13", "403.17", "client certificate is either not trusted or is invalid")),
        _CODES,
        reason="tls.client_certificate",
    ),
    Sign("iis.address_rejected", ANSWERS, (status(403), page("403.6", "403.503")), _CODES, "IIS"),
    Sign(
        "iis.folder",
        ANSWERS,
        (status(403), page("403.14", "configured to not list the contents of this directory")),
        _CODES,
        "IIS",
        owner=Owner.ADMIN,
    ),
    Sign(
        "httpsys.host",
        ANSWERS,
        (page("bad request - invalid hostname", "the request hostname is invalid"),),
        _HOSTNAME,
    ),
    Sign("httpsys.pool", ANSWERS, (status(503), page("http error 503. the service is unavailable")), _CODES),
    Sign(
        "iis.configuration",
        ANSWERS,
        (
            page(
                "http error 500.19",
                "http error 500.21",
                "related configuration data for the page is invalid",
            ),
        ),
        _CODES,
        "IIS",
    ),
    Sign(
        "aspnetcore.start",
        ANSWERS,
        (
            page(
                "http error 500.30",
                "http error 500.31",
                "http error 500.32",
                "http error 500.33",
                "http error 500.34",
                "http error 500.35",
                "http error 500.37",
                "http error 502.5",
            ),
        ),
        _ANCM,
        "ASP.NET Core",
    ),
    Sign(
        "wcf.activation",
        ANSWERS,
        (page("could not be activated. see the server's diagnostic trace logs", "serviceactivationexception"),),
        f"{_WCF} (Hosting_ServiceActivationFailed)",
        "WCF",
    ),
    Sign(
        "wcf.anonymous",
        ANSWERS,
        (page("security settings for this service require"),),
        f"{_WCF} (Hosting_AuthSchemesRequireOtherAuth)",
    ),
    Sign(
        "wcf.no_https",
        ANSWERS,
        (page("could not find a base address that matches scheme"),),
        f"{_WCF} (SFxEndpointNoMatchingScheme)",
    ),
    Sign(
        "wcf.no_service",
        ANSWERS,
        (either(title("service"), page("endpoint not found.")), page("endpoint not found."), status(404)),
        "https://learn.microsoft.com/en-us/dotnet/framework/wcf/feature-details/hosting-in-internet-information-services",
        "WCF",
    ),
    Sign(
        "aspnet.error",
        ANSWERS,
        (
            page(
                "server error in '",
                "<title>runtime error</title>",
                "an application error occurred on the server",
                "<title>configuration error</title>",
            ),
        ),
        _WEB,
        "ASP.NET",
    ),
    Sign(
        "iis.custom_error",
        ANSWERS,
        (
            page(
                "the custom error module does not recognize this error",
                "the page cannot be displayed because an internal",
            ),
        ),
        "https://sinelaw.github.io/blog/net/2012/12/03/custom-error-pages-and-wcf-exceptions-in-iis-and-case-of-bad-ui.html",
        "IIS",
    ),
    Sign(
        "servlet.no_post",
        ANSWERS,
        (page("http method post is not supported by this url"),),
        "github.com/apache/tomcat: java/jakarta/servlet/http/LocalStrings.properties",
        owner=None,
    ),
)
