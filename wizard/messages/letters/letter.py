"""A letter in words, before it is made into a mail or the text of a chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a letter is for. `origin` is the address of the wizard; `sent_at` and `zone` make "today" of a day."""

    name: str
    origin: str
    zone: tzinfo
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One of several things: its name, what is the matter, and its page."""

    name: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """`title` is the subject, `heading` goes above the text. `rows` are facts, `note` a text to send on.

    `sections` have a heading and entries, of which `more` are left out.
    """

    title: str
    heading: str
    greeting: str
    lead: str
    button: tuple[str, str]
    footer: str
    change: tuple[str, str]
    signature: str
    rows: tuple[tuple[str, str], ...] = ()
    sections: tuple[tuple[str, tuple[Entry, ...], str], ...] = ()
    remarks: tuple[str, ...] = ()
    note: tuple[str, str] | None = None
    is_bad: bool = False
