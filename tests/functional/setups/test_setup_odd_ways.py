"""The steps taken in another order, twice, back and forth, or with odd values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from tests.factories import (
    ForgetfulQueue,
    InlineQueue,
    Visitor,
    declared_field,
    form_fields,
    in_app,
    make_connector,
    sign_in,
)
from tests.steps import (
    COMPLETE,
    REFUSED,
    RIGHT,
    connections,
    connectors,
    open_step_2,
    open_step_3,
    run_what_waits,
    save,
)
from tests.wire import hosts
from tests.wire.hosts import http, soap
from wizard.domain.check import RunKind, Verdict
from wizard.extensions import db
from wizard.models import CheckRun, Connection, Connector, Setup, SyncApp
from wizard.models.database import writing
from wizard.outside.soap.contract import Operation, Result, State


def field_ids(page: str) -> dict[str, str]:
    """The id of each input of a connector's fields, by its name."""
    inputs = html.fromstring(page).xpath("//*[starts-with(@name, 'cf:') and @id]")
    return {str(each.get("name")): str(each.get("id")) for each in inputs}


def test_step_1_described_later_belongs_to_the_connector_that_is_there_already(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url).replace("/connection", "/app")

    answer = admin.send(page, COMPLETE)

    assert answer.request.path.endswith("/connector")
    assert in_app(admin.app, lambda: db.session.get(Connector, 1).sync_app.erp) == "Visma.net"


def test_step_1_sent_twice_describes_one_app(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)

    admin.send(page, COMPLETE)
    admin.send(page, COMPLETE | {"erp": "Unit4"})

    assert in_app(admin.app, lambda: [app.erp for app in db.session.scalars(db.select(SyncApp))]) == ["Unit4"]


def test_step_1_skipped_twice_does_no_harm(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)

    for _ in range(2):
        assert admin.send(page, {"action": "skip"}).request.path.endswith("/connector")


def test_what_was_ticked_is_seen_once_the_check_has_passed(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url).replace("/connection", "/app")

    assert re.search(r"Seen: the connector answered today at \d\d:\d\d", admin.get(page).text)


def test_what_was_ticked_is_not_seen_when_the_connector_failed_later(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url).replace("/connection", "/app")
    with admin.app.app_context(), writing():
        row = db.session.get_one(Connector, 1)
        row.health = row.health and replace(row.health, verdict=Verdict.FAILED)
        db.session.commit()

    assert "Seen: the connector" not in admin.get(page).text


def test_what_was_ticked_is_not_seen_when_the_address_changed_since(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url).replace("/connection", "/app")
    with admin.app.app_context(), writing():
        db.session.get_one(Connector, 1).url = REFUSED
        db.session.commit()

    assert "Seen: the connector" not in admin.get(page).text


def test_a_pass_leads_on_by_htmx_and_once_only(admin: Visitor, practice_url: str) -> None:
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    page = open_step_2(admin)
    admin.send(page, {"name": "Practice", "url": practice_url, "action": "continue"})
    assert "<html" not in admin.htmx(page + "/check").text
    run_what_waits(admin)

    first, second = admin.htmx(page + "/check"), admin.htmx(page + "/check")

    assert first.headers["HX-Redirect"] == page.replace("/connector", "/connection")
    assert "HX-Redirect" not in second.headers
    assert "The connector works" in second.text


@pytest.mark.parametrize(("url", "blamed"), [("http://", True), (REFUSED, False)])
def test_a_check_that_ends_leaves_the_fields_alone_unless_it_blames_one(admin: Visitor, url: str, blamed: bool) -> None:
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    page = open_step_2(admin)
    admin.send(page, {"name": "Practice", "url": url, "action": "check"})
    run_what_waits(admin)

    ended = admin.htmx(page + "/check").text

    assert "This connector cannot be used yet" in ended
    assert ('id="url-error"' in ended) is blamed
    assert ('hx-target="#address"' in ended) is blamed


def test_what_is_typed_while_continue_checks_is_not_registered_as_what_was_checked(
    admin: Visitor, practice_url: str
) -> None:
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    page = open_step_2(admin)
    admin.send(page, {"name": "Practice", "url": practice_url, "action": "continue"})
    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"url": REFUSED}, htmx=True)

    run_what_waits(admin)

    assert connectors(admin) == []
    assert form_fields(admin.get(page).text)["url"] == REFUSED


def test_a_setup_discarded_while_continue_checks_registers_nothing(admin: Visitor, practice_url: str) -> None:
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    page = open_step_2(admin)
    admin.send(page, {"name": "Practice", "url": practice_url, "action": "continue"})
    admin.post(page.replace("/connector", "/discard"))

    run_what_waits(admin)

    assert connectors(admin) == []


@pytest.mark.parametrize("step", ["connector", "connection"])
def test_cancel_without_a_check_does_no_harm(admin: Visitor, practice_url: str, step: str) -> None:
    page = open_step_3(admin, practice_url)
    with admin.app.app_context(), writing():
        db.session.execute(db.delete(CheckRun))
        db.session.commit()

    answer = admin.send(page.replace("/connection", f"/{step}"), {"action": "cancel"})

    assert answer.status_code == 200


def test_a_connector_that_was_never_reached_is_read_in_step_3(admin: Visitor, practice_url: str) -> None:
    make_connector(admin.app, "Practice", practice_url)
    page = str(admin.post("/connections/new").location)
    shown = admin.send(page, {"name": "Acme", "connector_id": "1", "action": "fields"})
    assert "It has not been reached yet." in shown.text
    refused = admin.send(page, {"action": "test"})
    assert "This connector has not answered yet, so its fields are not known." in refused.text

    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, {"action": "read_fields"})
    waiting = admin.htmx(page + "/fields")
    run_what_waits(admin)

    assert "<html" not in waiting.text
    assert "cf:Company" in form_fields(admin.get(page).text)
    assert "It answered" in admin.get(page).text


def test_a_connector_that_does_not_answer_in_step_3_says_why_and_can_be_tried_again(admin: Visitor) -> None:
    make_connector(admin.app, "Gone", REFUSED)
    page = str(admin.post("/connections/new").location)
    admin.send(page, {"connector_id": "1", "action": "fields"})

    answer = admin.send(page, {"name": "Acme", "action": "read_fields"})

    assert "connect.refused" in answer.text
    assert "It did not answer as it should" in answer.text
    assert form_fields(answer.text)["name"] == "Acme"


def test_reading_fields_without_a_connector_asks_for_one(admin: Visitor) -> None:
    page = str(admin.post("/connections/new").location)

    answer = admin.send(page, {"name": "Acme", "action": "read_fields"})

    assert answer.status_code == 422
    assert "Choose a connector." in answer.text


def test_the_progress_of_a_test_is_a_part_and_the_fields_it_blames_come_along(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url)
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, RIGHT | {"cf:ApiPassword": "wrong", "action": "test"})

    running = admin.htmx(page + "/check").text
    assert "The test is running" in running
    assert "<hx-partial" not in running
    run_what_waits(admin)

    ended = admin.htmx(page + "/check").text
    assert "<html" not in ended
    assert ended.count("<hx-partial") >= 2
    assert "The ERP refused the API password" in ended


@pytest.mark.parametrize("step", ["connector", "connection"])
def test_a_draft_that_is_sent_while_a_test_ends_brings_what_it_has_found(
    admin: Visitor, practice_url: str, step: str
) -> None:
    page = open_step_3(admin, practice_url).replace("/connection", f"/{step}")
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    wrong = RIGHT | {"cf:ApiPassword": "wrong", "action": "test"}
    waiting = admin.send(page, wrong if step == "connection" else {"url": REFUSED, "action": "check"}).text
    typed = form_fields(waiting) | {"name": "Typed meanwhile"}
    assert "data-focus" not in admin.post(page + "/draft", typed, htmx=True).text

    run_what_waits(admin)
    ended = admin.post(page + "/draft", typed, htmx=True).text

    assert "hx-trigger" not in ended
    assert "data-focus" in ended.partition('hx-target="#news"')[2]
    later = admin.post(page + "/draft", {key: typed[key] for key in typed if key != "waits"}, htmx=True).text
    assert "data-focus" not in later


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
def test_a_value_that_cannot_be_is_told_at_its_field_and_kept(admin: Visitor, key: str, text: str, words: str) -> None:
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

        ended = {"state": "finished", "verdict": "passed", "fields": fields, "finished_at": now()}
        db.session.execute(db.update(CheckRun).values(ended))
        db.session.commit()

    shown = admin.get(page).text

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
        assert words in shown
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

    page = " ".join(re.sub(r"<[^>]+>", " ", admin.get("/connections/1/sheet").text).split())

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


def test_what_cannot_be_deleted_at_the_connector_is_logged_and_nothing_is_lost(
    admin: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with refusing_what_it_stored(lambda _: http(b"", "503 Busy", None)) as url:
        page = press_ok(admin, url)

    assert "is left at its connector" in caplog.text
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


def test_a_check_that_has_ended_is_not_carried_out_again(admin: Visitor, practice_url: str) -> None:
    make_connector(admin.app, "Practice", practice_url)
    admin.post("/connectors/1/check")
    before = in_app(admin.app, lambda: db.session.scalars(db.select(CheckRun)).one().finished_at)

    run_id = in_app(admin.app, lambda: db.session.scalar(db.select(CheckRun.id)))
    InlineQueue(admin.app).submit(run_id)

    assert in_app(admin.app, lambda: db.session.scalars(db.select(CheckRun)).one().finished_at) == before


def test_a_test_of_a_connection_that_is_gone_ends_all_the_same(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    page = str(admin.post("/connections/1/test").location)
    with admin.app.app_context(), writing():
        db.session.execute(db.update(Setup).values(connection_id=None))
        db.session.execute(db.update(CheckRun).where(CheckRun.kind == RunKind.SAVE).values(connection_id=None))
        db.session.delete(db.session.get_one(Connection, 1))
        db.session.commit()

    run_what_waits(admin)

    assert "The connection works" in admin.get(page).text


@pytest.mark.parametrize(
    "text", ["\u200b", "  \u00a0 ", "a\nb", "\u202ename", "e\u0301", "👩‍👩‍👧", "'; drop table setup;--"]
)
def test_odd_names_come_back_as_they_were_typed(admin: Visitor, practice_url: str, text: str) -> None:
    page = open_step_3(admin, practice_url)

    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"name": text}, htmx=True)

    assert form_fields(admin.get(page).text)["name"] == text.strip()


def test_reload_back_and_a_second_tab_in_the_middle_of_step_3_do_no_harm(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    second_tab = form_fields(admin.get(page).text)
    admin.send(page, RIGHT | {"action": "test"})
    for _ in range(2):
        assert "The connection works" in admin.get(page).text
    assert admin.get(page.replace("/connection", "/connector")).status_code == 200

    stale = admin.post(page, second_tab | {"name": "Typed in the second tab", "action": "test"})

    assert stale.status_code in (303, 422)
    assert form_fields(admin.get(page).text)["name"] == "Typed in the second tab"
    assert form_fields(admin.get(page).text)["cf:Company"] == second_tab["cf:Company"]


def test_a_test_that_ends_on_a_page_with_other_fields_puts_none_in_the_place_of_another(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url)
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    before = admin.send(page, RIGHT | {"cf:ApiPassword": "wrong", "action": "test"}).text
    run_what_waits(admin)
    ids = field_ids(before)
    with admin.app.app_context(), writing():
        connector = db.session.get_one(Connector, 1)
        connector.fields = [declared_field("Region", "Region", rank=-1), *(connector.fields or [])]
        db.session.commit()

    ended = admin.htmx(f"{page}/check?fields_seen={form_fields(before)['fields_seen']}").text

    assert "The connector now asks for other fields" in ended
    assert "-box" not in ended
    assert "-changed" not in ended
    assert field_ids(admin.get(page).text).items() >= ids.items()
