"""What nobody sees in what is typed: cut, named, or asked about."""

from __future__ import annotations

import pytest

from tests.factories import Visitor, in_app
from tests.steps import RIGHT, connectors, open_step_2, open_step_3, save
from wizard.extensions import db
from wizard.models import CheckRun

ASKED = "If that was copied along, use it without."
MEND = {"action": "mend cf:ApiPassword"}


def sent_values(admin: Visitor) -> dict[str, str]:
    """What the last test has sent."""
    newest = db.select(CheckRun).where(CheckRun.kind == "connection").order_by(CheckRun.created_at.desc()).limit(1)
    return dict(in_app(admin.app, lambda: db.session.scalars(newest).one().request["values"]))


@pytest.mark.parametrize("typed", ["practice ", "\u00a0practice", "prac\u200btice", "practice\ufeff"])
def test_a_password_is_sent_as_it_was_typed_and_what_nobody_sees_in_it_is_asked_about(
    admin: Visitor, practice_url: str, typed: str
) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"cf:ApiPassword": typed, "action": "test"})
    assert sent_values(admin)["ApiPassword"] == typed
    assert ASKED in answer.text

    mended = admin.send(page, MEND)
    assert ASKED not in mended.text
    assert "The connection works" in admin.send(page, {"action": "test"}).text
    assert sent_values(admin)["ApiPassword"] == "practice"


def test_nothing_is_asked_about_a_password_that_is_as_it_looks(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)

    assert ASKED not in admin.send(page, RIGHT | {"cf:ApiPassword": "prac tice", "action": "test"}).text


def test_what_nobody_sees_in_another_value_is_asked_about_too(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)

    assert ASKED in admin.send(page, RIGHT | {"cf:Company": "ACME\u200b-NO", "action": "test"}).text
    admin.send(page, {"action": "mend cf:Company"})
    assert "The connection works" in admin.send(page, {"action": "test"}).text


def test_a_name_is_cut_at_its_ends_and_refused_with_what_nobody_sees_inside(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)
    form = {"url": f"\u200b{practice_url}\u00a0", "action": "continue"}

    refused = admin.send(page, form | {"name": "Prac\u200btice"})
    assert "There is an invisible character inside." in refused.text

    admin.send(page, form | {"name": "\ufeffPractice\u200b "})
    assert [(each.name, each.url) for each in connectors(admin)] == [("Practice", practice_url)]


def test_an_address_with_two_beginnings_or_for_a_description_is_offered_as_it_was_meant(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_2(admin)
    form = {"name": "Practice", "url": f"https://{practice_url}?wsdl"}

    asked = admin.send(page, form | {"action": "check"})
    assert "Did you mean this address?" in asked.text
    assert "This address has two beginnings" in asked.text

    admin.send(page, form | {"action": "mend"})
    admin.send(page, {"action": "continue"})
    assert [each.url for each in connectors(admin)] == [practice_url]


def test_a_connection_s_name_is_refused_with_what_nobody_sees_inside(admin: Visitor, practice_url: str) -> None:
    page = save(admin, practice_url)
    other = open_step_3(admin, practice_url, "Other")
    admin.send(other, RIGHT | {"name": "Acme\u200b Norway", "action": "test"})

    answer = admin.send(other, {"action": "ok"})

    assert page != other
    assert "There is an invisible character inside." in answer.text
