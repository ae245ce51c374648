"""Ways in which the test of a configuration ends."""

from __future__ import annotations

import socket

from tests.wire import hosts
from tests.wire.hosts import HEALTHY, connector, http, soap
from tests.wire.ways.servers import CONFIG, fault_envelope
from tests.wire.ways.way import Way
from wizard.domain.check import Stage
from wizard.outside.soap.contract import (
    Result,
    State,
)


def _answer(result: Result) -> dict[str, bytes]:
    return {CONFIG: http(soap(CONFIG, result))}


def _cut_at(operation: str) -> hosts.Speak:
    """A connector that breaks off in the middle of its answer to one operation."""

    def speak(connection: socket.socket) -> None:
        while True:
            line, headers, _ = hosts.read_request(connection)
            if not line:
                return
            if headers["soapaction"].strip('"').endswith(f"/{operation}"):
                connection.sendall(http(HEALTHY)[:-40])
                return
            connection.sendall(http(HEALTHY))

    return speak


WAYS: tuple[Way, ...] = (
    Way(
        "config.rejected",
        "with an explanation",
        connector(_answer(Result(is_ok=False, state=State.ERROR, user_explanation="no"))),
        goes="test",
    ),
    Way(
        "config.no_explanation",
        "without a word",
        connector(_answer(Result(is_ok=False, state=State.ERROR))),
        goes="test",
    ),
    Way(
        "config.contradiction", "Error and IsOk", connector(_answer(Result(is_ok=True, state=State.ERROR))), goes="test"
    ),
    Way(
        "config.contradiction", "Ok and not IsOk", connector(_answer(Result(is_ok=False, state=State.OK))), goes="test"
    ),
    Way(
        "config.info",
        "OkWithInfo",
        connector(_answer(Result(is_ok=True, state=State.OK_WITH_INFO, user_explanation="hm"))),
        goes="test",
    ),
    Way(
        "config.warning",
        "Warning",
        connector(_answer(Result(is_ok=True, state=State.WARNING, user_explanation="hm"))),
        goes="test",
    ),
    Way(
        "http.closed",
        "cut while testing",
        _cut_at(CONFIG),
        goes="test",
        stage=Stage.CONFIG,
    ),
    Way(
        "contract.fault",
        "a fault while testing",
        connector({CONFIG: http(fault_envelope("boom"), "500 Error")}),
        goes="test",
        stage=Stage.CONFIG,
    ),
)
