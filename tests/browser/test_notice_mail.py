"""The mail of a notification, as a mail program shows it."""

from __future__ import annotations

from flask import Flask

from tests.browser.conftest import OpenPage
from tests.browser.inspector import Inspector
from tests.factories.notices import break_down, make_recipient, make_watched, send, use_mail_server
from tests.factories.receivers import serve_mail

TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_a_mail_can_be_read_light_and_dark_and_fits_every_window(app: Flask, open_page: OpenPage) -> None:
    with serve_mail() as mailbox:
        use_mail_server(app, mailbox.port, public_url="https://sync.acme.example")
        make_recipient(app)
        for names in (["Stock and prices"], ["Webshop", "Donaudampfschifffahrtsgesellschaft" * 3]):
            break_down(app, *[make_watched(app, name) for name in names])
            send(app)
    inspector = Inspector(open_page())
    asked: list[str] = []
    inspector.page.on("request", lambda request: asked.append(request.url))
    for mail in mailbox.mails:
        inspector.page.set_content(str(mail.get_body(["html"]).get_content()))
        inspector.look(str(mail["Subject"]))
        for width in (320, 390, 600, 1280):
            inspector.page.set_viewport_size({"width": width, "height": 900})
            assert not inspector.page.evaluate(TOO_WIDE), width
    assert inspector.found == []
    assert asked == []
