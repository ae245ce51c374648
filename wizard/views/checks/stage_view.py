"""One stage of a check that has ended, in words: what it found, and who can repair it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_login import current_user

from wizard.domain.check import Outcome, Owner, RunKind, Stage, StageResult
from wizard.messages import describe, duration, mailto, note


@dataclass(frozen=True)
class Tested:
    """What was tested when. `results` are of all stages that have ended, `provider` is name and contact,
    `link` leads to the field to correct.
    """

    kind: RunKind
    connector: str
    url: str
    at: datetime
    results: Sequence[StageResult]
    provider: tuple[str, str] = ("", "")
    link: tuple[str, str] | None = None


@dataclass(frozen=True)
class RepairView:
    what: str
    who: str
    link: tuple[str, str] | None = None
    contact: str | None = None
    note: str | None = None
    mailto: str | None = None
    about: str | None = None
    """Leads to the page that explains the reason."""


@dataclass(frozen=True)
class StageView:
    id: str
    title: str
    code: str
    state: str
    says: str | None = None
    time_text: str | None = None
    evidence: Sequence[tuple[str, str]] = ()
    repair: RepairView | None = None


def ended_stage(tested: Tested, result: StageResult) -> StageView:
    words = describe(result, tested.provider[0])
    reached = result.outcome != Outcome.SKIPPED
    return StageView(
        id=result.stage.value,
        title=words.title,
        code=words.code,
        state=result.outcome.value,
        says=words.says or None,
        time_text=duration(result.elapsed_ms) if reached else None,
        evidence=sorted(result.evidence, key=lambda row: row[0] == "body"),
        repair=_repair(tested, result) if _asks_for_repair(tested.kind, result) else None,
    )


def _asks_for_repair(kind: RunKind, result: StageResult) -> bool:
    """A remark on the link says what has to be done until the wizard may save; of what SuperOffice finds of a
    connector, a remark is all that there is."""
    tells_what_to_do = kind == RunKind.LINK or result.stage in (Stage.SUPEROFFICE, Stage.SUPEROFFICE_TEST)
    return result.outcome == Outcome.FAILED or (tells_what_to_do and result.outcome == Outcome.WARNING)


def as_may_be_seen(result: StageResult) -> StageResult:
    """What a server answers may hold configuration values, which are not for readers."""
    return result if current_user.is_administrator else result.without_answer()


def _repair(tested: Tested, result: StageResult) -> RepairView:
    link = tested.link
    words = describe(result, tested.provider[0], field=link[0] if link and result.stage == Stage.CONFIG else "")
    about = url_for("help.reasons", _anchor=result.sign or result.reason)
    if result.owner == Owner.ADMIN:
        return RepairView(words.what_to_do or "", words.who or "", link, about=about)
    name, contact = tested.provider if result.owner == Owner.PROVIDER else ("", "")
    text = note(
        result,
        connector=tested.connector,
        url=tested.url,
        person=current_user.name,
        checked_at=tested.at,
        provider=name,
        from_address=next((each.facts["from"] for each in tested.results if "from" in each.facts), ""),
    )
    return RepairView(
        what=words.what_to_do or "",
        who=words.who or "",
        link=link,
        contact=contact or None,
        note=text.body,
        mailto=mailto(contact, text),
        about=about,
    )
