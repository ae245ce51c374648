"""In which time zone a person reads times."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import Visitor, in_app, sign_in
from wizard.extensions import db
from wizard.messages import zone_name
from wizard.models import Account, AuditEvent
from wizard.models.database import writing
from wizard.time_zones import find_time_zone, of_machine

KIRITIMATI, PAGO_PAGO = "Pacific/Kiritimati", "Pacific/Pago_Pago"
"""At noon in UTC it is tomorrow in the one and still today in the other; neither puts its clock on."""
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def footer(person: Visitor, path: str = "/account") -> str:
    return person.get(path).text.partition("<footer")[2]


def note_at_noon(admin: Visitor) -> None:
    with admin.app.app_context(), writing():
        db.session.add(AuditEvent(at=NOON, who="Noon", action="app.described", subject="x"))
        db.session.commit()


def test_without_a_choice_and_without_script_the_server_s_zone_is_used_and_named(admin: Visitor) -> None:
    assert f"Time zone of the server: {zone_name(of_machine())}" in footer(admin)
    assert "Time zone of the server: " in footer(Visitor(admin.app, admin.app.test_client()), "/login")


def test_the_browser_s_zone_is_used_once_it_is_known(admin: Visitor) -> None:
    admin.client.set_cookie("time_zone", KIRITIMATI)
    assert "Time zone: Kiritimati (UTC+14:00)" in footer(admin)


def test_the_choice_of_an_account_is_stronger_than_the_browser_s(admin: Visitor) -> None:
    admin.client.set_cookie("time_zone", KIRITIMATI)
    assert admin.post("/account/time-zone", {"time_zone": PAGO_PAGO}).status_code == 303

    assert "Time zone: Pago Pago (UTC-11:00)" in footer(admin)
    assert f'<option value="{PAGO_PAGO}" selected>' in admin.get("/account").text
    assert "My browser: Kiritimati (UTC+14:00)" in admin.get("/account").text


def test_a_choice_is_taken_back(admin: Visitor) -> None:
    admin.post("/account/time-zone", {"time_zone": PAGO_PAGO})
    admin.post("/account/time-zone", {"time_zone": ""})
    assert in_app(admin.app, lambda: db.session.scalar(select(Account.time_zone))) is None


def test_a_reader_chooses_a_zone_too(app: Flask, admin: Visitor) -> None:
    reader = sign_in(app, "Kari", role="reader")
    assert reader.post("/account/time-zone", {"time_zone": PAGO_PAGO}).status_code == 303
    assert "Pago Pago" in footer(reader)


@pytest.mark.parametrize("wrong", ["Mars/Base", "../../etc/passwd", "europe/oslo", "<script>", "x" * 999])
def test_a_zone_that_is_not_known_is_refused_and_a_cookie_with_it_passed_over(admin: Visitor, wrong: str) -> None:
    assert admin.post("/account/time-zone", {"time_zone": wrong}).status_code == 422
    admin.client.set_cookie("time_zone", wrong)
    assert "Time zone of the server: " in footer(admin)


def test_a_zone_that_is_no_longer_known_is_passed_over(admin: Visitor) -> None:
    with admin.app.app_context(), writing():
        db.session.scalar(select(Account)).time_zone = "Europe/Atlantis"
        db.session.commit()
    assert "Time zone of the server: " in footer(admin)
    assert "Europe/Atlantis" not in admin.get("/account").text


@pytest.mark.parametrize(("zone", "time"), [(KIRITIMATI, "2 July 2026 at 02:00"), (PAGO_PAGO, "1 July 2026 at 01:00")])
def test_activity_is_in_the_reader_s_zone_and_says_so(admin: Visitor, zone: str, time: str) -> None:
    note_at_noon(admin)
    admin.client.set_cookie("time_zone", zone)

    page = admin.get("/activity/?q=noon").text

    assert f"On {time}" in page
    assert f"in the time zone {zone_name(find_time_zone(zone))}" in page


@pytest.mark.parametrize(
    ("zone", "day", "found"), [(KIRITIMATI, 2, True), (KIRITIMATI, 1, False), (PAGO_PAGO, 1, True)]
)
def test_a_day_of_activity_begins_at_the_reader_s_midnight(admin: Visitor, zone: str, day: int, found: bool) -> None:
    note_at_noon(admin)
    admin.client.set_cookie("time_zone", zone)

    page = admin.get(f"/activity/?q=noon&from=2026-07-0{day}&to=2026-07-0{day}").text

    assert ("On " in page.partition("<tbody")[2]) is found


def test_the_file_of_activity_has_times_with_their_offset(admin: Visitor) -> None:
    note_at_noon(admin)
    admin.client.set_cookie("time_zone", KIRITIMATI)

    rows = csv.reader(StringIO(admin.get("/activity/activity.csv?q=noon").text))

    assert list(rows)[1][0] == "2026-07-02T02:00:00+14:00"
