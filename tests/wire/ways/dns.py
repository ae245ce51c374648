"""Ways to the reasons of stage `dns`."""

from __future__ import annotations

import socket
import threading

from tests.wire.ways.servers import failing_lookup, lookup
from tests.wire.ways.way import Way
from wizard.outside.http import Endpoints


def _hang(host: str, port: int) -> Endpoints:
    threading.Event().wait(5)
    return []


WAYS: tuple[Way, ...] = (
    Way(
        "dns.not_found",
        "an unknown name",
        url="https://no-such-host.invalid/",
        resolve=failing_lookup(socket.gaierror(socket.EAI_NONAME, "no")),
    ),
    Way("dns.not_found", "no addresses", url="https://erp.example/", resolve=lookup()),
    Way(
        "dns.temporary",
        "the name server is silent",
        url="https://erp.example/",
        resolve=failing_lookup(socket.gaierror(socket.EAI_AGAIN, "try again")),
    ),
    Way(
        "dns.temporary",
        "the resolver hangs",
        url="https://erp.example/",
        resolve=_hang,
        seconds=0.5,
    ),
)
