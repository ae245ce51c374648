"""What the page of a connection says of a change that SuperOffice does not have yet, and how it gets it."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import Visitor, sign_in
from tests.functional.superoffice.configuration.configuring import TO_SUPEROFFICE, Configuring
from wizard.domain.accounts import Role
from wizard.services.configuration.there.state import MAX_TRIES

PAGE = "/connections/1"
AUTOMATICALLY = "It is tried again automatically."
NOT_BY_ITSELF = "It is not tried again by itself."


@pytest.mark.parametrize(
    ("fault", "why", "then"),
    [
        ("unavailable", "503", AUTOMATICALLY),
        ("forbidden", "SuperOffice does not accept this sign-in.", NOT_BY_ITSELF),
    ],
)
def test_it_says_why_and_whether_it_is_tried_again_and_writes_it_once_somebody_asks(
    sides: Configuring, admin: Visitor, fault: str, why: str, then: str
) -> None:
    waits(sides, fault)
    page = admin.get(PAGE).text
    assert why in page
    assert then in page
    sides.host.behaviour.planned.clear()

    answer = admin.post(f"{PAGE}/write", follow_redirects=True).text

    assert "SuperOffice has it too." in answer
    assert then not in answer
    assert sides.there("Name")["SyncToCrm"]


def test_asked_while_superoffice_still_refuses_everything_it_says_that_it_gives_up(
    sides: Configuring, admin: Visitor
) -> None:
    waits(sides, "forbidden")

    answer = admin.post(f"{PAGE}/write", follow_redirects=True).text

    assert "SuperOffice does not have it yet, and it is not tried again by itself." in answer


def test_a_change_that_was_given_up_is_not_tried_again_until_somebody_asks(sides: Configuring) -> None:
    waits(sides, "forbidden")
    sides.host.behaviour.planned.clear()

    sides.retry()

    assert not sides.there("Name")["SyncToCrm"]


def test_it_is_given_up_too_where_the_fields_could_not_be_read_for_a_day(sides: Configuring, admin: Visitor) -> None:
    sides.set("Customer", Name={"direction": TO_SUPEROFFICE})
    sides.host.plan("unavailable", times=None)
    sides.write()
    sides.change_state(retries=MAX_TRIES)

    assert sides.write().is_given_up
    assert NOT_BY_ITSELF in admin.get(PAGE).text


def test_a_reader_sees_it_and_cannot_ask_for_it(app: Flask, sides: Configuring) -> None:
    waits(sides, "unavailable")
    reader = sign_in(app, "Rolf Reader", role=Role.READER)

    assert AUTOMATICALLY in (page := reader.get(PAGE).text)
    assert "Write it now" not in page
    assert reader.post(f"{PAGE}/write").status_code == 403


def waits(sides: Configuring, fault: str) -> None:
    """A change is saved here while SuperOffice cannot take it."""
    sides.write()
    sides.set("Customer", Name={"direction": TO_SUPEROFFICE})
    sides.host.plan(fault, times=None)
    sides.write()
