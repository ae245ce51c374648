"""The page of the docs that lists every reason and sign: `python -m tests.reasons_page > docs/reasons.md`."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.languages import speaking
from wizard.messages import Entry, reference

HEAD = """# Reasons of a check

Every reason and every sign of `erp-wizard check` and of the pages, as `make reasons` writes it from
`wizard/messages/reasons/` and `wizard/messages/signs/`. `server.example` stands for the server's name; what else
depends on the case is left open (…). The wizard shows the same page, in its language, under *About this reason*.

A code with a slash has other words for a particular case: `/superoffice` is the check of the link with SuperOffice.
"""


def page() -> str:
    """The page in English."""
    with speaking("en"):
        return "\n".join([HEAD, *_contents(), *_lines()])


def _contents() -> Iterator[str]:
    for title in reference():
        yield f"- [{title}](#{title.lower().replace(' ', '-')})"
    yield ""


def _lines() -> Iterator[str]:
    for title, entries in reference().items():
        yield f"## {title}\n"
        for entry in entries:
            yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    yield f"### {entry.code}\n"
    yield f"{entry.happened}\n"
    yield f"- What to do: {entry.what_to_do}"
    yield f"- Who can do it: {entry.who}"
    if entry.source:
        yield f"- Source: <{entry.source}>" if entry.source.startswith("https:") else f"- Source: {entry.source}"
    yield ""


if __name__ == "__main__":
    print(page(), end="")
