"""The note for the person who can repair something: complete, ready to send, without secrets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from flask_babel import gettext as _

from wizard.domain.check import Owner, StageResult
from wizard.messages.stages import describe
from wizard.messages.times import moment

EVIDENCE = ("status", "error", "subject", "issuer", "valid", "tried", "reached", "operation", "fault", "explanation")
"""The rows of the detail that help the person who gets the note; never a body or a header."""


@dataclass(frozen=True, slots=True)
class Note:
    """A text to copy or to send."""

    subject: str
    body: str


def note(
    result: StageResult,
    *,
    connector: str,
    url: str,
    person: str,
    checked_at: datetime,
    provider: str = "",
    from_address: str = "",
) -> Note:
    """What was tried, when, from where, what answered and what would help."""
    words = describe(result, provider)
    name = provider if result.owner == Owner.PROVIDER else ""
    at = checked_at.astimezone()
    when = f"{moment(at)} (UTC{at:%z})"
    origin = _(" from %(address)s", address=from_address) if from_address else ""
    lines = [
        _("Hello %(name)s,", name=name) if name else _("Hello,"),
        "",
        _("SuperOffice cannot use the connector %(connector)s at %(url)s.", connector=connector, url=url),
        words.says,
        "",
        _("What would help: %(repair)s", repair=words.what_to_do or ""),
        "",
        _("Checked %(when)s%(origin)s.", when=when, origin=origin),
        *(f"{label}: {' '.join(text.split())[:300]}" for label, text in result.evidence if label in EVIDENCE),
        _("Reason: %(code)s at stage %(stage)s", code=result.reason or "", stage=result.stage.value),
        "",
        person,
    ]
    subject = _("%(connector)s: %(title)s", connector=connector, title=words.says.split(". ")[0].rstrip("."))
    return Note(subject=" ".join(subject.split())[:150], body="\n".join(lines))


def mailto(address: str, message: Note) -> str:
    """A mailto link with the note; without an address, the person's mail program asks for one."""
    body = quote(message.body.replace("\n", "\r\n"), safe="")
    return f"mailto:{quote(address, safe='@')}?subject={quote(message.subject, safe='')}&body={body}"
