"""A connection of step 3 is saved or refused, its saving breaks off, or it is edited."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from tests.factories import (
    ForgetfulQueue,
    InlineQueue,
    Visitor,
    form_fields,
    serve_practice,
    sign_in,
)
from tests.steps import RIGHT, connections, open_step_3, save
from wizard.extensions import db
from wizard.models import CheckRun, Connector, Setup
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.connections import resume_orphaned_saves


def test_ok_pressed_twice_saves_once(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    fields = form_fields(admin.get(page).text) | {"action": "ok"}
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)

    first, second = admin.post(page, fields), admin.post(page, fields)

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(connections(admin)) == 1
    assert "is being saved" in admin.get(page).text


def break_off_saving(admin: Visitor, practice_url: str) -> str:
    """Step 3 of a setup whose process was killed while it saved."""
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, {"action": "ok"})
    assert connections(admin)[0].state == "saving"
    return page


def recover_after_a_minute(admin: Visitor) -> int:
    with admin.app.app_context(), writing():
        db.session.execute(db.update(CheckRun).values(heartbeat_at=now() - timedelta(minutes=1)))
        db.session.commit()
        return resume_orphaned_saves()


def test_what_a_killed_process_was_saving_is_saved_at_the_next_start(admin: Visitor, practice_url: str) -> None:
    page = break_off_saving(admin, practice_url)
    admin.app.extensions["job_queue"] = InlineQueue(admin.app)

    assert recover_after_a_minute(admin) == 1
    assert recover_after_a_minute(admin) == 0

    saved = connections(admin)[0]
    assert (saved.state, saved.pending, saved.name) == ("saved", None, "Acme Norway")
    assert admin.get(page, follow_redirects=True).request.path.endswith("/done")


def test_a_save_that_always_breaks_off_is_given_up_and_the_form_has_everything(
    admin: Visitor, practice_url: str
) -> None:
    page = break_off_saving(admin, practice_url)

    assert [recover_after_a_minute(admin) for _ in range(5)] == [1, 1, 1, 1, 0]

    assert connections(admin) == []
    assert form_fields(admin.get(page).text)["cf:Company"] == "ACME-NO"
    admin.app.extensions["job_queue"] = InlineQueue(admin.app)
    assert admin.send(page, {"action": "ok"}).request.path.endswith("/done")


def test_what_was_being_saved_is_not_sent_to_another_host_than_it_was_meant_for(
    admin: Visitor, practice_url: str
) -> None:
    page = break_off_saving(admin, practice_url)
    admin.app.extensions["job_queue"] = InlineQueue(admin.app)
    with admin.app.app_context(), writing():
        db.session.get_one(Connector, 1).url = "https://other.example/x.svc"
        db.session.commit()

    recover_after_a_minute(admin)

    assert connections(admin) == []
    assert "cf:ApiPassword" in admin.get(page).text


def test_a_refused_save_leaves_no_row_and_the_form_with_everything(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    with admin.app.app_context(), writing():
        from wizard.models import CheckRun

        setup = db.session.scalars(db.select(Setup)).one()
        connector = db.session.scalars(db.select(Connector)).one()
        run = db.session.scalars(db.select(CheckRun).where(CheckRun.kind == "connection")).one()
        from wizard.services.checks.receipts import connection_payload, sign_payload

        connector.url = "http://127.0.0.1:1/gone.svc"
        draft = setup.draft["connection"]
        secrets = {"ApiPassword": draft["secrets"]["ApiPassword"] | {"origin": connector.origin}}
        setup.draft = {**setup.draft, "connection": draft | {"secrets": secrets}}
        run.receipt_signature = sign_payload(connection_payload(connector, run.request["values"]))
        db.session.commit()

    answer = admin.send(page, {"action": "ok"})

    assert "The connection could not be saved" in answer.text
    assert form_fields(answer.text)["cf:Company"] == "ACME-NO"
    assert connections(admin) == []


def test_a_connection_that_its_connector_does_not_keep_is_not_ready_to_save_and_its_fields_are_read_anew(
    admin: Visitor, tmp_path: Path
) -> None:
    refuses: list[bool] = []

    def refuse(text: str) -> str:
        if "WSSaveConnection" in text:
            text = text.replace(">true<", ">false<").replace(">Ok<", ">Error<")
        return text.replace("VatRate", "Organisation")

    with serve_practice(tmp_path, lambda text: refuse(text) if refuses else text) as url:
        page = open_step_3(admin, url)
        admin.send(page, RIGHT | {"action": "test"})
        before = form_fields(admin.get(page).text)
        refuses.append(True)
        refused = admin.post(page, before | {"action": "ok"}, follow_redirects=True).text
        part = admin.htmx(f"{page}/check?fields_seen={before['fields_seen']}").text
        pressed_again = admin.post(page, before | {"action": "ok"})

    for text in (refused, part):
        assert "Everything is ready to save" not in text
        assert "Test again, because the connection could not be saved" in text
        assert re.search(r'button-main"[^>]*value="test"', text)
    assert "The connector now asks for other fields" in part
    assert pressed_again.status_code == 422
    assert connections(admin) == []


def test_ok_after_a_save_that_failed_asks_for_another_test(admin: Visitor, tmp_path: Path) -> None:
    refuses: list[bool] = []

    def refuse(text: str) -> str:
        return text.replace(">true<", ">false<") if "WSSaveConnection" in text and refuses else text

    with serve_practice(tmp_path, refuse) as url:
        page = open_step_3(admin, url)
        admin.send(page, RIGHT | {"action": "test"})
        refuses.append(True)
        admin.send(page, {"action": "ok"})
        refuses.clear()

        at_once = admin.send(page, {"action": "ok"})
        admin.send(page, {"action": "test"})

        assert at_once.status_code == 422
        assert admin.send(page, {"action": "ok"}).request.path.endswith("/done")


def test_a_new_connection_is_not_called_an_edit_while_it_is_saved(admin: Visitor, practice_url: str) -> None:
    open_step_3(admin, practice_url)
    page = str(admin.post("/connections/new").location)
    admin.send(page, {"connector_id": "1", "action": "fields"})
    admin.send(page, RIGHT | {"action": "test"})
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)

    saving = admin.send(page, {"action": "ok"}).text

    assert "is being saved" in saving
    assert "<h1>Add an ERP connection</h1>" in saving


def test_editing_keeps_every_value_and_the_saved_secret(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"cf:VatRate": "12.5", "description": "Oslo", "action": "test"})
    admin.send(page, {"action": "ok"})
    before = connections(admin)[0].config

    edit = str(admin.post("/connections/1/edit").location)
    admin.send(edit, {"description": "Oslo and Bergen", "action": "test"})
    answer = admin.send(edit, {"action": "ok"})

    assert answer.request.path == "/connections/1"
    assert "Acme Norway is saved." in answer.text
    after = connections(admin)[0]
    assert after.config == before
    assert after.description == "Oslo and Bergen"


def test_an_edit_that_nobody_touched_shows_its_test_and_not_that_it_is_saved(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)

    page = admin.post("/connections/1/edit", follow_redirects=True).text

    assert "The connection is saved" not in page
    assert "The connection works" in page
    assert "Everything is ready to save" in page


def test_a_page_that_asks_twice_before_it_leaves_learns_once_that_its_edit_is_saved(
    admin: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    page = str(admin.post("/connections/1/edit").location)
    admin.post(page, form_fields(admin.get(page).text) | {"action": "ok"})

    led = [admin.htmx(page + "/check").headers["HX-Redirect"] for _ in range(2)]

    assert led == ["/connections/1", "/connections/1"]
    assert admin.get("/").text.count("Acme Norway is saved.") == 1


def test_a_second_administrator_who_saves_later_is_shown_both_versions(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    admin.send(page, {"action": "ok"})
    other = sign_in(admin.app, "Lars Nilsson")
    mine = str(admin.post("/connections/1/edit").location)
    theirs = str(other.post("/connections/1/edit").location)
    other.send(theirs, {"name": "Acme by Lars", "action": "test"})
    other.send(theirs, {"action": "ok"})

    refused = admin.send(mine, {"name": "Acme by Ingrid", "action": "ok"})

    assert refused.status_code == 409
    assert "Acme by Lars" in refused.text
    assert form_fields(refused.text)["name"] == "Acme by Ingrid"
    assert admin.send(mine, {"action": "ok"}).request.path == "/connections/1"
    assert connections(admin)[0].name == "Acme by Ingrid"
