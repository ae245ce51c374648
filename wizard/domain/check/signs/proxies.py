"""Signs of proxies and load balancers, and of web servers that have nothing at this address."""

from __future__ import annotations

from wizard.domain.check.reasons import Owner
from wizard.domain.check.signs.sign import ANSWERS, Clue, Sign, either, error, header, page, status, title

_NGINX = "github.com/nginx/nginx: src/http/ngx_http_special_response.c"
_SQUID = "github.com/squid-cache/squid: errors/templates/ERR_CONNECT_FAIL"
_HAPROXY = "github.com/haproxy/haproxy: src/http.c"


def _speaks_https(server: str, source: str, *clues: Clue) -> Sign:
    of = ("http.unexpected_status", "http.forbidden", "http.not_http", "http.closed")
    return Sign(f"https_needed.{server}", of, clues, source, owner=Owner.ADMIN)


def _behind(server: str, software: str, source: str, *clues: Clue) -> Sign:
    return Sign(f"behind.{server}", ANSWERS, clues, source, software)


def _nothing_here(server: str, software: str, source: str, *clues: Clue) -> Sign:
    return Sign(f"nothing.{server}", ANSWERS, clues, source, software, owner=None)


PROXIES: tuple[Sign, ...] = (
    _speaks_https("nginx", _NGINX, page("plain http request was sent to https port")),
    _speaks_https(
        "apache",
        "github.com/apache/httpd: modules/ssl/ssl_engine_kernel.c",
        page("speaking plain http to an ssl-enabled server port"),
    ),
    _speaks_https(
        "tomcat",
        "github.com/apache/tomcat: java/org/apache/tomcat/util/net/TLSClientHelloExtractor.java",
        page("this combination of host and port requires tls"),
    ),
    _speaks_https(
        "go",
        "github.com/golang/go: src/net/http/server.go",
        page("client sent an http request to an https server"),
    ),
    _speaks_https("alert", "https://www.rfc-editor.org/rfc/rfc8446#section-6", error("it speaks tls, not http")),
    _speaks_https(
        "iis",
        "https://learn.microsoft.com/en-us/troubleshoot/iis/http-status-code",
        page(
            "http error 403.4 -",
            "403.4 forbidden",
            "the page you are trying to access is secured with secure sockets layer",
        ),
    ),
    _behind("nginx", "nginx", _NGINX, status(502, 504), page("<center>nginx", "<center>openresty")),
    _behind(
        "apache",
        "Apache",
        "github.com/apache/httpd: modules/http/http_protocol.c",
        page(
            "the proxy server received an invalid response from an upstream server", "maintenance downtime or capacity"
        ),
    ),
    _behind(
        "haproxy",
        "HAProxy",
        _HAPROXY,
        page(
            "no server is available to handle this request",
            "the server returned an invalid or incomplete response",
            "the server didn't respond in time",
        ),
    ),
    _behind(
        "traefik",
        "Traefik",
        "github.com/traefik/traefik: pkg/server/service/loadbalancer/hrw/hrw.go",
        status(503),
        page("no available server"),
    ),
    _behind(
        "envoy",
        "Envoy",
        "https://www.envoyproxy.io/docs/envoy/latest/faq/overview",
        page("upstream connect error or disconnect/reset before headers", "no healthy upstream"),
    ),
    _behind(
        "varnish",
        "Varnish",
        "github.com/varnishcache/varnish-cache: bin/varnishd/builtin.vcl",
        status(503),
        page("guru meditation"),
    ),
    _behind(
        "iis",
        "",
        "https://learn.microsoft.com/en-us/iis/extensions/troubleshooting-application-request-routing/"
        "troubleshooting-502-errors-in-arr",
        page("received an invalid response while acting as a gateway or proxy server", "http error 502.3"),
    ),
    _behind(
        "squid",
        "Squid",
        _SQUID,
        status(502, 503, 504),
        either(header("x-squid-error"), title("error: the requested url could not be retrieved")),
    ),
    _nothing_here(
        "go",
        "",
        "github.com/golang/go: src/net/http/server.go (Traefik answers so too)",
        status(404),
        page("404 page not found"),
    ),
    _nothing_here(
        "kubernetes",
        "Kubernetes",
        "github.com/kubernetes/ingress-nginx: test/e2e/defaultbackend/default_backend.go",
        status(404),
        page("default backend - 404"),
    ),
    _nothing_here("nginx", "nginx", "github.com/nginx/nginx: docs/html/index.html", title("welcome to nginx!")),
    _nothing_here(
        "apache",
        "Apache",
        "github.com/apache/httpd: docs/docroot/index.html",
        either(
            title("it works! apache httpd", "apache2 ubuntu default page", "apache2 debian default page"),
            page("<h1>it works!</h1>", "<p>it works!</p>"),
        ),
    ),
    _nothing_here(
        "iis",
        "IIS",
        "https://learn.microsoft.com/en-us/iis/get-started/whats-new-in-iis-10/new-features-introduced-in-iis-10",
        title("iis windows server", "iis windows"),
        page("iisstart"),
    ),
    Sign(
        "nginx.certificate",
        ANSWERS,
        (status(400), page("the ssl certificate error")),
        _NGINX,
        reason="tls.client_certificate",
    ),
)
