"""Continue in step 2 registers what its check covers, as the form has it by then, and tells where it cannot."""

from __future__ import annotations

import pytest

from tests.factories import ForgetfulQueue, InlineQueue, Visitor, form_fields, make_connector
from tests.steps import connectors, open_step_2, run_what_waits
from wizard.extensions import db
from wizard.models import Connector
from wizard.models.database import writing


def press_continue(admin: Visitor, url: str) -> str:
    """Continue, with a check that has not begun yet; step 2's page."""
    page = open_step_2(admin)
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, {"name": "Practice", "url": url, "action": "continue"})
    return page


def type_meanwhile(admin: Visitor, page: str, **typed: str) -> None:
    answer = admin.post(page + "/draft", form_fields(admin.get(page).text) | typed, htmx=True)
    assert answer.status_code == 200


def end_the_check(admin: Visitor) -> None:
    run_what_waits(admin)
    admin.app.extensions["job_queue"] = InlineQueue(admin.app)


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "Enter a name for the connector."), ("n" * 400, "Too long: SuperOffice keeps 254 characters at most.")],
)
def test_a_name_that_was_made_invalid_while_the_check_ran_is_not_registered_and_reported(
    admin: Visitor, practice_url: str, name: str, words: str
) -> None:
    page = press_continue(admin, practice_url)
    type_meanwhile(admin, page, name=name)

    end_the_check(admin)

    for answer in (admin.htmx(page + "/check"), admin.get(page)):
        assert answer.status_code == 200
        assert words in answer.text
        assert "The connector works" in answer.text
    assert connectors(admin) == []
    assert form_fields(admin.get(page).text)["name"] == name
    mended = admin.send(page, {"name": "Mended", "action": "continue"})
    assert mended.request.path.endswith("/connection")
    assert [connector.name for connector in connectors(admin)] == ["Mended"]


def test_a_real_address_left_over_from_an_app_url_is_not_used_beside_another_url(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_2(admin)
    type_meanwhile(admin, page, name="Practice", url="app://1a2b3c", real_url="https://other.example/x.svc")

    answer = admin.send(page, {"url": practice_url, "action": "continue"})

    assert answer.request.path.endswith("/connection")
    assert [(each.name, each.url, each.real_url) for each in connectors(admin)] == [("Practice", practice_url, "")]


def test_the_real_address_comes_back_with_its_app_url(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)
    type_meanwhile(admin, page, name="Practice", url="app://1a2b3c", real_url="https://other.example/x.svc")
    type_meanwhile(admin, page, url=practice_url)

    assert form_fields(admin.get(page).text)["real_url"] == "https://other.example/x.svc"


def test_another_name_that_is_typed_while_the_check_runs_is_the_one_that_is_registered(
    admin: Visitor, practice_url: str
) -> None:
    page = press_continue(admin, practice_url)
    type_meanwhile(admin, page, name="Another name")

    end_the_check(admin)

    assert str(admin.get(page).location).endswith("/connection#top")
    assert [connector.name for connector in connectors(admin)] == ["Another name"]


def test_a_name_that_somebody_else_takes_while_the_check_runs_is_reported(admin: Visitor, practice_url: str) -> None:
    page = press_continue(admin, practice_url)
    make_connector(admin.app, "Practice")

    end_the_check(admin)

    assert "Another connector has this name. Choose another one." in admin.get(page).text
    assert len(connectors(admin)) == 1
    assert admin.send(page, {"name": "Mended", "action": "continue"}).request.path.endswith("/connection")


def test_a_connector_that_somebody_else_changes_while_the_check_runs_is_shown_in_both_versions(
    admin: Visitor, practice_url: str
) -> None:
    make_connector(admin.app, "Practice", practice_url)
    page = str(admin.post("/connectors/1/edit").location)
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, {"name": "Mine", "url": practice_url + "?a=b", "action": "continue"})
    with admin.app.app_context(), writing():
        theirs = db.session.scalars(db.select(Connector)).one()
        theirs.name, theirs.version = "Theirs", theirs.version + 1
        db.session.commit()

    end_the_check(admin)

    answer = admin.get(page)
    assert "Somebody else has changed this meanwhile" in answer.text
    assert "Theirs" in answer.text
    assert [connector.name for connector in connectors(admin)] == ["Theirs"]
