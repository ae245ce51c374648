"""The note for the person who can repair something: complete, ready to send, without secrets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from flask_babel import gettext as _

from wizard.domain.check import Owner, Stage, StageResult
from wizard.domain.urls import without_password
from wizard.messages.facts import one_line
from wizard.messages.stages import asks, is_of_superoffice, stage_title, summary
from wizard.messages.times import full_moment

USEFUL = (
    "asked",
    "error",
    "tried",
    "reached",
    "subject",
    "issuer",
    "valid",
    "names",
    "operation",
    "status",
    "offers",
    "content-type",
    "content-encoding",
    "location",
    "server",
    "state",
    "endpoint",
    "is ok",
    "error code",
    "explanation",
    "fault",
    "order",
    "namespace",
    "dictionary",
    "item",
    "result",
    "enum",
    "nil",
    "value",
)
"""The rows of the detail that help its reader; never a body or any other header."""
MAX_LINK_LENGTH = 1900
"""Windows hands over no more than 2,083 characters of a link."""


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
    """What was tried, when, from where, what answered and what would help; for a result that has a reason.

    `connector` is its name, which may be missing still. `provider` is that of the app's provider, which is greeted
    where it is the one to repair, and where the administrator can only ask it.
    """
    greeted = provider if result.owner in (Owner.PROVIDER, Owner.ADMIN) else ""
    when = full_moment(checked_at)
    name = one_line(connector, 254) or "ERP Sync"
    body = [
        _("Hello %(name)s,", name=one_line(greeted)) if greeted else _("Hello,"),
        "",
        _opening(result, name, without_password(one_line(url, 1023))),
        "",
        summary(result),
        "",
        _("What would help: %(request)s", request=asks(result)),
        "",
        _("Checked on %(moment)s from %(address)s.", moment=when, address=one_line(from_address))
        if from_address
        else _("Checked on %(moment)s.", moment=when),
        _("Let me know when I can check again."),
        "",
        one_line(person),
        "",
        _("Technical detail"),
        *_detail(result),
    ]
    return Note(_subject(result, name), "\n".join(body))


def mailto(address: str, message: Note) -> str:
    """A link that opens the person's mail program with the note; without an address, the program asks for one.

    Where the note is too long for a link, the end of its technical detail is left out.
    """
    head = f"mailto:{_quoted(address.strip(), '@')}?subject={_quoted(message.subject)}&body="
    lines = message.body.split("\n")
    while len(lines) > 1 and len(head) + len(_body(lines)) > MAX_LINK_LENGTH:
        lines.pop()
    return head + _body(lines)


def _subject(result: StageResult, name: str) -> str:
    title = stage_title(result.stage)
    if is_of_superoffice(result):
        return _("SuperOffice %(name)s: %(stage)s", name=name, stage=title)
    return _("%(connector)s and SuperOffice: %(stage)s", connector=name, stage=title)


def _opening(result: StageResult, connector: str, url: str) -> str:
    if is_of_superoffice(result):
        if tenant := result.facts.get("tenant"):
            return _("ERP Sync Setup is linked with our tenant %(tenant)s. A check of it found this:", tenant=tenant)
        return _("ERP Sync Setup is linked with our SuperOffice at %(url)s. A check of it found this:", url=url)
    if result.stage == Stage.CONFIG:
        return _(
            "I am connecting SuperOffice to our ERP with the connector %(connector)s (%(url)s). The test found this:",
            connector=connector,
            url=url,
        )
    return _(
        "SuperOffice needs the connector %(connector)s at %(url)s. I checked it and found this:",
        connector=connector,
        url=url,
    )


def _detail(result: StageResult) -> Iterator[str]:
    for label, text in result.evidence:
        if label in USEFUL and text.strip():
            yield f"{label}: {one_line(text, 300)}"
    sign = f", {result.sign}" if result.sign else ""
    yield f"reason: {result.reason}{sign} ({result.stage.value})"


def _body(lines: list[str]) -> str:
    return _quoted("\r\n".join(lines))


def _quoted(text: str, safe: str = "") -> str:
    return quote(text, safe=safe, errors="replace")
