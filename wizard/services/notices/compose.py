"""Makes the message to a recipient out of what waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from flask import current_app
from sqlalchemy import ColumnElement, func, select

from wizard.config import Settings
from wizard.domain.check import Outcome, StageResult
from wizard.domain.notices import NoticeKind
from wizard.extensions import db
from wizard.languages import speaking
from wizard.messages import About, Letter, Reader, brief, plain_text, write_letter, write_test
from wizard.models import Connection, Connector, Delivery, Notice, Outage, Recipient, SuperOfficeLink, Watch
from wizard.models.columns import UtcDateTime, now
from wizard.outside.notices import Message
from wizard.time_zones import find_time_zone, of_machine

MAX_ENTRIES = 20
"""How many things of a kind a letter names; the others are counted."""


class _Waiting(NamedTuple):
    """What has to be known of a notice to say whether it is still to be told."""

    id: int
    kind: NoticeKind
    outage_id: int | None
    until: datetime | None
    ends_at: datetime | None
    deleted_at: datetime | None


def message_of(recipient: Recipient, deliveries: ColumnElement[bool]) -> Message | None:
    """One message about what these deliveries tell; None when nothing is left to tell."""
    told = _still_true(_waiting(deliveries))
    if not told:
        return None
    by_kind = [list(group) for _, group in groupby(told, key=itemgetter(0))]
    abouts = [_about(kind, _notice(each)) for group in by_kind for kind, each in group[:MAX_ENTRIES]]
    left_out = {group[0][0]: len(group) - MAX_ENTRIES for group in by_kind if len(group) > MAX_ENTRIES}
    reader = _reader(recipient)
    with speaking(recipient.language, reader.zone):
        letter = write_letter(reader, abouts, left_out)
        texts = plain_text(letter), brief(letter)
    return _message(recipient, letter, *texts, key=f"notice-{told[0][1].id}-{recipient.id}")


def _waiting(deliveries: ColumnElement[bool]) -> list[_Waiting]:
    """There may be very many: they are not loaded as rows."""
    deleted_at = func.coalesce(Connection.deleted_at, Connector.deleted_at, type_=UtcDateTime)
    connector_id = func.coalesce(Watch.connector_id, Notice.connector_id)
    found = (
        select(Notice.id, Notice.kind, Notice.outage_id, Outage.until, Notice.ends_at, deleted_at)
        .join(Delivery)
        .outerjoin(Outage, Outage.id == Notice.outage_id)
        .outerjoin(Watch, Watch.id == Outage.watch_id)
        .outerjoin(Connection, Connection.id == Watch.connection_id)
        .outerjoin(Connector, Connector.id == connector_id)
        .where(deliveries)
        .order_by(Notice.id)
    )
    return [_Waiting(*row) for row in db.session.execute(found)]


def _notice(waiting: _Waiting) -> Notice:
    return db.session.get_one(Notice, waiting.id)


def letter_about(recipient: Recipient, about: About) -> tuple[Letter, str]:
    """A letter about one thing, and its brief text for chats."""
    reader = _reader(recipient)
    with speaking(recipient.language, reader.zone):
        letter = write_letter(reader, [about], {})
        return letter, brief(letter)


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


def _still_true(waiting: Sequence[_Waiting]) -> list[tuple[NoticeKind, _Waiting]]:
    """What is to be told by now: an outage once, and of one that is over only that, with its length."""
    told: dict[object, tuple[NoticeKind, _Waiting]] = {}
    over = {each.outage_id for each in waiting if each.kind == NoticeKind.WORKING}
    for each in waiting:
        if each.deleted_at is not None or (each.ends_at is not None and each.ends_at < now()):
            continue
        if each.outage_id is None:
            told[each.id] = each.kind, each
        elif each.until is None or each.outage_id in over:
            told[f"outage {each.outage_id}"] = NoticeKind.WORKING if each.until else each.kind, each
    order = list(NoticeKind)
    return sorted(told.values(), key=lambda each: (order.index(each[0]), each[1].id))


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
