"""Recipients are added, changed and removed by administrators; their addresses are secrets."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import select

from tests.factories import KEY, Visitor, form_fields, in_app, lose, says, sign_in
from tests.factories.notices import make_recipient, make_watched
from tests.factories.receivers import Mailbox, serve_hook
from wizard.cli.transfer.export import export
from wizard.domain.accounts import Role
from wizard.domain.notices import Channel
from wizard.extensions import db
from wizard.models import AuditEvent, Recipient
from wizard.security.keyring import KeyRing
from wizard.services.maintenance.backup import write_backup
from wizard.services.maintenance.rotate_keys import reencrypt

FILLED = {
    "name": "Ingrid Berg",
    "channel": "mail",
    "address": "ingrid.berg@acme.example",
    "told_of": "everything",
}
SLACK = "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"


def recipient(app: Flask) -> Recipient:
    return in_app(app, lambda: db.session.scalars(select(Recipient)).one())


def add(admin: Visitor, **values: object) -> str:
    return admin.send("/notices/new", FILLED | values).text


def test_a_recipient_is_added_and_listed_without_its_address(app: Flask, admin: Visitor) -> None:
    page = add(admin, quiet_from="22:00", quiet_until="07:00")
    assert "Ingrid Berg is saved. Send a test to see that notifications arrive." in says(page)
    assert "All connections" in says(page)
    assert "English, quiet from 22:00 to 07:00" in page
    for shown in (page, admin.get("/notices/1").text, admin.get("/activity/").text):
        assert "acme.example" not in shown
    assert recipient(app).address == "ingrid.berg@acme.example"


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"name": ""}, "Enter a name."),
        ({"address": ""}, "Enter the address."),
        ({"address": "nobody"}, "This is no e-mail address."),
        ({"channel": "carrier-pigeon"}, "Choose how the notifications are sent."),
        ({"channel": "teams"}, "This is no address of a Teams workflow or webhook."),
        ({"channel": "slack", "address": "https://example.com/x"}, "This is no address of a Slack webhook."),
        ({"channel": "webhook", "address": "ftp://example.com"}, "This is no URL."),
        ({"channel": "other", "address": "nonsense://x"}, "Apprise does not know this address"),
        ({"channel": "other", "address": "syslog://"}, "Apprise does not know this address"),
        ({"told_of": "chosen"}, "Choose at least one connection."),
        ({"quiet_from": "22:00"}, "Enter both times, or none."),
        ({"quiet_from": "22:00", "quiet_until": "22:00"}, "Enter two different times."),
        ({"quiet_from": "25:00", "quiet_until": "7"}, "Enter a time like 22:00."),
        ({"time_zone": "Europe/Nowhere"}, "Choose a time zone."),
    ],
)
def test_what_cannot_be_is_refused(app: Flask, admin: Visitor, values: dict[str, str], problem: str) -> None:
    page = add(admin, **values)
    assert problem in page
    assert in_app(app, lambda: db.session.scalars(select(Recipient)).all()) == []


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("slack", SLACK),
        (
            "teams",
            "https://prod-1.westeurope.logic.azure.com:443/workflows/643e69f83c8944438d68119179a10a64/triggers/manual"
            "/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=KODuebWbDGYFr0z0eu",
        ),
        ("webhook", "https://status.acme.example/hooks/erp?sig=a"),
        ("other", "mailtos://sync:secret@smtp.acme.example?from=a@acme.example&to=b@acme.example"),
        ("other", "tgram://123456789:abcdefg_hijklmnop/12315544/"),
    ],
)
def test_addresses_are_taken_as_their_services_give_them(
    app: Flask, admin: Visitor, channel: str, address: str
) -> None:
    add(admin, channel=channel, address=address)
    assert (recipient(app).channel, recipient(app).address) == (channel, address)


def test_an_edit_keeps_the_address_unless_another_is_entered(app: Flask, admin: Visitor) -> None:
    add(admin)
    fields = form_fields(admin.get("/notices/1").text)
    admin.post("/notices/1", fields | {"name": "Ingrid", "told_of": "everything"})
    assert (recipient(app).name, recipient(app).address) == ("Ingrid", "ingrid.berg@acme.example")

    assert admin.post("/notices/1", fields | {"name": "Late"}).status_code == 409
    fresh = form_fields(admin.get("/notices/1").text)
    page = admin.post("/notices/1", fresh | {"channel": "webhook"})
    assert page.status_code == 422
    assert "Enter the address." in says(page.text)


def test_chosen_connections_are_listed_and_told(app: Flask, admin: Visitor) -> None:
    first = make_watched(app)
    make_recipient(app, connection_ids=[first])
    assert "Stock and prices" in says(admin.get("/notices/").text)


def test_a_removal_can_be_undone(app: Flask, admin: Visitor) -> None:
    add(admin)
    page = admin.post("/notices/1/remove", follow_redirects=True).text
    assert "Ingrid Berg is removed, and gets no notifications any more." in says(page)
    assert "Nobody is notified yet." in says(page)
    assert "Ingrid Berg is restored." in says(admin.post("/notices/1/restore", follow_redirects=True).text)
    actions = in_app(app, lambda: db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all())
    assert actions[-3:] == ["recipient.added", "recipient.removed", "recipient.restored"]


def test_a_reader_has_no_part_in_it(app: Flask) -> None:
    reader = sign_in(app, "Rita", role=Role.READER)
    assert reader.get("/notices/").status_code == 403
    assert reader.post("/notices/1/test").status_code == 403


def test_the_address_is_in_no_log_export_or_backup(
    app: Flask, admin: Visitor, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serve_hook(500) as hook:
        make_recipient(app, hook.url, channel=Channel.WEBHOOK, name="Status page")
        page = admin.post("/notices/1/test", follow_redirects=True).text
    assert "The server refused it: 500." in says(page)
    in_app(app, lambda: write_backup(tmp_path / "backup.zip"))
    exported = str(in_app(app, export))
    for text in (page, caplog.text, exported, (tmp_path / "backup.zip").read_bytes().decode("latin-1")):
        assert "erp-secret" not in text


def test_an_address_that_no_key_decrypts_is_asked_for_anew(app: Flask, admin: Visitor, mailbox: Mailbox) -> None:
    make_recipient(app)
    lose(app, "recipient.address")
    assert "Ingrid Berg" in says(admin.get("/notices/").text)
    page = admin.post("/notices/1/test", follow_redirects=True).text
    assert "The address cannot be used. Enter it again." in says(page)

    admin.send("/notices/1", {"address": "ingrid@acme.example"})
    admin.post("/notices/1/test")
    assert [str(mail["To"]) for mail in mailbox.mails] == ["Ingrid Berg <ingrid@acme.example>"]


def test_an_address_is_encrypted_with_a_new_key_too(app: Flask) -> None:
    make_recipient(app)
    key = Fernet.generate_key().decode()
    app.extensions["keyring"] = KeyRing([key, KEY])
    in_app(app, reencrypt)
    app.extensions["keyring"] = KeyRing([key])
    assert recipient(app).address == "ingrid.berg@acme.example"


def test_connections_that_are_chosen_in_the_form_are_kept(app: Flask, admin: Visitor) -> None:
    chosen, _ = make_watched(app), make_watched(app, "Webshop")
    add(admin, told_of="chosen", connections=[str(chosen)])
    assert in_app(app, lambda: [each.id for each in db.session.scalars(select(Recipient)).one().connections]) == [
        chosen
    ]


def test_a_recipient_that_never_was_is_not_found(admin: Visitor) -> None:
    assert admin.get("/notices/7").status_code == 404


def test_a_second_removal_changes_nothing(app: Flask, admin: Visitor) -> None:
    make_recipient(app)
    admin.post("/notices/1/remove")
    removed = recipient(app)
    admin.post("/notices/1/remove")
    assert (recipient(app).deleted_at, recipient(app).version) == (removed.deleted_at, removed.version)
