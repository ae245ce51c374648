"""What will end is told before it does: certificates, and the sign-in to SuperOffice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from tests.factories import make_connector
from tests.factories.notices import make_recipient, send
from tests.factories.receivers import Mailbox
from tests.factories.watches import make_watch
from wizard.domain.check import Health, Outcome, Stage, StageResult, Verdict
from wizard.domain.superoffice import LinkKind
from wizard.extensions import db
from wizard.models import SuperOfficeLink, Watch
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.notices import note_certificates, note_sign_in

REVOKED = StageResult(Stage.SUPEROFFICE, Outcome.FAILED, "superoffice.consent_revoked")


def subjects(mailbox: Mailbox) -> list[str]:
    return [str(mail["Subject"]) for mail in mailbox.mails]


def certificate_ends(app: Flask, watch_id: int, *, days: int, hour: int = 12) -> None:
    """At this hour, so many days after yesterday: at whichever time the test runs, hours of one day are of one day."""
    yesterday = now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    with app.app_context(), writing():
        db.session.get_one(Watch, watch_id).certificate_until = yesterday + timedelta(days=days, hours=hour)
        db.session.commit()
        note_certificates()
        note_certificates()
    send(app)


def test_a_certificate_is_told_of_at_30_14_and_3_days_and_no_more(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app)
    connector = make_connector(app, "Visma Sync", "https://erp.acme.example/x.svc")
    watch = make_watch(app, days=0, connector_id=connector)
    told = []
    for days, hour in ((40, 12), (30, 12), (30, 13), (14, 12), (14, 13), (3, 12), (3, 13), (-1, 12)):
        certificate_ends(app, watch, days=days, hour=hour)
        told.append(len(mailbox.mails))
    assert told == [0, 1, 1, 2, 2, 3, 3, 3]
    assert all(subject.startswith("The certificate of Visma Sync ends on ") for subject in subjects(mailbox))
    assert "https://erp.acme.example/x.svc" in str(mailbox.mails[0].get_body(["plain"]))


def test_a_certificate_that_was_renewed_is_told_of_again_when_that_ends(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app)
    watch = make_watch(app, days=0, connector_id=make_connector(app))
    for days in (10, 100, 9):
        certificate_ends(app, watch, days=days)
    assert len(mailbox.mails) == 2


def link(app: Flask, **values: Any) -> None:
    with app.app_context(), writing():
        row = db.session.get(SuperOfficeLink, 1) or SuperOfficeLink(id=1, kind=LinkKind.ONLINE, tenant="Cust12345")
        row.credentials = values.pop("credentials", {"access_token": "a"})
        for name, value in values.items():
            setattr(row, name, value)
        db.session.add(row)
        db.session.commit()
        note_sign_in()
        note_sign_in()
    send(app)


def test_a_sign_in_for_a_day_is_told_of_three_hours_before_its_end(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app)
    told = []
    linked_at = now()
    for hours in (20, 2.9, 2, -1):
        link(app, linked_at=linked_at, token_expires_at=linked_at + timedelta(hours=hours))
        told.append(len(mailbox.mails))
    assert told == [0, 1, 2, 2]  # two tokens, each told once
    assert (
        subjects(mailbox)[0].startswith("The sign-in to SuperOffice ends today at ")
        or "tomorrow" in subjects(mailbox)[0]
    )


def test_a_sign_in_that_renews_itself_is_not_told_of(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app)
    renewed = {"access_token": "a", "refresh_token": "r"}
    link(app, linked_at=now(), token_expires_at=now() + timedelta(minutes=50), credentials=renewed)
    assert mailbox.mails == []


def test_a_sign_in_that_superoffice_does_not_accept_any_more_is_told_once(app: Flask, mailbox: Mailbox) -> None:
    make_recipient(app)
    make_recipient(app, "stock@acme.example", name="Stock", connection_ids=[])
    linked_at = now()
    for run in ("a", "b"):
        health = Health(Verdict.FAILED, REVOKED, now(), 10, run * 32)
        link(app, linked_at=linked_at, health=health)
    assert subjects(mailbox) == ["SuperOffice asks for a new sign-in"]
