"""The steps taken in another order, twice, back and forth, or with odd values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.factories import (
    ForgetfulQueue,
    Visitor,
    declared_field,
    form_fields,
    make_connector,
    sign_in,
)
from tests.steps import (
    RIGHT,
    connections,
    open_step_2,
    open_step_3,
    run_what_waits,
)
from tests.wire import hosts
from tests.wire.hosts import http, soap
from wizard.domain.check import RunState, Verdict
from wizard.domain.invisible import trim
from wizard.extensions import db
from wizard.models import CheckRun, Connection, Setup
from wizard.models.database import writing
from wizard.outside.soap.contract import Operation, Result, State


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("VatRate", "twelve", "Enter a number."),
        ("Customers", "1,5", "Enter a whole number, digits only."),
        ("Customers", "99999999999", "This number is too large. The largest is 2147483647."),
        ("StartsOn", "the first of May", "Write the date and time as 2026-12-31 23:59."),
        ("Outcome", "forged", "This choice is not offered any more. Choose another."),
        ("Free", "x" * 1024, "Too long: SuperOffice keeps 1023 characters at most."),
        ("Free", "👩" * 512, "Too long: SuperOffice keeps 1023 characters at most."),
    ],
)
def test_a_value_that_cannot_be_is_reported_at_its_field_and_kept(
    admin: Visitor, key: str, text: str, words: str
) -> None:
    items = [{"key": "ok", "label": "Fine"}]
    fields: list[dict[str, Any]] = [
        declared_field("VatRate", "VAT", type="Double"),
        declared_field("Customers", "Customers", type="Integer"),
        declared_field("StartsOn", "Starts on", type="Datetime"),
        declared_field("Outcome", "Outcome", type="List", list_name="o", items=items),
        declared_field("Free", "Free"),
    ]
    make_connector(admin.app, fields=fields)
    page = str(admin.post("/connections/new").location)
    admin.send(page, {"connector_id": "1", "action": "fields"})

    answer = admin.post(page, form_fields(admin.get(page).text) | {f"cf:{key}": text, "action": "test"})

    assert answer.status_code == 422
    assert words in answer.text
    assert words not in admin.get(page).text or key == "Outcome"
    if key != "Outcome":
        assert form_fields(answer.text)[f"cf:{key}"] == text


def test_fields_of_every_kind_and_language_are_previewed_and_shown(admin: Visitor) -> None:
    fields = [
        declared_field("a", "", type="Text"),
        declared_field("b", "B", type="Text", max_length=1),
        declared_field("c", "C", type="Password"),
        declared_field("d", "D", type="List", list_name="x", items=None),
        declared_field("e", "E", type="List", list_name="x", items=[{"key": "1", "label": ""}]),
        declared_field("f", "F", type="Integer"),
        declared_field("g", "G", type="Double", default="[F:1.5]"),
        declared_field("h", "H", type="Datetime"),
        declared_field("i", "I", type="Checkbox", default="[I:1]"),
        declared_field("j", "J", type="Checkbox"),
        declared_field("k", "K", access="ReadOnly", default="k"),
        declared_field("l", "Only a label", type="Label"),
    ]
    page = open_step_2(admin)
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, {"name": "Visma", "url": "https://erp.example/x.svc", "action": "check"})
    with admin.app.app_context(), writing():
        from wizard.models.columns import now

        run = db.session.query(CheckRun).one()
        run.state, run.verdict, run.fields, run.finished_at = RunState.FINISHED, Verdict.PASSED, fields, now()
        db.session.commit()

    rendered = admin.get(page).text

    for words in (
        "Text, 1 character at most",
        "One of a list",
        "One of 1",
        "Whole number",
        "Decimal number, 1.5 unless changed",
        "Date and time",
        "Yes or no, yes unless changed",
        "Filled in by the connector",
    ):
        assert words in rendered
    assert admin.send(page, {"action": "continue"}).request.path.endswith("/connection")
    assert "Only a label" in admin.get(page.replace("/connector", "/connection")).text


def test_the_sheet_shows_values_in_words_and_odd_ones_as_they_are(admin: Visitor) -> None:
    fields = [
        declared_field("d", "Starts on", type="Datetime"),
        declared_field("odd", "Odd date", type="Datetime"),
        declared_field("box", "Active", type="Checkbox"),
        declared_field("off", "Passive", type="Checkbox"),
        declared_field("one", "One", type="List", list_name="x", items=[{"key": "1", "label": "First"}]),
        declared_field("gone", "Gone", type="List", list_name="x", items=None),
    ]
    config = {"d": "[DT:12/31/2026 23:59:00.0000000]", "odd": "soon", "box": "[I:1]", "one": "1", "gone": "7"}
    connector = make_connector(admin.app, fields=fields)
    from tests.factories import make_connection

    make_connection(admin.app, connector, "Acme", fields=fields, config=config)

    page = " ".join(re.sub(r"<[^>]+>", " ", admin.get("/connections/1").text).split())

    for words in ("Odd date soon", "Active Yes", "Passive No", "One First", "Gone 7"):
        assert words in page


def test_what_the_connector_stored_before_it_refused_is_deleted_there(admin: Visitor) -> None:
    asked: list[bytes] = []

    def forget(body: bytes) -> bytes:
        asked.append(body)
        return http(soap("WSDeleteConnection", Result(is_ok=True)))

    with refusing_what_it_stored(forget) as url:
        page = press_ok(admin, url)

    assert len(asked) == 1
    assert connections(admin) == []
    assert form_fields(admin.get(page).text)["cf:Company"] == "ACME-NO"


def test_what_cannot_be_deleted_at_the_connector_is_remembered_and_nothing_is_lost(admin: Visitor) -> None:
    with refusing_what_it_stored(lambda _: http(b"", "503 Busy", None)) as url:
        page = press_ok(admin, url)

    assert "Not removed yet" in admin.get("/").text
    assert connections(admin) == []
    assert form_fields(admin.get(page).text)["cf:Company"] == "ACME-NO"


def test_a_connector_that_takes_its_time_to_forget_keeps_nobody_else_waiting(admin: Visitor) -> None:
    other, answers = sign_in(admin.app, "Lars Nilsson"), []

    def forget(_: bytes) -> bytes:
        answers.append(other.post("/setup/new").status_code)
        return http(soap("WSDeleteConnection", Result(is_ok=True)))

    with refusing_what_it_stored(forget) as url:
        press_ok(admin, url)

    assert answers == [303]


@contextmanager
def refusing_what_it_stored(forget: Callable[[bytes], bytes]) -> Iterator[str]:
    """A connector that keeps a connection and then refuses its test; `forget` answers WSDeleteConnection."""

    def reply(operation: Operation | None, body: bytes, line: str) -> bytes:
        assert operation is not None
        match operation.name:
            case "WSGetConfigData":
                return http(hosts.HEALTHY)
            case "WSTestConnection":
                return http(soap(operation.name, Result(is_ok=False, state=State.ERROR, user_explanation="no")))
            case "WSDeleteConnection":
                return forget(body)
            case _:
                return http(soap(operation.name, operation.result(is_ok=True)))

    with hosts.server(hosts.replying(reply)) as port:
        yield f"http://127.0.0.1:{port}/x.svc"


def press_ok(admin: Visitor, url: str) -> str:
    """The page of step 3, with a connection that was tested and sent."""
    page = open_step_3(admin, url)
    admin.send(page, {"name": "Acme", "cf:Company": "ACME-NO", "action": "test"})
    admin.send(page, {"action": "ok"})
    return page


@pytest.mark.parametrize("gone", ["setup", "connection"])
def test_a_save_ends_well_though_its_form_or_row_is_gone(admin: Visitor, practice_url: str, gone: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, {"action": "ok"})
    with admin.app.app_context(), writing():
        if gone == "setup":
            db.session.execute(db.update(CheckRun).values(setup_id=None))
            db.session.execute(db.delete(Setup))
        else:
            db.session.execute(db.update(Setup).values(connection_id=None))
            db.session.execute(db.delete(Connection))
        db.session.commit()

    run_what_waits(admin)

    assert len(connections(admin)) == (gone == "setup")


@pytest.mark.parametrize(
    "text", ["\u200b", "a\u200bb", "  \u00a0 ", "a\nb", "\u202ename", "e\u0301", "👩‍👩‍👧", "'; drop table setup;--"]
)
def test_odd_names_come_back_as_they_were_typed(admin: Visitor, practice_url: str, text: str) -> None:
    page = open_step_3(admin, practice_url)

    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"name": text}, htmx=True)

    assert form_fields(admin.get(page).text)["name"] == trim(text)


def test_reload_back_and_a_second_tab_in_the_middle_of_step_3_do_no_harm(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    second_tab = form_fields(admin.get(page).text)
    admin.send(page, RIGHT | {"action": "test"})
    for _ in range(2):
        assert "The connection works" in admin.get(page).text
    assert admin.get(page.replace("/connection", "/connector")).status_code == 200

    stale = admin.post(page, second_tab | {"name": "Typed in the second tab", "action": "test"})

    assert stale.status_code == 409
    assert "You have changed this in another tab meanwhile" in stale.text
    assert form_fields(stale.text)["name"] == "Typed in the second tab"
    assert form_fields(admin.get(page).text)["name"] == "Acme Norway"
    assert form_fields(stale.text)["cf:Company"] == "ACME-NO"
