"""A recipient's notification can be seen before it is sent."""

from __future__ import annotations

from flask import Flask

from tests.factories import Visitor, says, sign_in
from tests.factories.notices import deliveries, make_recipient, make_watched
from wizard.domain.accounts import Role
from wizard.domain.notices import Channel


def test_a_mail_is_shown_with_its_subject_and_whole_text_and_nothing_is_sent(app: Flask, admin: Visitor) -> None:
    make_watched(app)
    make_recipient(app)
    page = admin.get("/notices/1/preview").text
    said = says(page)
    assert "Stock and prices has been down since" in said
    assert "Hello Ingrid Berg," in said
    assert "erp.acme.example (192.0.2.7) does not answer on port 8443." in said
    assert "A note for them, ready to send" in said
    assert deliveries(app) == []


def test_it_is_in_the_words_of_the_recipient_s_language(app: Flask, admin: Visitor) -> None:
    make_watched(app)
    make_recipient(app, language="nb")
    page = admin.get("/notices/1/preview").text
    assert '<section class="section stack" lang="nb"' in page
    assert "Hei Ingrid Berg," in says(page)


def test_a_channel_of_chats_gets_the_brief_text(app: Flask, admin: Visitor) -> None:
    make_watched(app)
    make_recipient(app, "https://status.acme.example/hook", channel=Channel.WEBHOOK)
    said = says(admin.get("/notices/1/preview").text)
    assert "does not answer on port 8443" in said
    assert "A note for them, ready to send" not in said


def test_it_is_about_a_connection_that_was_chosen(app: Flask, admin: Visitor) -> None:
    make_watched(app)
    make_recipient(app, connection_ids=[make_watched(app, "Webshop")])
    assert "Webshop has been down since" in says(admin.get("/notices/1/preview").text)


def test_without_a_connection_it_says_so(app: Flask, admin: Visitor) -> None:
    make_recipient(app)
    assert "No connection is saved yet." in says(admin.get("/notices/1/preview").text)


def test_a_reader_has_no_preview_and_a_removed_recipient_none_any_more(app: Flask, admin: Visitor) -> None:
    make_recipient(app)
    assert sign_in(app, "Rita", role=Role.READER).get("/notices/1/preview").status_code == 403
    admin.post("/notices/1/remove")
    assert admin.get("/notices/1/preview").status_code == 404
