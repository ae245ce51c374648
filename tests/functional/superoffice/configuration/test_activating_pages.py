"""The pages of a connection that is to be activated: what is left, the check, what SuperOffice answers, and back."""

from __future__ import annotations

import re

import pytest
from lxml import html

from tests.factories import Visitor, says
from tests.functional.superoffice.configuration.activating import Activating, ready_to_activate
from tests.functional.superoffice.configuration.configuring import Configuring
from wizard.domain.mapping import Direction

PAGE = "/connections/1"


@pytest.fixture
def ready(sides: Configuring) -> Activating:
    return ready_to_activate(sides)


def test_a_connection_says_how_far_it_is_and_what_is_left_with_a_link_to_the_row(
    admin: Visitor, ready: Activating
) -> None:
    ready.configure(Name={"direction": Direction.NONE})

    page = admin.get(PAGE).text

    assert "Not active" in says(page)
    assert "Before it can be activated" in says(page)
    assert "The field is mandatory in the ERP: choose a direction." in says(page)
    assert "Continue with Mappings" in says(page)
    gate = next(each for each in html.fromstring(page).iter("section") if each.get("id") == "gate")
    row = next(str(each.get("href")) for each in gate.iter("a") if each.text == "Name")
    ids = {each.get("id"): each for each in html.fromstring(admin.get(row).text).iter("tr")}
    assert "Name" in "".join(map(str, ids[row.partition("#")[2]].itertext()))


def test_a_complete_connection_is_checked_and_then_activated(admin: Visitor, ready: Activating) -> None:
    checked = admin.post(f"{PAGE}/activate", {"action": "check"}, follow_redirects=True).text
    assert "It can be activated" in says(checked)
    assert not ready.is_active_there

    page = admin.post(f"{PAGE}/activate", {"action": "activate"}, follow_redirects=True).text

    assert "Norge is active" in says(page)
    assert "Automatic sync is off in SuperOffice" in says(page)
    assert "Monitoring It is tested automatically." in says(page)
    assert ready.is_active_there
    assert re.search("Activated today at [0-9:]+ by Ingrid Berg[.]", says(admin.get(PAGE).text))
    assert "Activated a connection in SuperOffice" in says(admin.get("/activity/").text)


def test_of_an_active_connection_that_is_checked_it_does_not_say_that_it_can_be_activated(
    admin: Visitor, ready: Activating
) -> None:
    ready.run()

    page = says(admin.post(f"{PAGE}/activate", {"action": "check"}, follow_redirects=True).text)

    assert "It is active" in page
    assert "It can be activated" not in page


def test_what_superoffice_refuses_is_said_in_its_own_words(admin: Visitor, ready: Activating) -> None:
    ready.sides.host.behaviour.toggle_reasons = ("Field 'Town' must be synchronized.",)

    page = admin.post(f"{PAGE}/activate", {"action": "activate"}, follow_redirects=True).text

    assert "SuperOffice did not activate it" in says(page)
    assert "Town" in says(page)
    assert "It is still not active; nothing has changed." in says(page)


def test_an_active_connection_is_deactivated_after_a_question(admin: Visitor, ready: Activating) -> None:
    ready.run()
    assert "What was synchronised stays" in says(admin.get(f"{PAGE}/deactivate").text)

    page = admin.post(f"{PAGE}/deactivate", follow_redirects=True).text

    assert "is not active any more" in page
    assert not ready.is_active_there
    assert "Deactivated a connection in SuperOffice" in says(admin.get("/activity/").text)


def test_a_deactivation_that_superoffice_does_not_answer_is_said(admin: Visitor, ready: Activating) -> None:
    ready.run()
    ready.sides.host.plan("unavailable", "GetConnection", None)

    page = admin.post(f"{PAGE}/deactivate", follow_redirects=True).text

    assert "is not deactivated" in page


def test_without_a_link_it_says_that_all_is_prepared_and_written_later(admin: Visitor, ready: Activating) -> None:
    ready.sides.both.unlink()

    for page in (PAGE, f"{PAGE}/activate"):
        assert "It is written to SuperOffice once that is linked." in says(admin.get(page).text)


def test_an_activation_from_here_is_no_difference(admin: Visitor, ready: Activating) -> None:
    ready.sides.both.compare()
    ready.run()

    page = says(admin.get(PAGE).text)

    assert "differs from SuperOffice" not in page
    assert "Active" in page
