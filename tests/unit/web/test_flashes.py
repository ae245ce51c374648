"""Messages for the next page, which travel in the session cookie: a browser drops one that is too long."""

from __future__ import annotations

import random
from typing import Any

import pytest
from flask import Flask, Response, flash, session

from wizard.web.flashes import flash_undo, shorten_flashes


def noise(length: int) -> str:
    """A text that cannot be compressed."""
    return "".join(
        random.Random(length).choices("abcdefghijklmnopqrstuvwxyzæøåäöüßABCDEFGHIJKLMNOPQRSTUVWXYZ", k=length)
    )


def waiting() -> list[tuple[str, Any]]:
    return list(session.get("_flashes", ()))


@pytest.fixture
def length(app: Flask) -> Any:
    with app.test_request_context():
        yield lambda: len(str(waiting()))


def test_messages_that_fit_stay_as_they_are(length: Any) -> None:
    flash("Saved.", "ok")
    flash_undo("Removed.", "/undo")
    before = waiting()

    shorten_flashes(lambda: length() > 3_000)

    assert waiting() == before


def test_the_longest_message_is_made_shorter_until_all_fit(length: Any) -> None:
    flash("Saved.", "ok")
    flash(noise(5_000), "warn")
    flash(noise(300), "warn")

    shorten_flashes(lambda: length() > 3_000)

    (_, saved), (_, long), (_, short) = waiting()
    assert (saved, short) == ("Saved.", noise(300))
    assert noise(5_000).startswith(long.removesuffix("…"))
    assert 1_000 < len(long) <= 2_500


def test_an_undo_button_that_is_too_long_goes_and_its_message_stays(length: Any) -> None:
    flash_undo("The mappings are saved.", f"/undo?keys={noise(5_000)}")

    shorten_flashes(lambda: length() > 3_000)

    assert waiting() == [("ok", "The mappings are saved.")]


def test_what_cannot_be_made_shorter_ends(length: Any) -> None:
    for number in range(200):
        flash(noise(20) + str(number))

    shorten_flashes(lambda: length() > 3_000)

    assert len(waiting()) == 200


def test_the_cookie_of_a_session_is_one_that_browsers_keep_whatever_waits(app: Flask) -> None:
    with app.test_request_context():
        for length in (6_000, 5_000, 4_000):
            flash(noise(length))
        response = Response()

        app.session_interface.save_session(app, session, response)

        assert 500 < len(response.headers["Set-Cookie"]) < 4_000
        assert len(waiting()) == 3
