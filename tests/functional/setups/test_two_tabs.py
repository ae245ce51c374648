"""One administrator's two tabs on the same draft: what both have changed is shown, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import html

from tests.factories import Visitor, form_fields, in_app, make_users
from tests.steps import RIGHT, open_step_2, open_step_3
from wizard.domain.steps import Step
from wizard.extensions import db
from wizard.models import Setup


def typed(admin: Visitor, step: Step) -> Mapping[str, Any]:
    return in_app(admin.app, lambda: db.session.scalars(db.select(Setup)).one().typed(step))  # type: ignore[no-any-return]


def test_a_name_of_the_newer_tab_is_not_overwritten_by_the_older_one(admin: Visitor) -> None:
    page = open_step_2(admin)
    older, newer = (form_fields(admin.get(page).text) for _ in range(2))
    admin.post(page + "/draft", newer | {"name": "From the newer tab"}, htmx=True)

    answer = admin.post(page + "/draft", older | {"name": "From the older tab"}, htmx=True)

    assert answer.status_code == 409
    assert "You have changed this in another tab meanwhile" in answer.text
    table = answer.text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "From the newer tab" in table
    assert "From the older tab" in table
    assert form_fields(answer.text)["name"] == "From the older tab"
    assert typed(admin, Step.CONNECTOR)["name"] == "From the newer tab"


def test_going_on_after_both_were_shown_saves_this_tab_s(admin: Visitor) -> None:
    page = open_step_2(admin)
    older, newer = (form_fields(admin.get(page).text) for _ in range(2))
    admin.post(page + "/draft", newer | {"name": "From the newer tab"}, htmx=True)
    shown = admin.post(page + "/draft", older | {"name": "From the older tab"}, htmx=True)

    answer = admin.post(page + "/draft", form_fields(shown.text), htmx=True)

    assert answer.status_code == 200
    assert typed(admin, Step.CONNECTOR)["name"] == "From the older tab"


def test_a_field_that_the_older_tab_left_alone_is_filled_in_there(admin: Visitor) -> None:
    page = open_step_2(admin)
    older, newer = (form_fields(admin.get(page).text) for _ in range(2))
    admin.post(page + "/draft", newer | {"name": "Visma.net Sync"}, htmx=True)

    answer = admin.post(page + "/draft", older | {"url": "https://sync.example/x.svc"}, htmx=True)

    assert "Filled in from another tab" in answer.text
    assert form_fields(answer.text)["name"] == "Visma.net Sync"
    assert dict(typed(admin, Step.CONNECTOR)) == {
        "name": "Visma.net Sync",
        "url": "https://sync.example/x.svc",
        "real_url": "",
        "ca_pem": "",
    }


def test_one_tab_that_types_on_before_its_answer_comes_is_in_nobody_s_way(admin: Visitor) -> None:
    page = open_step_2(admin)
    fields = form_fields(admin.get(page).text)

    for text in ("V", "Vis", "Visma"):  # the answers, with what is saved, do not reach the page
        assert admin.post(page + "/draft", fields | {"name": text}, htmx=True).status_code == 200

    assert typed(admin, Step.CONNECTOR)["name"] == "Visma"


def test_each_field_of_a_connection_is_compared_by_itself(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    older, newer = (form_fields(admin.get(page).text) for _ in range(2))
    admin.post(page + "/draft", newer | {"cf:Company": "ACME-SE", "cf:ApiPassword": "newer"}, htmx=True)

    answer = admin.post(page, older | {"name": "Acme", "cf:ApiPassword": "older", "action": "test"})

    assert answer.status_code == 409
    assert "Company code" in answer.text
    assert form_fields(answer.text)["cf:Company"] == "ACME-SE"
    assert "(another one, not shown)" in answer.text
    assert typed(admin, Step.CONNECTION)["secrets"]["ApiPassword"]["value"] == "newer"
    assert typed(admin, Step.CONNECTION)["name"] == "Acme"


def test_a_password_that_still_stands_in_the_older_tab_does_not_undo_the_newer_one(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url)
    first = form_fields(admin.get(page).text) | RIGHT | {"cf:ApiPassword": "first"}
    saved = admin.post(page + "/draft", first, htmx=True)
    first["base"] = html.fromstring(saved.text).xpath("string(//input[@name='base']/@value)")
    other = form_fields(admin.get(page).text) | {"cf:ApiPassword": "second"}
    admin.post(page + "/draft", other, htmx=True)

    admin.post(page + "/draft", first | {"description": "Typed in the first tab"}, htmx=True)

    assert typed(admin, Step.CONNECTION)["secrets"]["ApiPassword"]["value"] == "second"
    assert typed(admin, Step.CONNECTION)["description"] == "Typed in the first tab"


def test_progress_of_a_test_does_not_make_another_tab_s_name_this_page_s(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    older = form_fields(admin.get(page).text)
    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"name": "From the newer tab"}, htmx=True)

    assert 'name="base"' not in admin.htmx(page + "/check").text
    answer = admin.post(page + "/draft", older, htmx=True)

    assert form_fields(answer.text)["name"] == "From the newer tab"
    assert typed(admin, Step.CONNECTION)["name"] == "From the newer tab"


def test_no_fingerprint_of_a_page_says_anything_of_a_password_without_the_key(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})

    base = form_fields(admin.get(page).text)["base"]

    assert "practice" not in base
    assert "ACME-NO" not in base


def test_two_dialogs_that_choose_different_groups_show_both(admin: Visitor) -> None:
    make_users(admin.app, "Anna", groups=("Sales", "Finance"))
    page = str(admin.post("/connections/new").location).replace("/connection", "/scope")
    older, newer = (form_fields(admin.get(page).text) for _ in range(2))
    admin.post(page, newer | {"group": "1", "done": "1"}, htmx=True)

    answer = admin.post(page, older | {"group": "2", "done": "1"}, htmx=True)

    assert "Chosen elsewhere meanwhile: 1 group" in answer.text
    assert typed(admin, Step.CONNECTION)["group_ids"] == [1]
    admin.post(page, form_fields(answer.text) | {"group": "2", "done": "1"}, htmx=True)
    assert typed(admin, Step.CONNECTION)["group_ids"] == [2]
