"""What letters say of one thing and of several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest

from wizard.domain.check import Outcome, Stage, StageResult
from wizard.domain.notices import NoticeKind
from wizard.messages.letters import About, Reader
from wizard.messages.letters.one import letter_about
from wizard.messages.letters.several import letter_about_several

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
READER = Reader("Ingrid Berg", "https://sync.acme.example", UTC, NOW)
DOWN = About(NoticeKind.BROKEN, "Stock and prices", "/connections/1", since=NOW - timedelta(hours=3))


@pytest.fixture(autouse=True)
def _english(in_locale: Callable[[str], AbstractContextManager[None]]) -> Iterator[None]:
    with in_locale("en"):
        yield


def test_what_is_still_down_is_counted_apart_from_what_has_just_broken() -> None:
    reminder = About(NoticeKind.REMINDER, "Webshop", "/connections/2", since=NOW - timedelta(days=1))

    letter = letter_about_several(READER, [DOWN, reminder], {NoticeKind.REMINDER: 2})

    assert letter.title == "1 connection is down · 3 connections are still down"


def test_among_several_a_certificate_has_the_day_on_which_it_ends() -> None:
    end = About(NoticeKind.CERTIFICATE, "Visma.net Sync", "/connectors/1", until=NOW + timedelta(days=3))

    letter = letter_about_several(READER, [end], {})

    [(heading, [entry], _)] = letter.sections
    assert heading == "1 certificate ends soon"
    assert entry.text == "The certificate of Visma.net Sync ends on 30 November 2026"
    assert not letter.is_bad


def test_among_several_the_sign_in_has_the_moment_at_which_it_ends() -> None:
    end = About(NoticeKind.TOKEN, "Acme", "/superoffice/", until=NOW + timedelta(hours=2))

    letter = letter_about_several(READER, [DOWN, end], {})

    [*_, (heading, [entry], _)] = letter.sections
    assert heading == "SuperOffice asks for a new sign-in"
    assert entry.text.startswith("The sign-in to SuperOffice ends today at 14:00")
    assert letter.is_bad


def test_a_reminder_of_a_connector_says_that_it_is_still_down() -> None:
    about = About(NoticeKind.REMINDER, "Visma.net Sync", "/connectors/1", is_connector=True, since=NOW)

    assert letter_about(READER, about).lead.startswith("the Sync Connector Visma.net Sync is still down, since ")


def test_a_letter_without_a_result_has_neither_rows_nor_a_note() -> None:
    letter = letter_about(READER, DOWN)

    assert letter.title == letter.heading == "Stock and prices has been down since 09:00"
    assert (letter.rows, letter.note) == ((), None)


def test_what_an_administrator_can_repair_needs_no_note_to_send_on() -> None:
    result = StageResult(Stage.ADDRESS, Outcome.FAILED, "address.empty")
    about = About(NoticeKind.BROKEN, "Stock and prices", "/connections/1", since=NOW, result=result)

    letter = letter_about(READER, about)

    assert dict(letter.rows)["Who can do it"] == "An administrator"
    assert letter.note is None
