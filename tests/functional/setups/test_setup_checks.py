"""Checks of steps 2 and 3: their progress, what they find, and what is typed meanwhile."""

from __future__ import annotations

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
)
from tests.steps import (
    REFUSED,
    RIGHT,
    connectors,
    open_step_2,
    open_step_3,
    run_what_waits,
    save,
)
from wizard.domain.check import RunKind
from wizard.extensions import db
from wizard.models import CheckRun, Connection, Connector, Setup
from wizard.models.database import writing


def field_ids(page: str) -> dict[str, str]:
    """The id of each input of a connector's fields, by its name."""
    inputs = html.fromstring(page).xpath("//*[starts-with(@name, 'cf:') and @id]")
    return {str(each.get("name")): str(each.get("id")) for each in inputs}


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
    rendered = admin.send(page, {"name": "Acme", "connector_id": "1", "action": "fields"})
    assert "It has not been reached yet." in rendered.text
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
