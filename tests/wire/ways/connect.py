"""Ways to the reasons of stage `connect`."""

from __future__ import annotations

from tests.wire import hosts
from tests.wire.ways.servers import lookup
from tests.wire.ways.way import Way

WAYS: tuple[Way, ...] = (
    Way("connect.refused", "nobody listens", hosts.REFUSING),
    Way("connect.timeout", "nobody takes the connection", hosts.FULL, "http://127.0.0.1:{port}/", seconds=1.0),
    Way("connect.private", "this machine, and SuperOffice elsewhere", hosts.connector(), superoffice=()),
    Way(
        "connect.dead_address",
        "one of two is silent",
        hosts.HALF_DEAD,
        "http://two.example:{port}/",
        resolve=lookup("127.0.0.1", "127.0.0.2"),
        seconds=2.0,
    ),
    Way("connect.unreachable", "no way there", url="http://127.255.255.255:8080/"),
)
