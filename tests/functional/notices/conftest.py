"""A mail server that the app sends by."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.factories.notices import use_mail_server
from tests.factories.receivers import Mailbox, serve_mail


@pytest.fixture
def mailbox(app: Flask) -> Iterator[Mailbox]:
    with serve_mail() as mailbox:
        use_mail_server(app, mailbox.port)
        yield mailbox
