"""The words for what stands between this machine and the connector: firewalls, proxies, clouds, networks."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wizard.messages.facts import Texts
from wizard.messages.reasons.row import Row

_LET_THROUGH = (
    _l(
        "Have calls (POST) to the connector's address let through by a rule of its own. SuperOffice's calls carry no "
        "User-Agent, and no cookie."
    ),
    _l(
        "Let calls (POST) to this address through, from this machine and from SuperOffice. They carry no User-Agent "
        "and no cookie."
    ),
)
_LOOK_BEHIND = (
    _l("Have the server behind it looked at: it is stopped or overloaded, or cannot be reached from there."),
    _l("Look at the server behind it: it is stopped or overloaded, or cannot be reached from there."),
)
_REFUSED: Texts = (
    _l("%(software)s, which stands in front of %(host)s, refuses the call. The connector did not see it."),
    _l("A firewall in front of %(host)s refuses the call. The connector did not see it."),
)
_SILENT_BEHIND: Texts = (
    _l("%(software)s answers for %(host)s, but gets no usable answer from the server behind it."),
    _l("Something answers for %(host)s, but gets no usable answer from the server behind it."),
)
FIREWALL = Row(_REFUSED, *_LET_THROUGH)
BEHIND = Row(_SILENT_BEHIND, *_LOOK_BEHIND)
NETWORK = Row(
    (
        _l("%(software)s, on the way out of your own network, refuses the call. %(host)s did not see it."),
        _l("Something on the way out of your own network answers in the place of %(host)s."),
    ),
    _l(
        "Have this machine allowed to call %(host)s directly, without a proxy, an inspection or a sign-in. SuperOffice "
        "may have a way of its own."
    ),
    _l("Let this machine call %(host)s directly, without a proxy, an inspection or a sign-in."),
)
USE_HTTPS = Row(
    _l("%(host)s speaks https on this port, but the address begins with http."),
    _l("Begin the address with https:// and check again."),
)
NOTHING_HERE = Row(
    (
        _l("%(software)s answers at %(host)s, but has no connector at this name and path."),
        _l("A web server answers at %(host)s, but has no connector at this name and path."),
    ),
    _l("Compare the whole address with the provider's instructions: the server's name, the port and the path."),
    _l("Tell me the whole address of the connector on %(host)s, or have it installed there."),
    address_in_doubt=True,
)

BETWEEN_ROWS: Mapping[str, Row] = {
    **dict.fromkeys(
        (
            "azure.blocked",
            "azure.front_door_blocked",
            "azure.gateway_blocked",
            "aws.waf",
            "aws.blocked",
            "cloudflare.blocked",
            "firewall.akamai",
            "firewall.imperva",
            "firewall.f5",
            "firewall.fortiweb",
            "firewall.modsecurity",
            "firewall.sucuri",
            "firewall.wordfence",
            "firewall.imunify",
            "firewall.barracuda",
            "firewall.netscaler",
            "firewall.haproxy",
            "firewall.envoy",
            "firewall.squid",
            "iis.address_rejected",
        ),
        FIREWALL,
    ),
    **dict.fromkeys(
        (
            "azure.front_door",
            "azure.gateway",
            "aws.load_balancer",
            "aws.cloudfront",
            "cloudflare.down",
            "cloudflare.unreachable",
            "cloudflare.no_way",
            "cloudflare.origin",
            "cloudflare.slow",
            "behind.nginx",
            "behind.apache",
            "behind.haproxy",
            "behind.traefik",
            "behind.envoy",
            "behind.squid",
            "behind.iis",
            "behind.varnish",
        ),
        BEHIND,
    ),
    **dict.fromkeys(
        ("network.zscaler", "network.fortigate", "network.sophos", "network.portal", "network.proxy"),
        NETWORK,
    ),
    **dict.fromkeys(
        (
            "https_needed.nginx",
            "https_needed.apache",
            "https_needed.tomcat",
            "https_needed.go",
            "https_needed.alert",
            "https_needed.iis",
        ),
        USE_HTTPS,
    ),
    **dict.fromkeys(
        (
            "nothing.go",
            "nothing.kubernetes",
            "nothing.nginx",
            "nothing.apache",
            "nothing.iis",
            "cxf.no_service",
            "aws.api_gateway",
            "wcf.no_service",
            "servlet.no_post",
            "axis.no_service",
        ),
        NOTHING_HERE,
    ),
    "azure.stopped": Row(
        _l("The web app behind %(host)s is stopped in Azure, or has used up its quota."),
        _l("Have the web app started in the Azure portal."),
        _l("Start the web app behind %(host)s in the Azure portal. It is stopped, or has used up its quota."),
    ),
    "azure.subscription_key": Row(
        _l("%(host)s wants a subscription key of Azure API Management. SuperOffice has none to give."),
        _l("Have the subscription key switched off for the connector's API in Azure API Management."),
        _l("Switch off “Subscription required” for the connector's API in Azure API Management."),
    ),
    "aws.method": Row(
        _l("CloudFront, which stands in front of %(host)s, lets pages be read only. It does not take calls (POST)."),
        _l("Have POST allowed in the distribution's behaviour for the connector's path."),
        _l("Allow POST in the CloudFront behaviour for the connector's path."),
    ),
    "cloudflare.handshake": Row(
        _l("Cloudflare and the server behind %(host)s could not agree on encryption (status 525)."),
        _l("Have the encryption between Cloudflare and the server behind it repaired: https has to work there too."),
        _l("Repair https on the server behind Cloudflare: the two could not agree on encryption."),
    ),
    "cloudflare.certificate": Row(
        _l("Cloudflare refuses the certificate of the server behind %(host)s (status 526)."),
        _l("Have a valid certificate installed on the server behind Cloudflare, or Cloudflare's mode set to Full."),
        _l("Install a valid certificate on the server behind Cloudflare: “Full (strict)” refuses the present one."),
    ),
    **dict.fromkeys(
        ("cloudflare.tunnel", "ngrok.tunnel"),
        Row(
            _l("The tunnel that leads to the server behind %(host)s is not running."),
            _l("Have the tunnel's program started on the connector's server."),
            _l("Start the tunnel's program on the connector's server."),
        ),
    ),
    "cloudflare.challenge": Row(
        _l("Cloudflare, in front of %(host)s, wants a proof that a person with a browser calls. SuperOffice cannot."),
        *_LET_THROUGH,
    ),
    "page.too_large": Row(
        _l("%(host)s refuses the call as too large (status 413). A synchronisation sends more than this test."),
        _l("Have the permitted size of calls raised on the web server and what stands in front of it."),
        _l("Raise the permitted size of calls to this address; in nginx that is client_max_body_size."),
    ),
    **dict.fromkeys(
        ("nginx.certificate", "iis.client_certificate"),
        Row(
            _l("%(host)s lets in only callers with a certificate of their own. SuperOffice shows none."),
            _l("Have the request for a client certificate switched off for the connector's address."),
            _l("Switch off the request for a client certificate for this address."),
        ),
    ),
}
