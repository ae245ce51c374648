"""Ways in which saving a connection ends, with its test and catalog."""

from __future__ import annotations

import socket

from tests.wire import hosts
from tests.wire.hosts import HEALTHY, connector, http, soap
from tests.wire.ways.servers import CONFIG, LIST, fault_envelope, saying
from tests.wire.ways.way import Way
from wizard.domain.check import Stage
from wizard.outside.soap.contract import (
    OPERATIONS,
    UNKNOWN_CONNECTION_ID,
    Result,
    State,
    StringsResult,
)


def _out_of_order(operation: str) -> bytes:
    body = soap(operation, OPERATIONS[operation].result(is_ok=True))
    return body.replace(b"<IsOk>true</IsOk><State>Ok</State>", b"<State>Ok</State><IsOk>true</IsOk>")


def _silent_at(operation: str, first: bytes = http(HEALTHY)) -> hosts.Speak:
    """A connector that never answers to one operation."""

    def speak(connection: socket.socket) -> None:
        while True:
            line, headers, _ = hosts.read_request(connection)
            if not line:
                return
            name = headers.get("soapaction", "").strip('"').rpartition("/")[2]
            if name == "WSGetConfigData":
                connection.sendall(first)
            elif name != operation:
                connection.sendall(http(soap(name, OPERATIONS[name].result(is_ok=True))))

    return speak


_TYPES = "WSGetSupportedActorTypes"


WAYS: tuple[Way, ...] = (
    Way(
        "save.rejected",
        "the connector will not keep it",
        connector(
            {
                "WSSaveConnection": http(
                    soap("WSSaveConnection", Result(is_ok=False, state=State.ERROR, user_explanation="no"))
                )
            }
        ),
        goes="save",
    ),
    Way("save.rejected", "Ok and not IsOk", saying("WSSaveConnection", is_ok=False), goes="save"),
    Way("save.rejected", "Error and IsOk", saying("WSSaveConnection", is_ok=True, state=State.ERROR), goes="save"),
    Way("connection.rejected", "a contradiction", saying("WSTestConnection", is_ok=False), goes="save"),
    Way("catalog.rejected", "a fault", connector({_TYPES: http(fault_envelope("boom"), "500 Error")}), goes="save"),
    Way("catalog.rejected", "a web page", connector({_TYPES: http(b"<html/>", "200 OK", "text/html")}), goes="save"),
    Way("catalog.rejected", "Ok and not IsOk", saying(_TYPES, is_ok=False), goes="save"),
    Way(
        "contract.misread",
        "IsOk behind State while saving",
        connector({"WSSaveConnection": http(_out_of_order("WSSaveConnection"))}),
        goes="save",
        stage=Stage.SAVE,
    ),
    Way(
        "http.timeout",
        "silence while saving",
        _silent_at("WSSaveConnection"),
        goes="save",
        stage=Stage.SAVE,
        seconds=5.0,
    ),
    Way(
        "http.timeout",
        "silence while testing the saved",
        _silent_at("WSTestConnection"),
        goes="save",
        stage=Stage.CONNECTION,
        seconds=5.0,
    ),
    Way("http.timeout", "silence while testing", _silent_at(CONFIG), goes="test", stage=Stage.CONFIG, seconds=5.0),
    Way(
        "contract.misread",
        "IsOk behind State while testing",
        connector({CONFIG: http(_out_of_order(CONFIG))}),
        goes="test",
        stage=Stage.CONFIG,
    ),
    Way(
        "http.auth_required",
        "401 while testing",
        connector({CONFIG: http(b"hunter2", "401 hunter2", "text/plain", "X-Tried: hunter2")}),
        goes="test",
        stage=Stage.CONFIG,
    ),
    Way(
        "contract.html",
        "a web page with the password while testing",
        connector({CONFIG: http(b"<html>sa/hunter2</html>", "200 OK", "text/html")}),
        goes="test",
        stage=Stage.CONFIG,
    ),
    Way(
        "fields.list_unavailable",
        "the list never comes",
        _silent_at("WSGetList", http(soap("WSGetConfigData", hosts.fields_result(LIST)))),
        seconds=5.0,
    ),
    Way(
        "connection.rejected",
        "it does not work from there",
        connector({"WSTestConnection": http(soap("WSTestConnection", Result(is_ok=False, state=State.ERROR)))}),
        goes="save",
    ),
    Way(
        "connection.unknown",
        "it is forgotten at once",
        connector(
            {
                "WSTestConnection": http(
                    soap("WSTestConnection", Result(is_ok=False, state=State.ERROR, error_code=UNKNOWN_CONNECTION_ID))
                )
            }
        ),
        goes="save",
    ),
    Way(
        "catalog.rejected",
        "no actor types",
        connector(
            {
                "WSGetSupportedActorTypes": http(
                    soap("WSGetSupportedActorTypes", StringsResult(is_ok=False, state=State.ERROR))
                )
            }
        ),
        goes="save",
    ),
)
