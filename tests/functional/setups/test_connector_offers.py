"""What step 2 offers beside its form: a mended address, connectors that are there already, practice once more."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import Visitor, form_fields, make_connector, says
from tests.steps import REFUSED, RIGHT, connections, connectors, open_step_2, open_step_3, save

PRACTICE = "Fill in the practice connector"


def test_an_address_without_its_scheme_is_offered_with_it_and_taken_by_one_click(admin: Visitor) -> None:
    page = open_step_2(admin)
    bare = REFUSED.removeprefix("http://")
    typed = form_fields(admin.get(page).text) | {"name": "Practice", "url": bare}

    offered = admin.post(page + "/draft", typed, htmx=True).text
    taken = admin.send(page, {"action": "mend"})

    assert "Did you mean this address?" in offered
    assert form_fields(taken.text)["url"] == "https://" + bare
    assert "The check stopped at" in taken.text


def test_an_address_that_lacks_nothing_is_not_mended(admin: Visitor) -> None:
    page = open_step_2(admin)

    answer = admin.send(page, {"url": REFUSED, "action": "mend"})

    assert "Did you mean this address?" not in answer.text
    assert form_fields(answer.text)["url"] == REFUSED


def test_practice_a_second_time_has_a_name_that_is_free(admin: Visitor, app: Flask) -> None:
    make_connector(app, "Practice connector")
    make_connector(app, "practice connector 2")

    by_button = str(admin.post("/practice-setup").location)
    page = open_step_2(admin)
    filled = admin.post(page, {"action": "practice"}, follow_redirects=True)

    assert form_fields(admin.get(by_button).text)["name"] == "Practice connector 3"
    assert form_fields(filled.text)["name"] == "Practice connector 3"


def test_practice_is_offered_until_it_is_filled_in(admin: Visitor) -> None:
    page = open_step_2(admin)
    odd = admin.send(page, {"url": "http://[", "action": "check"})
    filled = admin.send(page, {"action": "practice"})
    assert [PRACTICE in each.text for each in (admin.get(page), odd, filled)] == [False, True, False]


def test_a_url_that_is_registered_already_is_said_with_the_connector_s_name(
    admin: Visitor, app: Flask, practice_url: str
) -> None:
    make_connector(app, "Visma.net Sync", practice_url)
    guided, alone = open_step_2(admin), str(admin.post("/connectors/new").location)

    pages = [admin.send(page, {"name": "Twin", "url": practice_url, "action": "check"}) for page in (guided, alone)]

    for page in pages:
        assert "Visma.net Sync has this URL already." in says(page.text)
    assert ["Use it instead" in page.text for page in pages] == [True, False]


def test_a_connector_s_own_url_is_no_twin(admin: Visitor, app: Flask, practice_url: str) -> None:
    make_connector(app, "Visma.net Sync", practice_url)

    assert "has this URL already" not in admin.get(str(admin.post("/connectors/1/edit").location)).text


def test_the_guide_goes_on_with_a_connector_that_is_there_already(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    page = open_step_2(admin)
    assert "Use this connector" in admin.get(page).text

    answer = admin.post(page + "/use", {"existing": "1"}, follow_redirects=True)

    assert answer.request.path.endswith("/connection")
    assert form_fields(answer.text)["connector_id"] == "1"
    step = answer.request.path
    admin.send(step, RIGHT | {"name": "Second", "action": "test"})
    admin.send(step, {"action": "ok"})
    assert [each.name for each in connections(admin)] == ["Acme Norway", "Second"]
    assert len(connectors(admin)) == 1


def test_a_connector_that_is_added_after_another_was_chosen_is_the_one_of_step_3(
    admin: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    page = open_step_2(admin)
    admin.post(page + "/use", {"existing": "1"})

    answer = admin.send(page, {"name": "Another", "url": practice_url, "action": "continue"})

    assert form_fields(answer.text)["connector_id"] == "2"


@pytest.mark.parametrize("existing", ["", "7", "x"])
def test_a_connector_that_is_not_there_cannot_be_used(admin: Visitor, existing: str) -> None:
    assert admin.post(open_step_2(admin) + "/use", {"existing": existing}).status_code == 404


def test_a_form_of_the_list_has_no_next_step_to_use_a_connector_for(
    admin: Visitor, app: Flask, practice_url: str
) -> None:
    make_connector(app, "Visma.net Sync", practice_url)

    assert admin.post(str(admin.post("/connectors/new").location) + "/use", {"existing": "1"}).status_code == 409


def test_practice_is_not_filled_into_a_connector_that_is_edited(admin: Visitor, practice_url: str) -> None:
    open_step_3(admin, practice_url)

    assert PRACTICE in admin.get(open_step_2(admin)).text
    assert PRACTICE not in admin.get(str(admin.post("/connectors/1/edit").location)).text


def test_a_form_of_the_list_speaks_of_no_step(admin: Visitor, practice_url: str) -> None:
    page = str(admin.post("/connectors/new").location)

    answer = admin.send(page, {"name": "Practice", "url": practice_url, "action": "check"})

    assert "You fill these in where you add an ERP connection." in answer.text
    assert "at step 3" not in answer.text


def test_a_connector_that_was_added_though_it_failed_is_shown_as_failed_and_not_as_done(
    admin: Visitor,
) -> None:
    page = open_step_2(admin)
    admin.send(page, {"name": "Visma.net Sync", "url": REFUSED, "action": "check"})

    step_3 = admin.send(page, {"action": "anyway"})

    assert "Step 2, does not answer yet:" in step_3.text
    assert "Does not work" in admin.get("/").text
    assert "Added without a check" not in admin.get("/").text


def test_the_page_after_continue_begins_at_its_top(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)
    typed = form_fields(admin.get(page).text) | {"name": "Practice", "url": practice_url, "action": "continue"}
    admin.post(page, typed)

    assert str(admin.get(page).location).endswith("/connection#top")
