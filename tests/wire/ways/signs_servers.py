"""Ways to the signs of IIS, HTTP.sys, ASP.NET, servlet containers, and of pages that were meant for people."""

from __future__ import annotations

from tests.wire.hosts import http, replying, sending
from tests.wire.ways.signs import answers
from tests.wire.ways.way import Way

_404, _500 = "404 Not Found", "500 Internal Server Error"
_HOST = "<h2>Bad Request - Invalid Hostname</h2>\r\n<hr><p>HTTP Error 400. The request hostname is invalid.</p>\r\n"
_TRUST = "<h2>HTTP Error 403.16 - Forbidden</h2>Your client certificate is either not trusted or is invalid."
_LIST = "<h2>HTTP Error 403.14 - Forbidden</h2>The Web server is configured to not list the contents of this directory."
_MIME = "<h2>HTTP Error 404.3 - Not Found</h2>The page you are requesting cannot be served because of the extension"
_SCRIPT = (
    "<h2>HTTP Error 404.17 - Not Found</h2>The requested content appears to be script and will not be served by the "
    "static file handler."
)
_FILTER = "<h2>HTTP Error 404.13</h2>The request filtering module is configured to deny a request that exceeds"
_ACTIVATION = (
    "The requested service, '/x.svc' could not be activated. See the server's diagnostic trace logs for more "
    "information."
)
_ANONYMOUS = (
    "Security settings for this service require 'Anonymous' Authentication but it is not enabled for the IIS "
    "application that hosts this service."
)
_SCHEME = (
    "Could not find a base address that matches scheme https for the endpoint with binding BasicHttpBinding. "
    "Registered base address schemes are [http]."
)
_LOGIN = "Location: /Account/Login?ReturnUrl=%2FServices%2FErpConnectorWS.svc"


def _to_itself(*_: object) -> bytes:
    return http(b"", "302 Found", "text/html", "Location: /x.svc")


WAYS: tuple[Way, ...] = (
    *answers(
        (
            "iis.static_file",
            "http.method_not_allowed",
            "405 Method Not Allowed",
            "<h2>405 - HTTP verb used to access this page is not allowed.</h2>",
            "Server: Microsoft-IIS/10.0",
            "Allow: GET, HEAD, OPTIONS, TRACE",
        ),
        ("iis.mime_map", "http.not_found", _404, _MIME),
        ("iis.no_handler", "http.not_found", _404, _SCRIPT),
        ("iis.filtered", "http.not_found", _404, _FILTER),
        ("iis.client_certificate", "tls.client_certificate", "403 Forbidden", _TRUST),
        ("iis.address_rejected", "http.forbidden", "403 Forbidden", "<h2>HTTP Error 403.503 - Forbidden</h2>"),
        ("iis.folder", "http.forbidden", "403 Forbidden", _LIST),
        ("httpsys.host", "http.unexpected_status", "400 Bad Request", _HOST, "Server: Microsoft-HTTPAPI/2.0"),
        (
            "httpsys.pool",
            "http.unavailable",
            "503 Service Unavailable",
            "<p>HTTP Error 503. The service is unavailable.</p>",
        ),
        ("iis.configuration", "http.server_error", _500, "<h2>HTTP Error 500.19 - Internal Server Error</h2>"),
        ("iis.custom_error", "http.server_error", _500, "The custom error module does not recognize this error."),
        ("aspnetcore.start", "http.server_error", _500, "<h1>HTTP Error 500.30 - ANCM In-Process Start Failure</h1>"),
        ("wcf.activation", "http.server_error", _500, _ACTIVATION),
        ("wcf.anonymous", "http.server_error", _500, _ANONYMOUS),
        ("wcf.no_https", "http.server_error", _500, _SCHEME),
        ("wcf.no_service", "http.not_found", _404, "<title>Service</title><p>Endpoint not found.</p>"),
        (
            "aspnet.error",
            "http.server_error",
            _500,
            "<title>Runtime Error</title><h1>Server Error in '/' Application.</h1>An application error occurred",
        ),
        (
            "servlet.no_post",
            "http.method_not_allowed",
            "405 Method Not Allowed",
            "<p>HTTP method POST is not supported by this URL</p>",
        ),
        ("redirect.sign_in", "http.redirect", "302 Found", "", _LOGIN),
        ("page.suspended", "contract.html", "200 OK", "<title>Account Suspended</title>"),
        ("page.sign_in", "contract.html", "200 OK", '<html><form><input type="password"></form></html>'),
        ("page.sign_in", "contract.html", "200 OK", "<title>Sign in to your account</title>"),
        ("sign_in.windows", "http.auth_required", "401 Unauthorized", "no", "WWW-Authenticate: Negotiate"),
        ("sign_in.token", "http.auth_required", "401 Unauthorized", "no", 'WWW-Authenticate: Bearer realm="x"'),
        ("page.maintenance", "http.unavailable", "503 Service Unavailable", "<title>Site maintenance</title>"),
        ("page.listing", "contract.html", "200 OK", "<title>Index of /services</title>"),
    ),
    Way("http.redirect", "the sign redirect.itself", replying(_to_itself), sign="redirect.itself"),
    Way(
        "http.redirect",
        "the sign redirect.https",
        sending(http(b"", "301 Moved Permanently", "text/html", "Location: https://127.0.0.1/x.svc")),
        sign="redirect.https",
    ),
    Way("http.not_http", "the sign page.http_2", sending(b"\0\0\x12\4\0\0\0\0\0"), sign="page.http_2"),
    Way("http.not_http", "the sign https_needed.alert", sending(b"\x15\3\1\0\2\2\x46"), sign="https_needed.alert"),
)
