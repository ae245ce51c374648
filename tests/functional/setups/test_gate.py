"""What stands before OK in step 3 agrees with the facts at any moment."""

from __future__ import annotations

from lxml import html

from tests.factories import ForgetfulQueue, Visitor, form_fields, says
from tests.steps import RIGHT, open_step_3, run_what_waits
from wizard.domain.check import RunState, Stage
from wizard.extensions import db
from wizard.models import CheckRun
from wizard.models.columns import now
from wizard.models.database import writing


def test_a_refused_password_is_named_and_the_fields_are_not_ticked(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"cf:ApiPassword": "wrong", "action": "test"})

    assert "API password was refused" in says(answer.text)
    assert "All needed fields" not in answer.text


def test_a_new_password_is_refused_by_nobody_yet(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"cf:ApiPassword": "wrong", "action": "test"})

    part = admin.post(page + "/draft", form_fields(admin.get(page).text) | {"cf:ApiPassword": "new"}, htmx=True).text

    assert "was refused" not in part
    assert "All needed fields" in part


def test_while_it_is_tested_again_nothing_is_ready_to_save(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)

    running = admin.send(page, {"action": "test"}).text
    run_what_waits(admin)

    assert "Everything is ready to save" not in running
    assert "The test is running" in running
    assert "Everything is ready to save" in admin.get(page).text


def test_the_enter_key_tests_what_is_not_tested_and_saves_what_is(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)

    tested = admin.send(page, RIGHT | {"action": "enter"})
    saved = admin.send(page, {"action": "enter"})

    assert "The connection works" in tested.text
    assert saved.request.path.endswith("/done")


def test_what_is_no_number_is_shown_as_it_was_typed_beside_what_was_tested(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})

    part = admin.post(page + "/draft", form_fields(admin.get(page).text) | {"cf:BatchSize": "abc"}, htmx=True).text

    facts = part.partition("receipt-void")[2].partition("</section>")[0]
    assert "abc" in facts
    assert "(empty)" not in facts


def test_the_erp_s_own_sentence_stands_at_the_field_without_another_one_before_it(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"cf:ApiPassword": "wrong", "action": "test"})

    assert "The ERP refused the API password." in answer.text
    assert "The ERP says: The ERP" not in says(answer.text)


def test_a_tag_in_a_default_is_explained(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)

    assert "In SuperOffice, &lt;name&gt; is replaced by the name of your company." in admin.get(page).text


def test_the_stage_in_which_a_test_was_cancelled_says_so(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, RIGHT | {"action": "test"})
    with admin.app.app_context(), writing():
        run = db.session.scalars(db.select(CheckRun).where(CheckRun.state == RunState.WAITING)).one()
        run.state, run.started_at, run.stage = RunState.RUNNING, now(), Stage.ADDRESS
        db.session.commit()

    answer = admin.send(page, {"action": "cancel"})

    stages = html.fromstring(answer.text).xpath("//li[contains(@class, 'stage ')]")
    words = [each.xpath("string(.//span[@class='stage-time'])") for each in stages]
    assert words[0] == "Cancelled"
    assert set(words[1:]) == {"Not reached"}
