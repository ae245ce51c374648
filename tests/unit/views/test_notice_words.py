"""Why a notification was not delivered, in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from wizard.domain.notices import Undelivered
from wizard.models import Delivery
from wizard.views.notices.words import why_not


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    app = Flask("test")
    Babel(app)
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("error", "detail", "words"),
    [
        (Undelivered.TIMEOUT, "", "The server did not answer in time."),
        (Undelivered.TLS, "", "The encryption with the server failed."),
        (Undelivered.SIGN_IN, "535 5.7.8", "The mail server does not accept the sign-in: 535 5.7.8."),
        (Undelivered.UNREACHABLE, "", "The server cannot be reached."),
    ],
)
def test_each_reason_has_its_words(error: Undelivered, detail: str, words: str) -> None:
    assert why_not(Delivery(error=error, detail=detail)) == words


def test_every_reason_has_words_of_its_own() -> None:
    said = {why_not(Delivery(error=error, detail="")) for error in Undelivered}
    assert len(said) == len(Undelivered)
