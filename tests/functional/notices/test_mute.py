"""What is muted for a while is told afterwards, if it is still to be told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import Visitor, in_app, says, sign_in
from tests.factories.connectors import make_connection, make_connector
from tests.factories.notices import break_down, deliveries, make_recipient, make_watched, send, work_again
from tests.factories.receivers import Mailbox
from tests.factories.watches import change_watch, make_watch
from wizard.domain.accounts import Role
from wizard.domain.notices import DeliveryState
from wizard.extensions import db
from wizard.models import AuditEvent, Watch
from wizard.models.columns import now

PAGE = "/connections/1/monitoring"


@pytest.fixture
def watched(app: Flask) -> int:
    """The id of a connection of which somebody is told."""
    make_recipient(app)
    return make_watched(app)


def muted_until(app: Flask) -> list[datetime | None]:
    return in_app(app, lambda: list(db.session.scalars(select(Watch.muted_until).order_by(Watch.id))))


def subjects(mailbox: Mailbox) -> list[str]:
    return [str(mail["Subject"]).partition(" since ")[0] for mail in mailbox.mails]


def test_a_failure_that_outlasts_the_muting_is_told_at_its_end(
    app: Flask, admin: Visitor, mailbox: Mailbox, watched: int
) -> None:
    admin.post(PAGE, {"mute": "hour"})
    break_down(app, watched)
    send(app, minutes=50)
    assert mailbox.mails == []

    send(app, minutes=15)
    assert subjects(mailbox) == ["Stock and prices has been down"]


def test_a_failure_that_is_over_by_then_is_not_told(app: Flask, admin: Visitor, mailbox: Mailbox, watched: int) -> None:
    admin.post(PAGE, {"mute": "tomorrow"})
    work_again(app, break_down(app, watched))
    send(app, hours=48)
    assert mailbox.mails == []
    assert [each.state for each in deliveries(app)] == [DeliveryState.DROPPED]


def test_who_was_told_before_is_told_at_once_that_it_works_again(
    app: Flask, admin: Visitor, mailbox: Mailbox, watched: int
) -> None:
    outages = break_down(app, watched)
    send(app)
    admin.post(PAGE, {"mute": "hour"})
    work_again(app, outages)
    send(app)
    assert subjects(mailbox)[1:] == ["Stock and prices works again"]


def test_that_it_works_again_is_told_although_something_else_works_again_before_that_is_sent(
    app: Flask, admin: Visitor, mailbox: Mailbox, watched: int
) -> None:
    outages = break_down(app, watched)
    send(app)
    admin.post(PAGE, {"mute": "hour"})
    work_again(app, outages)
    work_again(app, break_down(app, make_watched(app, "Webshop")))
    send(app)
    assert subjects(mailbox)[1:] == ["2 connections work again"]


def test_what_waits_to_be_told_is_put_off_too(app: Flask, admin: Visitor, mailbox: Mailbox, watched: int) -> None:
    break_down(app, watched)
    admin.post(PAGE, {"mute": "hour"})
    send(app, minutes=50)
    assert mailbox.mails == []


def test_unmuted_it_is_told_at_once(app: Flask, admin: Visitor, mailbox: Mailbox, watched: int) -> None:
    admin.post(PAGE, {"mute": "hour"})
    break_down(app, watched)
    admin.post(PAGE, {"mute": "off"})
    send(app)
    assert subjects(mailbox) == ["Stock and prices has been down"]
    assert muted_until(app) == [None]


def test_unmuted_nobody_is_told_in_their_quiet_hours(app: Flask, admin: Visitor, mailbox: Mailbox) -> None:
    begin, end = (now() + timedelta(hours=hours) for hours in (-2, 6))
    make_recipient(app, quiet_from=f"{begin:%H:%M}", quiet_until=f"{end:%H:%M}", time_zone="Etc/UTC")
    watched = make_watched(app)
    admin.post(PAGE, {"mute": "hour"})
    break_down(app, watched)
    admin.post(PAGE, {"mute": "off"})
    send(app)
    assert mailbox.mails == []


def test_of_others_is_told_meanwhile(app: Flask, admin: Visitor, mailbox: Mailbox, watched: int) -> None:
    other = make_watched(app, "Webshop")
    admin.post(PAGE, {"mute": "hour"})
    break_down(app, watched, other)
    send(app)
    assert subjects(mailbox) == ["Webshop has been down"]


def test_a_connector_is_muted_with_its_connections_and_a_connection_without_its_connector(
    app: Flask, admin: Visitor
) -> None:
    connector = make_connector(app)
    make_watch(app, connector_id=connector)
    make_watch(app, connection_id=make_connection(app, connector))
    make_watched(app)

    admin.post(PAGE, {"mute": "hour"})
    assert [until is not None for until in muted_until(app)] == [False, True, False]
    admin.post("/connectors/1/monitoring", {"mute": "hour"})
    assert [until is not None for until in muted_until(app)] == [True, True, False]
    admin.post("/connectors/1/monitoring", {"mute": "off"})
    assert muted_until(app) == [None] * 3


def test_the_page_and_the_list_say_until_when_and_who_has_chosen_it(app: Flask, admin: Visitor) -> None:
    make_watch(app, connection_id=make_connection(app, make_connector(app)))
    assert "Until tomorrow at 08:00" in admin.get(PAGE).text

    said = says(admin.post(PAGE, {"mute": "tomorrow"}, follow_redirects=True).text)
    assert "Notifications of Acme Norway are muted until tomorrow at 08:00." in said
    assert "Ingrid Berg has muted them. What is down then is notified then." in said
    assert "For an hour" not in said
    assert "Notifications are muted until tomorrow at 08:00" in admin.get("/").text
    assert "Muted the notifications of a connection" in admin.get("/activity/").text


def test_it_is_undone_by_the_link_of_its_message(app: Flask, admin: Visitor, watched: int) -> None:
    page = admin.post(PAGE, {"mute": "hour"}, follow_redirects=True).text
    assert f'action="{PAGE}?mute=off"' in page
    assert "Recipients are notified again." in admin.post(f"{PAGE}?mute=off", follow_redirects=True).text
    actions = in_app(app, lambda: db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all())
    assert actions[-2:] == ["connection.muted", "connection.unmuted"]


def test_the_activity_keeps_until_when(app: Flask, admin: Visitor, watched: int) -> None:
    admin.post(PAGE, {"mute": "hour"})
    (until,) = muted_until(app)
    assert until is not None
    assert f"{until:%Y-%m-%d %H:%M} UTC" in says(admin.get("/activity/").text)


def test_what_was_muted_until_now_can_be_muted_anew(app: Flask, admin: Visitor) -> None:
    watch = make_watch(app, connection_id=make_connection(app, make_connector(app)))
    change_watch(app, watch, muted_until=now() - timedelta(minutes=1), muted_by="Ingrid Berg")
    page = admin.get(PAGE).text
    assert "For an hour" in page
    assert "has muted them" not in page


def test_a_reader_sees_that_it_is_muted_and_cannot_change_it(app: Flask, admin: Visitor, watched: int) -> None:
    admin.post(PAGE, {"mute": "hour"})
    reader = sign_in(app, "Rita", role=Role.READER)
    page = reader.get(PAGE).text
    assert "Ingrid Berg has muted them." in says(page)
    assert "Unmute" not in page
    assert reader.post(PAGE, {"mute": "off"}).status_code == 403


@pytest.mark.parametrize("sent", ["for ever", ""])
def test_for_how_long_is_one_of_the_choices(app: Flask, admin: Visitor, watched: int, sent: str) -> None:
    assert admin.post(PAGE, {"mute": sent}).status_code == 400
    assert muted_until(app) == [None]


def test_what_was_never_watched_cannot_be_muted(app: Flask, admin: Visitor) -> None:
    make_connection(app, make_connector(app))
    assert "Mute notifications" not in admin.get(PAGE).text
    assert admin.post(PAGE, {"mute": "hour"}).status_code == 400
