"""Step 3: add an ERP connection."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories import (
    ForgetfulQueue,
    InlineQueue,
    Visitor,
    declared_field,
    form_fields,
    in_app,
    serve_practice,
    sign_in,
)
from tests.steps import RIGHT, connections, open_step_3, save
from wizard.domain.connection import ConnectionInput
from wizard.errors import InvalidInput
from wizard.extensions import db
from wizard.models import CheckRun, Connector, Setup, User, UserGroup
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.connections.save import resume_orphaned_saves, save_connection


def test_a_tested_connection_is_saved_and_the_sheet_shows_its_values_without_the_secret(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url)
    tested = admin.send(page, RIGHT | {"action": "test"})
    assert "The connection works" in tested.text

    done = admin.send(page, {"action": "ok"})

    assert done.request.path.endswith("/done")
    assert "Acme Norway is saved" in done.text
    assert "ACME-NO" in done.text
    assert "Not active yet" in done.text
    saved = connections(admin)[0]
    assert (saved.state, saved.active, saved.config["ApiPassword"]) == ("saved", False, "practice")
    assert saved.catalog is not None
    assert set(saved.catalog) == {"Customer", "Supplier", "Person", "Project"}
    sheet = admin.get(done.request.path.replace("done", "sheet.txt")).text
    assert "practice\n" not in sheet.replace("practice/Services", "")


def test_a_rejected_password_is_told_at_its_field_and_the_right_one_passes(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)

    failed = admin.send(page, RIGHT | {"cf:ApiPassword": "wrong", "action": "test"})

    assert "The test stopped at the ERP" in failed.text
    field = re.search(
        r'id="(field-\w+)-error".*?The ERP says: The ERP refused the API password', failed.text, re.DOTALL
    )
    assert field is not None
    assert "OK</button>" in failed.text
    repaired = admin.send(page, {"cf:ApiPassword": "practice", "action": "test"})
    assert "The connection works" in repaired.text


def test_ok_without_a_test_is_refused_and_the_form_stays(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"action": "ok"})

    assert answer.status_code == 422
    assert "These values have not been tested" in answer.text
    assert form_fields(answer.text)["cf:Company"] == "ACME-NO"
    assert connections(admin) == []


def test_ok_with_other_values_than_those_tested_is_refused_and_says_which_changed(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})

    answer = admin.send(page, {"cf:Company": "ACME-SE", "action": "ok"})

    assert answer.status_code == 422
    assert "No longer valid" in answer.text
    assert "Put ACME-NO back and the receipt is valid again." in answer.text
    assert admin.send(page, {"cf:Company": "ACME-NO", "action": "ok"}).request.path.endswith("/done")


def test_the_gate_counts_what_was_changed_since_the_test(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})

    one = admin.send(page, {"cf:Company": "ACME-SE", "action": "ok"}).text
    two = admin.send(page, {"cf:VatRate": "12", "action": "ok"}).text

    assert "because <a" in one.partition('id="gate"')[2]
    assert "Test again, because 2 fields were changed" in two


def test_needed_fields_are_named_when_they_are_empty(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, {"cf:Company": "", "cf:Outcome": "", "action": "test"})

    assert answer.status_code == 422
    for text in ("Enter Company code.", "Enter API password.", "Choose How the test ends."):
        assert text in answer.text


def no_password_any_more(text: str) -> str:
    return text.replace(">Password<", ">Text<")


def test_a_secret_is_not_shown_when_its_connector_makes_a_text_of_the_password_field(
    admin: Visitor, tmp_path: Path
) -> None:
    rewritten: list[bool] = []
    with serve_practice(tmp_path, lambda text: no_password_any_more(text) if rewritten else text) as url:
        page = open_step_3(admin, url)
        admin.send(page, RIGHT | {"action": "test"})
        filled = form_fields(admin.get(page).text) | {"cf:ApiPassword": "typed-before"}
        rewritten.append(True)
        admin.post("/connectors/1/check")

        shown = admin.get(page).text
        answers = [admin.post(page, filled | {"action": action}).text for action in ("test", "ok")]

    assert 'type="password"' in shown
    assert ">practice<" not in shown
    for text in (*answers, admin.get(page).text):
        assert "typed-before" not in text


def test_a_secret_tested_with_one_connector_is_not_shown_by_another_that_calls_a_text_the_same(
    admin: Visitor, practice_url: str, tmp_path: Path
) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    filled = form_fields(admin.get(page).text) | {"cf:ApiPassword": "typed-before"}
    with serve_practice(tmp_path, no_password_any_more) as url:
        other = str(admin.post("/connectors/new").location)
        admin.send(other, {"name": "Other", "url": url, "action": "continue"})
    admin.send(page, {"connector_id": "2", "action": "fields"})

    shown = admin.get(page).text
    late = admin.post(page, filled | {"connector_id": "2", "action": "test"}).text

    assert 'value="practice"' not in shown
    assert ">practice<" not in shown
    assert "typed-before" not in late


def test_a_secret_typed_for_one_host_is_not_sent_to_the_host_that_its_connector_moves_to_meanwhile(
    admin: Visitor, practice_url: str, tmp_path: Path
) -> None:
    page = open_step_3(admin, practice_url)
    filled = form_fields(admin.get(page).text) | RIGHT | {"cf:ApiPassword": "typed-for-the-first"}
    with serve_practice(tmp_path) as elsewhere:
        edit = str(admin.post("/connectors/1/edit").location)
        admin.send(edit, {"url": elsewhere, "action": "continue"})

        drafted = admin.post(page + "/draft", filled, htmx=True)
        told = admin.post(page, filled | {"action": "test"})
        asked = admin.send(page, {"action": "test"})
        passed = admin.send(page, {"cf:ApiPassword": "practice", "action": "test"})

    for answer in (drafted, told):
        assert "The connector has moved to another host" in answer.text
    assert told.status_code == 422
    assert form_fields(told.text)["cf:Company"] == "ACME-NO"
    assert "Enter API password." in asked.text
    assert "The connection works" in passed.text
    tests = in_app(
        admin.app, lambda: list(db.session.scalars(db.select(CheckRun).where(CheckRun.kind == "connection")))
    )
    assert [run.request["values"]["ApiPassword"] for run in tests] == ["practice"]


def test_a_secret_never_comes_back_in_any_answer(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    secret = "p&ss<word> Ω"

    answers = [
        admin.send(page, RIGHT | {"cf:ApiPassword": secret, "action": "test"}),
        admin.post(page + "/draft", form_fields(admin.get(page).text) | {"cf:ApiPassword": secret}, htmx=True),
        admin.get(page),
        admin.get("/"),
        admin.get("/activity/"),
    ]

    for answer in answers:
        for spelling in (secret, "p&amp;ss&lt;word&gt;", "p%26ss"):
            assert spelling not in answer.text


def test_a_blank_password_keeps_the_saved_one(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"cf:ApiPassword": "practice", "action": "test"})

    answer = admin.send(page, {"cf:ApiPassword": "", "action": "test"})

    assert "It is never shown again" in admin.get(page).text
    assert "The connection works" in answer.text


def test_another_connector_keeps_equal_keys_and_asks_for_the_secret_anew(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    other_url = practice_url + "?ConnectorName=Continental"
    open_step_3(admin, other_url, "Continental")
    other = in_app(admin.app, lambda: db.session.scalar(db.select(Connector.id).where(Connector.name == "Continental")))

    fields = form_fields(admin.get(page).text) | {"connector_id": str(other)}
    swapped = admin.post(page + "/fields", fields, htmx=True)

    shown = form_fields(swapped.text)
    assert shown["cf:Company"] == "ACME-NO"
    assert shown["cf:Region"] == "NL"
    assert "cf:VatRate" not in shown
    assert "It is never shown again" not in swapped.text


@pytest.mark.parametrize(
    ("language", "typed", "travels"),
    [
        ("nl", "1.234,5", "[F:1234.5]"),
        ("en", "1,234.5", "[F:1234.5]"),
        ("nl", "25,5", "[F:25.5]"),
        ("nb", "1 234,5", "[F:1234.5]"),
    ],
)
def test_numbers_are_read_in_the_format_of_the_language(
    admin: Visitor, practice_url: str, language: str, typed: str, travels: str
) -> None:
    admin.language = language
    page = open_step_3(admin, practice_url)

    admin.send(page, RIGHT | {"cf:VatRate": typed, "action": "test"})
    admin.send(page, {"action": "ok"})

    assert connections(admin)[0].config["VatRate"] == travels


def test_a_number_that_can_be_read_in_two_ways_is_asked_about(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"cf:VatRate": "1,234", "action": "test"})

    assert answer.status_code == 422
    assert "This can be read in two ways" in answer.text
    assert form_fields(answer.text)["cf:VatRate"] == "1,234"


def test_a_draft_typed_in_one_language_means_the_same_in_another(admin: Visitor, practice_url: str) -> None:
    admin.language = "nl"
    page = open_step_3(admin, practice_url)
    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"cf:VatRate": "21,75"}, htmx=True)

    admin.language = "en"

    assert form_fields(admin.get(page).text)["cf:VatRate"] == "21.75"


@pytest.mark.parametrize("text", ["x" * 21, "control \x07 character"])
def test_values_that_cannot_be_kept_or_sent_are_refused_with_what_was_typed(
    admin: Visitor, practice_url: str, text: str
) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"cf:Company": text, "action": "test"})

    assert answer.status_code == 422
    assert form_fields(answer.text)["cf:Company"] == text


def test_markup_in_an_explanation_is_shown_as_text(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"cf:Outcome": "markup", "action": "test"})

    assert "<img src=x" not in answer.text
    assert "&lt;img src=x" in answer.text


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        ("silent", "config.no_explanation"),
        ("contradiction", "config.contradiction"),
        ("fault", "contract.fault"),
        ("trace", "contract.fault"),
        ("garbage", "contract.malformed_xml"),
        ("html", "contract.html"),
        ("cut", "http.closed"),
    ],
)
def test_each_way_in_which_a_test_can_end_is_named(admin: Visitor, practice_url: str, outcome: str, text: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"cf:Outcome": outcome, "action": "test"})

    assert text in answer.text
    repaired = admin.send(page, {"cf:Outcome": "ok", "action": "test"})
    assert "The connection works" in repaired.text


@pytest.mark.parametrize("outcome", ["info", "warning"])
def test_a_remark_passes_and_is_shown(admin: Visitor, practice_url: str, outcome: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"cf:Outcome": outcome, "action": "test"})

    assert "The connection works" in answer.text
    assert "stage-warning" in answer.text


def test_the_scope_needs_somebody_and_counts_people_once(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    with admin.app.app_context(), writing():
        anna, bob = (User(name=name, username=name) for name in ("Anna", "Bob"))
        sales, finance = UserGroup(name="Sales", users=[anna, bob]), UserGroup(name="Finance", users=[anna])
        db.session.add_all([anna, bob, sales, finance])
        db.session.commit()
        groups, people = [sales.id, finance.id], [bob.id]

    nobody = admin.send(page, RIGHT | {"scope": "specific", "action": "ok"})
    assert "Choose at least one user or group, or Everyone." in nobody.text
    scope = page.replace("/connection", "/scope")
    chosen = admin.post(scope, {"group": groups, "user": people, "done": "1"}, follow_redirects=True)

    assert "2 groups + 1 user" in chosen.text
    assert "2 people" in chosen.text
    admin.send(page, {"action": "test"})
    done = admin.send(page, {"action": "ok"})
    assert "Finance; Sales; Bob" in done.text.replace("Sales; Finance", "Finance; Sales")


def test_a_name_that_differs_only_in_case_is_taken(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    admin.send(page, {"action": "ok"})
    again = str(admin.post("/connections/new").location)
    admin.send(again, RIGHT | {"name": "ACME norway", "connector_id": "1", "action": "fields"})
    admin.send(again, RIGHT | {"name": "ACME norway", "action": "test"})

    answer = admin.send(again, {"action": "ok"})

    assert answer.status_code == 422
    assert "Another connection has this name" in answer.text


def test_a_connector_that_changed_its_fields_between_page_and_press_is_told(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    fields = form_fields(admin.get(page).text) | RIGHT | {"action": "test"}
    with admin.app.app_context(), writing():
        connector = db.session.scalars(db.select(Connector)).one()
        connector.fields = [
            field | ({"key": "Organisation", "label": "Organisation"} if field["key"] == "VatRate" else {})
            for field in connector.fields or []
        ]
        db.session.commit()

    answer = admin.post(page, fields)
    shown = admin.post(page, fields | {"action": "fields"})

    assert (answer.status_code, shown.status_code) == (422, 200)
    for text in (answer.text, shown.text):
        assert "The connector now asks for other fields" in text
        assert "New: Organisation." in text
        assert form_fields(text)["cf:Company"] == "ACME-NO"


def test_what_a_test_of_other_fields_has_said_is_not_said_of_the_new_ones(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    failed = admin.send(page, RIGHT | {"cf:ApiPassword": "wrong", "action": "test"}).text
    assert "The ERP did not let the connector in" in failed
    with admin.app.app_context(), writing():
        connector = db.session.get_one(Connector, 1)
        connector.fields = [*(connector.fields or []), declared_field("Region", "Region")]
        db.session.commit()

    shown = admin.post(page, form_fields(failed) | {"action": "fields"}).text

    assert "New: Region." in shown
    assert "The ERP did not let the connector in" not in shown


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

    assert answer.request.path == "/"
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


def test_a_page_that_asks_twice_before_it_leaves_is_told_once_that_its_edit_is_saved(
    admin: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    page = str(admin.post("/connections/1/edit").location)
    admin.post(page, form_fields(admin.get(page).text) | {"action": "ok"})

    led = [admin.htmx(page + "/check").headers["HX-Redirect"] for _ in range(2)]

    assert led == ["/", "/"]
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
    assert admin.send(mine, {"action": "ok"}).request.path == "/"
    assert connections(admin)[0].name == "Acme by Ingrid"


def test_an_incomplete_connection_is_not_saved_whatever_the_form_says(admin: Visitor, practice_url: str) -> None:
    open_step_3(admin, practice_url)

    def save_nothing() -> None:
        setup = db.session.scalars(db.select(Setup)).one()
        with pytest.raises(InvalidInput) as refused:
            save_connection(setup.account, setup, ConnectionInput())
        assert refused.value.errors == {"name": "missing", "connector_id": "missing"}

    in_app(admin.app, save_nothing)
