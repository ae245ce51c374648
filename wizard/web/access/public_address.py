"""The address that browsers open: every link is made from it, and requests for another one are refused.

A link made from the Host of a request would lead wherever its sender likes, and a name that an attacker points at this
machine would make their page one of the wizard's.
"""

from __future__ import annotations

import re

from flask import Flask, current_app, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from wizard.config import Settings, is_loopback_name
from wizard.web.access.proxies import PEER, PROXY_SCHEME, TrustedProxies
from wizard.web.htmx import render

HEALTH = "health"
"""The blueprint that monitoring asks, by IP address and without TLS."""
_HOST = re.compile(r"([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?", re.ASCII)


def register(app: Flask) -> None:
    """Has to come before whatever else may answer a request."""
    settings: Settings = app.config["SETTINGS"]
    app.wsgi_app = TrustedProxies(app.wsgi_app, settings.trusted_proxies)  # type: ignore[method-assign]
    app.before_request(_require_public_address)
    app.before_request(_require_tls)


def public_origin() -> str:
    """Scheme, host and port that browsers open, as `https://erp-setup.example`: as set, else those of this request."""
    return _settings().public_url or request.host_url.rstrip("/")


def public_url(endpoint: str, **values: object) -> str:
    """The absolute address of a page."""
    return public_origin() + url_for(endpoint, **values)  # type: ignore[arg-type]


def local_origin(host: str, port: int) -> str:
    """The address under which this machine reaches a server that listens there."""
    name = "localhost" if host in ("0.0.0.0", "::", "") else f"[{host}]" if ":" in host else host  # noqa: S104
    return f"http://{name}:{port}"


def practice_origin() -> str:
    """The address under which the wizard calls itself. A browser's tunnel may have another port than the server."""
    settings = _settings()
    if settings.public_url or settings.believes_any_host:
        return public_origin()
    return local_origin(settings.host, int(request.environ["SERVER_PORT"]))


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _is_exempt() -> bool:
    return request.blueprint == HEALTH or request.endpoint == "static"  # an error page has a style sheet


def _require_public_address() -> Response | None:
    if _is_exempt() or _settings().believes_any_host or _is_expected(request.host.lower()):
        return None
    if url := _settings().public_url:
        todo = _(
            "Open %(url)s. If that is wrong, the person who runs this wizard has to set ERP_WIZARD_PUBLIC_URL.", url=url
        )
    else:
        todo = _(
            "The wizard answers to the names of its own machine, like localhost. For another name, the person who runs"
            " it has to set ERP_WIZARD_PUBLIC_URL."
        )
    return _refusal(_("Wrong address"), _("This wizard does not have the address that was asked for."), todo)


def _is_expected(host: str) -> bool:
    if url := _settings().public_url:
        scheme, _separator, expected = url.partition("://")
        return host.removesuffix({"http": ":80", "https": ":443"}[scheme]) == expected
    found = _HOST.fullmatch(host)  # with any port, because a tunnel may have another one
    return found is not None and is_loopback_name(found[1].strip("[]"))


def _require_tls() -> Response | None:
    """Behind TLS, redirects a page that was asked for without it, and refuses what was sent, or by no trusted proxy."""
    if _is_exempt() or not _settings().behind_tls or request.is_secure:
        return None
    if request.environ[PROXY_SCHEME] and request.method in ("GET", "HEAD"):
        return redirect(public_origin().replace("http:", "https:", 1) + request.full_path.rstrip("?"), 308)
    todo = _(
        "Open %(url)s. If you did, the person who runs this wizard has to make the proxy set X-Forwarded-Proto, and to"
        " name the proxy's address, %(address)s, in ERP_WIZARD_TRUSTED_PROXIES.",
        url=public_origin().replace("http:", "https:", 1),
        address=request.environ[PEER],
    )
    return _refusal(_("Not encrypted"), _("This request came unencrypted, so others could read it."), todo)


def _refusal(title: str, happened: str, todo: str) -> Response:
    home = public_url("home.show") if _settings().public_url else ""
    return render("errors/error.html", status=400, title=title, happened=happened, todo=todo, home=home, bare=True)
