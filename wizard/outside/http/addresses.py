"""What an IP address stands for: the IPv4 address inside it, and whether it is this machine's own."""

from __future__ import annotations

import ipaddress
import socket

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_ANY_PORT = 9


def unwrapped(address: Ip) -> Ip:
    """The IPv4 address inside an IPv6 one that only carries it; Python's `is_global` does not look there."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _NAT64) or (address in _COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def is_this_machine(address: Ip) -> bool:
    """Whether it is loopback or an address of one of this machine's interfaces, as they are now.

    The system chooses an own address as the source of a packet to itself. Connecting a datagram socket asks for that
    choice and sends nothing; unlike binding, it does not depend on whether the system lets programs bind any address.
    """
    own = unwrapped(address)
    if own.is_loopback:
        return True
    family = socket.AF_INET if own.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((str(own), _ANY_PORT))
            source = str(probe.getsockname()[0]).partition("%")[0]
    except OSError:  # no way leads there
        return False
    return ipaddress.ip_address(source) == own
