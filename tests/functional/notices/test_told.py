"""Recipients are told once when something breaks, and once when it works again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from tests.factories import make_connector
from tests.factories.notices import (
    break_down,
    deliveries,
    make_recipient,
    make_watched,
    pass_time,
    send,
    use_mail_server,
    work_again,
)
from tests.factories.receivers import Mailbox
from tests.factories.watches import TIMEOUT, make_watch
from wizard.domain.notices import DeliveryState
from wizard.extensions import db
from wizard.models import Connection, Delivery, Outage, Recipient, Watch
from wizard.models.columns import now
from wizard.services.notices import note_broken, note_reminders, note_working, send_due
from wizard.services.watch import Job, Result, Tell, store


def subjects(mailbox: Mailbox) -> list[str]:
    return [str(mail["Subject"]) for mail in mailbox.mails]


def test_a_failure_is_told_once_with_its_reason_and_who_can_repair_it(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app)
    use_mail_server(app, mailbox.port, public_url="https://sync.acme.example")
    outages = break_down(app, make_watched(app))
    send(app)
    send(app)

    text, html = mailbox.parts()
    assert str(mailbox.mails[0]["Subject"]).startswith("Stock and prices has been down since ")
    for each in (text, html):
        assert "Hello Ingrid Berg," in each
        assert "https://sync.acme.example/connections/1/monitoring/" in each
    assert "It stopped at:  Connection" in text
    assert "Who can do it:  The app's provider" in text
    assert "    What would help: " in text  # the note that can be sent on
    with app.app_context():
        assert db.session.get_one(Outage, outages[0]).notified == 1


def test_that_it_works_again_is_told_once(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app)
    outages = break_down(app, make_watched(app))
    send(app)
    work_again(app, outages)
    send(app)
    send(app)
    assert subjects(mailbox)[1:] == ["Stock and prices works again"]


def test_what_is_noted_twice_is_told_once(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app)
    outages = break_down(app, make_watched(app))
    work_again(app, outages)
    work_again(app, outages)
    assert [each.state for each in deliveries(app)] == [DeliveryState.WAITING] * 2
    send(app)
    assert subjects(mailbox) == ["Stock and prices works again"]
    assert "It was down for 10 min." in " ".join(mailbox.parts()[0].split())
    assert [each.state for each in deliveries(app)] == [DeliveryState.DELIVERED] * 2


def test_what_breaks_at_once_is_told_in_one_mail(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app)
    connections = [make_watched(app, f"Company {number}") for number in range(25)]
    for connection in connections:
        break_down(app, connection)
    send(app)
    text, _ = mailbox.parts()
    assert subjects(mailbox) == ["25 connections are down"]
    assert "* Company 0: Since " in text
    assert "And 5 more." in text


def test_only_those_are_told_who_are_told_of_that_connection(app: Flask, mailbox: Mailbox) -> None:
    broken, other = make_watched(app), make_watched(app, "Webshop")
    make_recipient(app, "all@acme.example", name="All")
    make_recipient(app, "stock@acme.example", name="Stock", connection_ids=[broken])
    make_recipient(app, "webshop@acme.example", name="Webshop", connection_ids=[other])
    break_down(app, broken)
    send(app)
    assert sorted(str(mail["To"]) for mail in mailbox.mails) == ["All <all@acme.example>", "Stock <stock@acme.example>"]


def test_a_day_later_it_is_told_again_and_not_before(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app)
    break_down(app, make_watched(app))
    send(app)
    for hours, count in ((23, 1), (2, 2), (1, 2)):
        pass_time(app, hours=hours)
        with app.app_context():
            note_reminders()
            note_reminders()
        send(app)
        assert len(mailbox.mails) == count
    assert "is still down" in mailbox.mails[1].as_string()


def test_nothing_is_sent_in_quiet_hours_and_one_mail_after_them(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app, quiet_from="00:00", quiet_until="23:59", time_zone="Etc/UTC")
    make_recipient(app, "day@acme.example", name="Day")
    first = break_down(app, make_watched(app))
    break_down(app, make_watched(app, "Webshop"))
    send(app)
    work_again(app, first)
    assert [str(mail["To"]) for mail in mailbox.mails] == ["Day <day@acme.example>"]

    with app.app_context():
        quiet = db.session.get_one(Recipient, 1)
        quiet.quiet_from = quiet.quiet_until = ""
        db.session.commit()
    send(app, days=1)

    assert [mail["Subject"] for mail in mailbox.mails if "Ingrid" in mail["To"]] == [
        "1 connection is down · 1 connection works again"
    ]


def test_it_speaks_the_language_and_the_time_of_its_reader(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app, language="nb", time_zone="America/New_York")
    break_down(app, make_watched(app), ago=timedelta(days=2))
    send(app)
    text, html = mailbox.parts()
    assert '<html lang="nb">' in html
    assert "(UTC-0" in text
    assert "Your IT department" not in text


def test_a_connection_that_was_deleted_meanwhile_is_not_told(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app)
    connection = make_watched(app)
    break_down(app, connection)
    with app.app_context():
        db.session.get_one(Connection, connection).deleted_at = now()
        db.session.commit()
    send(app)
    assert mailbox.mails == []
    assert [each.state for each in deliveries(app)] == [DeliveryState.DROPPED]


def test_two_schedulers_send_each_once(app: Flask, mailbox: Mailbox) -> None:
    for number in range(5):
        make_recipient(app, f"r{number}@acme.example", name=f"Recipient {number}")
    break_down(app, make_watched(app))
    pass_time(app, minutes=2)

    def schedule(_: int) -> None:
        with app.app_context():
            send_due()

    with ThreadPoolExecutor(4) as schedulers:
        list(schedulers.map(schedule, range(4)))

    assert sorted(str(mail["To"]) for mail in mailbox.mails) == [
        f"Recipient {number} <r{number}@acme.example>" for number in range(5)
    ]


def test_what_a_killed_process_had_taken_is_sent_by_another(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app)
    break_down(app, make_watched(app))
    pass_time(app, minutes=2)
    with app.app_context():
        db.session.scalars(select(Delivery)).one().claimed_until = now() + timedelta(seconds=50)
        db.session.commit()
        send_due()
        assert mailbox.mails == []
    send(app)
    assert len(mailbox.mails) == 1


def test_what_the_watch_finds_broken_twice_is_told_and_that_it_works_again(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app)
    watch_id = make_watch(app, days=0, connector_id=make_connector(app))
    tell = Tell(note_broken, note_working)
    for minute, failure in enumerate((TIMEOUT, TIMEOUT, TIMEOUT, None, None)):
        job = Job(watch_id, now(), "https://erp.example/x.svc", "", is_first=minute == 0)
        with app.app_context():
            db.session.get_one(Watch, watch_id).claimed_until = job.claimed_until
            db.session.commit()
            store([Result(job, now() + timedelta(minutes=minute), failure, (TIMEOUT,) if failure else ())], tell)
        send(app)
    assert [subject.partition(" since ")[0] for subject in subjects(mailbox)] == [
        "Visma.net Sync has been down",
        "Visma.net Sync works again",
    ]
