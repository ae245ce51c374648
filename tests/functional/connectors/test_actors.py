"""Fields, lists and records of the ERP are asked for at a connector on a real socket."""

from __future__ import annotations

import socket
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from flask import Flask

from tests.factories.hosts import serve_app
from wizard.domain.check import StageResult
from wizard.outside.connector import CheckLimits, Endpoint, ErpActors, ask_actors
from wizard.outside.http import Policy
from wizard.practice import PATH, create_blueprint

VALUES = {"Company": "ACME", "ApiPassword": "practice", "Outcome": "ok"}
GUID = str(uuid.uuid4())
Answer = TypeVar("Answer")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A practice connector that does not know the connection until it is told."""
    folder: Path = tmp_path_factory.mktemp("connector")
    host = Flask("connector-host")
    host.register_blueprint(create_blueprint(folder / "connector.sqlite3"))
    with serve_app(host) as address:
        yield address + PATH


def ask(
    url: str, question: Callable[[ErpActors], Answer], values: Any = VALUES, secrets: Any = (), seconds: float = 30
) -> tuple[Answer | None, StageResult | None]:
    policy, limits = Policy(loopback=True), CheckLimits(seconds)
    return ask_actors(Endpoint(url), GUID, values, question, secrets, policy=policy, limits=limits)


def answer(url: str, question: Callable[[ErpActors], Answer], **more: Any) -> Answer:
    found, failure = ask(url, question, **more)
    assert failure is None
    assert found is not None
    return found


def test_types_fields_and_lists_are_read(url: str) -> None:
    read = answer(url, ErpActors.read_types)

    assert [each.name for each in read.types] == ["Customer", "Supplier", "Person", "Project"]
    customer = read.types[0]
    assert {"Name", "Town"} <= customer.searchable < {each.key for each in customer.fields}
    assert "NO" in [item.key for item in read.lists["Country"]]


def test_records_are_searched_by_text_and_by_fields(url: str) -> None:
    by_text = answer(url, lambda actors: actors.search("Customer", "Bergen", ["Name"], 50))
    by_field = answer(url, lambda actors: actors.search_advanced("Customer", [("Town", "=", ["Bergen"])], ["Name"], 50))

    assert by_text == by_field
    assert all(each.values["Name"].startswith("Bergen") for each in by_text)


def test_a_search_gives_no_more_than_can_be_shown(url: str) -> None:
    assert len(answer(url, lambda actors: actors.search("Customer", "", ["Name"], 7))) == 7


def test_only_what_was_asked_for_is_given(url: str) -> None:
    (record,) = answer(url, lambda actors: actors.get("Person", ["P1"], ["FirstName"]))
    assert (record.key, list(record.values)) == ("P1", ["FirstName"])


def test_a_secret_is_masked_wherever_the_connector_says_it(url: str) -> None:
    records = answer(url, lambda actors: actors.search("Customer", "", ["Town"], 50), secrets=["Bergen"])
    assert "Bergen" not in {each.values["Town"] for each in records}


def test_a_connection_that_is_forgotten_is_told_again_or_named(tmp_path: Path) -> None:
    host = Flask("forgetful-host")
    host.register_blueprint(create_blueprint(tmp_path / "connector.sqlite3"))
    with serve_app(host) as address:
        _, failure = ask(address + PATH, ErpActors.read_types, values=None)
        assert failure is not None
        assert failure.reason == "connection.unknown"
        assert answer(address + PATH, ErpActors.read_types).types


def test_a_refusal_is_in_the_connectors_own_words(url: str) -> None:
    _, failure = ask(url, lambda actors: actors.search_advanced("Customer", [("Nothing", "=", ["1"])], ["Name"], 50))
    assert failure is not None
    assert (failure.reason, failure.facts["answer"]) == ("connection.rejected", "Not known: Nothing")


def test_a_connector_that_does_not_answer_ends_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        _, failure = ask(f"http://127.0.0.1:{port}/", ErpActors.read_types, seconds=1)
    assert failure is not None
    assert failure.reason == "http.timeout"
