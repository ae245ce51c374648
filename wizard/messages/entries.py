"""Every reason and every sign with its words, as a page of reference; particulars are left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from wizard.domain.check import REASONS, SIGNS, Owner, Stage
from wizard.messages.facts import Text, Texts
from wizard.messages.reasons import ROWS, Row
from wizard.messages.signs import SIGN_ROWS
from wizard.messages.stages import stage_title, who_can

_OPEN = "…"
_HOST = "server.example"
"""Stands for the server's name, so that a sentence about a name stays one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a reason or a sign means. `code` is the anchor of the page; `source` is of a sign."""

    code: str
    happened: str
    what_to_do: str
    who: str
    source: str = ""


def reference() -> Mapping[str, list[Entry]]:
    """The entries by the title of their section: the stages in order, then the signs."""
    sections: dict[str, list[Entry]] = {}
    for stage in Stage:
        if entries := list(_of_stage(stage)):
            sections.setdefault(_title(stage), []).extend(entries)
    return {**sections, _("What the answer says of itself"): list(_of_signs())}


def _title(stage: Stage) -> str:
    """Of the stage; what SuperOffice answers comes at any stage of its own."""
    return _("SuperOffice") if stage == Stage.SUPEROFFICE else stage_title(stage)


def _of_stage(stage: Stage) -> Iterator[Entry]:
    for key, row in ROWS.items():
        reason = REASONS[key.partition("/")[0]]
        if reason.stage == stage:
            yield _entry(key, row, reason.owner)


def _of_signs() -> Iterator[Entry]:
    for code, sign in SIGNS.items():
        owner = sign.owner or REASONS[sign.reason or sign.of[0]].owner
        yield _entry(code, SIGN_ROWS[code], owner, sign.source, sign.software)


def _entry(code: str, row: Row, owner: Owner, source: str = "", software: str = "") -> Entry:
    return Entry(code, _said(row.happened, software), _said(row.repair, software), who_can(owner), source)


def _said(texts: Texts, software: str) -> str:
    """The most particular text, with what it has to be told left open, but for the software if there is one."""
    every: tuple[Text, ...] = texts if isinstance(texts, tuple) else (texts,)
    known = {"software": software} if software else {}
    able = [str(text) for text in every if known or "%(software)s" not in str(text)]
    text = able[0] % _Open(known)
    return text if text.startswith(_HOST) else text[:1].upper() + text[1:]


class _Open(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return _HOST if name == "host" else _OPEN
