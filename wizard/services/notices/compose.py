"""Makes the message to a recipient out of what waits for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import current_app
from sqlalchemy import select

from wizard.config import Settings
from wizard.domain.check import Outcome, StageResult
from wizard.domain.notices import NoticeKind
from wizard.extensions import db
from wizard.languages import speaking
from wizard.messages import About, Letter, Reader, brief, plain_text, write_letter, write_test
from wizard.models import Connector, Notice, Outage, Recipient, SuperOfficeLink
from wizard.models.columns import now
from wizard.outside.notices import Message
from wizard.time_zones import find_time_zone, of_machine

MAX_ENTRIES = 20
"""How many things a letter names; the others are counted."""


def message_of(recipient: Recipient, notices: Sequence[Notice]) -> Message | None:
    """One message about all of them; None when nothing is left to tell."""
    told = _still_true(notices)
    if not told:
        return None
    named, others = told[:MAX_ENTRIES], Counter(kind for kind, _ in told[MAX_ENTRIES:])
    abouts = [_about(kind, notice) for kind, notice in named]
    reader = _reader(recipient)
    with speaking(recipient.language, reader.zone):
        letter = write_letter(reader, abouts, dict(others))
        texts = plain_text(letter), brief(letter)
    return _message(recipient, letter, *texts, key=f"notice-{named[0][1].id}-{recipient.id}")


def test_message(recipient: Recipient, key: str) -> Message:
    reader = _reader(recipient)
    with speaking(recipient.language, reader.zone):
        letter = write_test(reader)
        texts = plain_text(letter), brief(letter)
    return _message(recipient, letter, *texts, key=f"test-{key}")


def _message(recipient: Recipient, letter: Letter, text: str, short: str, *, key: str) -> Message:
    page = current_app.jinja_env.get_template("notices/mail.html")
    html = page.render(letter=letter, language=recipient.language)
    return Message(key, letter.title, short, text, html, is_bad=letter.is_bad, language=recipient.language)


def _reader(recipient: Recipient) -> Reader:
    settings: Settings = current_app.config["SETTINGS"]
    origin = settings.public_url or f"http://localhost:{settings.port}"
    return Reader(recipient.name, origin, find_time_zone(recipient.time_zone) or of_machine(), now())


def _still_true(notices: Sequence[Notice]) -> list[tuple[NoticeKind, Notice]]:
    """What is to be told by now: an outage once, and of one that is over only that, with its length."""
    told: dict[object, tuple[NoticeKind, Notice]] = {}
    over = {notice.outage_id for notice in notices if notice.kind == NoticeKind.WORKING}
    for notice in notices:
        outage = notice.outage
        if outage is None:
            if not _is_past(notice):
                told[notice.id] = notice.kind, notice
        elif outage.watch.target.deleted_at is None and (outage.until is None or outage.id in over):
            told[f"outage {outage.id}"] = NoticeKind.WORKING if outage.until else _open_kind(notice), notice
    order = list(NoticeKind)
    return sorted(told.values(), key=lambda each: (order.index(each[0]), each[1].id))


def _open_kind(notice: Notice) -> NoticeKind:
    """An outage that has begun again was over only for a moment."""
    return NoticeKind.BROKEN if notice.kind == NoticeKind.WORKING else notice.kind


def _is_past(notice: Notice) -> bool:
    is_deleted = notice.connector is not None and notice.connector.deleted_at is not None
    return is_deleted or (notice.ends_at is not None and notice.ends_at < now())


def _about(kind: NoticeKind, notice: Notice) -> About:
    if notice.outage is not None:
        return _of_outage(kind, notice.outage)
    if notice.connector is not None:
        connector = notice.connector
        provider = connector.sync_app.provider if connector.sync_app else ""
        return About(
            kind,
            connector.name,
            f"/connectors/{connector.id}",
            is_connector=True,
            until=notice.ends_at,
            url=connector.reachable_at,
            provider=provider,
        )
    link = db.session.scalar(select(SuperOfficeLink))
    return About(kind, (link.company or link.tenant) if link else "", "/superoffice/", until=notice.ends_at)


def _of_outage(kind: NoticeKind, outage: Outage) -> About:
    target = outage.watch.target
    is_connector = isinstance(target, Connector)
    connector = target if isinstance(target, Connector) else target.connector
    room = "connectors" if is_connector else "connections"
    return About(
        kind,
        target.name,
        f"/{room}/{target.id}/monitoring/{outage.id}",
        is_connector=is_connector,
        since=outage.since,
        until=outage.until,
        result=_failed(outage),
        connector=connector.name,
        url=connector.reachable_at,
        provider=connector.sync_app.provider if connector.sync_app else "",
    )


def _failed(outage: Outage) -> StageResult:
    """The stage that failed first; without its particulars, where they are not kept any more."""
    kept = next((each for each in outage.stages if each.outcome == Outcome.FAILED), None)
    return kept or StageResult(outage.stage, Outcome.FAILED, outage.reason)
