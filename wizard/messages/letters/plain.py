"""A letter as plain text: a whole one for mails, a short one for chats."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from wizard.messages.letters.letter import Letter

WIDTH = 72


def plain_text(letter: Letter) -> str:
    """Lines of 72 characters at most, but for addresses and what is to be sent on."""
    return "\n".join(_lines(letter))


def _lines(letter: Letter) -> Iterator[str]:
    yield from (letter.greeting, "", *_wrapped(letter.lead), "")
    yield from _table(letter.rows)
    for heading, entries, more in letter.sections:
        yield from (heading, "-" * len(heading))
        for entry in entries:
            yield from (*_wrapped(f"* {entry.name}: {entry.text}", "  "), f"  {entry.url}")
        yield from (*([more] if more else []), "")
    for remark in letter.remarks:
        yield from (*_wrapped(remark), "")
    text, url = letter.button
    yield from (f"{text}:", url, "")
    if letter.note:
        title, body = letter.note
        yield from (f"{title}:", "", *(f"    {line}".rstrip() for line in body.split("\n")), "")
    text, url = letter.change
    yield from ("", *_wrapped(f"{letter.footer} {text}:"), url, letter.signature, "")


def _table(rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    if not rows:
        return
    indent = max(len(label) for label, _ in rows) + 3
    for label, text in rows:
        yield from _wrapped(f"{f'{label}:':{indent}}{text}", " " * indent)
    yield ""


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )


def brief(letter: Letter) -> str:
    """A few lines, for chats and webhooks; the title goes above them."""
    return "\n".join(line for line in _brief(letter) if line)


def _brief(letter: Letter) -> Iterator[str]:
    if not letter.rows and not letter.sections:
        yield letter.lead[:1].upper() + letter.lead[1:]
    for label, text in letter.rows:
        yield f"{label}: {text}"
    for heading, entries, more in letter.sections:
        yield heading
        yield from (f"• {entry.name}: {entry.text}" for entry in entries)
        yield more
    yield letter.button[1]
