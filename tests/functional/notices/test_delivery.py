"""What cannot be delivered is tried again, and shown until it has arrived."""

from __future__ import annotations

from flask import Flask

from tests.factories import Visitor, says
from tests.factories.notices import (
    break_down,
    deliveries,
    make_recipient,
    make_watched,
    send,
)
from tests.factories.receivers import Mailbox, serve_hook
from wizard.domain.notices import Channel, DeliveryState, Undelivered


def test_what_a_mail_server_puts_off_is_shown_and_arrives_later(app: Flask, admin: Visitor, mailbox: Mailbox) -> None:
    make_recipient(app)
    break_down(app, make_watched(app))
    mailbox.on_rcpt = "450 4.2.1 <{address}> is busy"
    send(app)

    page = admin.get("/notices/").text
    assert "The server refused it: 450 4.2.1." in says(page)
    assert "Try again now" in says(page)
    assert "ingrid.berg@" not in page
    send(app, seconds=30)
    assert [each.attempts for each in deliveries(app)] == [1]

    mailbox.on_rcpt = ""
    send(app)
    assert len(mailbox.mails) == 1
    assert "Try again now" not in says(admin.get("/notices/").text)


def test_after_a_day_it_is_given_up_and_can_be_sent_again(app: Flask, admin: Visitor, mailbox: Mailbox) -> None:
    make_recipient(app)
    break_down(app, make_watched(app))
    mailbox.on_rcpt = "550 5.1.1 unknown"
    for _ in range(40):
        send(app, hours=1)
    assert [each.state for each in deliveries(app)] == [DeliveryState.FAILED]
    assert "Given up" in says(admin.get("/notices/").text)

    mailbox.on_rcpt = ""
    admin.post("/notices/1/again")
    send(app)

    assert len(mailbox.mails) == 1
    assert [each.state for each in deliveries(app)] == [DeliveryState.DELIVERED]


def test_a_webhook_at_a_forbidden_address_is_named(app: Flask, admin: Visitor) -> None:
    with serve_hook() as hook:
        address = hook.url.replace("127.0.0.1", "0.0.0.0")
        make_recipient(app, address, channel=Channel.WEBHOOK, name="Status page")
        page = admin.post("/notices/1/test", follow_redirects=True).text
    assert "The test to Status page is not delivered. The address 0.0.0.0 may not be called." in says(page)
    assert hook.posted == []


def test_a_removed_recipient_gets_nothing_that_waits(app: Flask, admin: Visitor, mailbox: Mailbox) -> None:
    make_recipient(app)
    break_down(app, make_watched(app))
    admin.post("/notices/1/remove")
    send(app)
    assert mailbox.mails == []
    assert [each.state for each in deliveries(app)] == [DeliveryState.DROPPED]


def test_a_test_comes_at_once_in_quiet_hours_too_and_is_not_tried_again(
    app: Flask, admin: Visitor, mailbox: Mailbox
) -> None:
    make_recipient(app, quiet_from="00:00", quiet_until="23:59")
    assert "The test to Ingrid Berg is delivered." in says(admin.post("/notices/1/test", follow_redirects=True).text)
    assert mailbox.mails[0]["Subject"] == "Test of notifications"

    mailbox.on_rcpt = "550 no"
    assert "The server refused it: 550." in says(admin.post("/notices/1/test", follow_redirects=True).text)
    send(app, days=1)
    assert len(mailbox.mails) == 1
    assert "Try again now" not in says(admin.get("/notices/").text)


def test_without_a_mail_server_the_page_says_so(app: Flask, admin: Visitor) -> None:
    make_recipient(app)
    assert "No mail server is set" in says(admin.get("/notices/").text)
    admin.post("/notices/1/test")
    assert [each.error for each in deliveries(app)] == [Undelivered.NO_MAIL_SERVER]
