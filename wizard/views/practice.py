"""The practice connector, as pages tell it from a real one."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from flask import current_app, url_for

from wizard.web import practice_origin

_PORTS = {"http": 80, "https": 443}


def practice_url() -> str:
    """The practice connector's address, as the wizard itself reaches it."""
    return practice_origin() + url_for("practice.serve")


def is_practice(url: str) -> bool:
    """Whether a connector's URL is that of the practice connector, by this name or another of this machine."""
    if not current_app.config["PRACTICE"]:
        return False
    try:
        ours, theirs = urlsplit(practice_url()), urlsplit(url)
    except ValueError:  # as "http://["
        return False
    return _place(ours) == _place(theirs) and (
        ours.hostname == theirs.hostname or (_is_local(ours) and _is_local(theirs))
    )


def _place(url: SplitResult) -> tuple[str, int | None]:
    try:
        return url.path, url.port or _PORTS.get(url.scheme)
    except ValueError:
        return url.path, None


def _is_local(url: SplitResult) -> bool:
    host = url.hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
