"""Where a request comes from: the network of an address, and a browser and its system in words."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple

COMMAND_LINE = "command line"
"""Stands for the address where a command does something."""

IPV6_PREFIX = 64
"""The network that one IPv6 customer has at least: whoever has it can use each of its addresses."""

_BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Vivaldi", r"Vivaldi/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Version/[\d.]+ .*Safari/"),
    ("curl", r"^curl/"),
)
_SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("ChromeOS", r"CrOS"),
    ("macOS", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)
"""In this order: many browsers name others too, to be served like them."""


class Browser(NamedTuple):
    """The product names of a browser and its system; empty where they are not known."""

    name: str
    system: str


def read_user_agent(text: str) -> Browser:
    """Recognizes the browser and the system of a `User-Agent` header."""
    return Browser(_first(_BROWSERS, text), _first(_SYSTEMS, text))


def network_of(address: str) -> str:
    """What requests are counted by: the IPv4 address, or the /64 network of an IPv6 address; else the text itself."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, IPV6_PREFIX), strict=False))


def _first(patterns: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for name, pattern in patterns if re.search(pattern, text)), "")
