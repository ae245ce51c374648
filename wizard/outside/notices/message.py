"""What is sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """The same in several forms: `brief` for chats, `text` and `html` for mails. `key` is its own, however often it is
    sent."""

    key: str
    title: str
    brief: str
    text: str
    html: str
    is_bad: bool = False
    language: str = "en"
