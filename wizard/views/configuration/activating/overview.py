"""The checklist of a connection: how far each part is, what is left before it can be activated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from wizard.domain.check import Verdict
from wizard.domain.configuration import Gap, Part, Refusal
from wizard.domain.superoffice import DriftState
from wizard.messages import actor_type_name, describe, moment, problem_words
from wizard.models import ConfigurationState, Connection
from wizard.services.configuration import ConfigurationSummary, PartState, PartSummary, changed_there
from wizard.services.superoffice import linked
from wizard.services.superoffice.drift import drift_of
from wizard.views.checks.stage_view import as_may_be_seen
from wizard.views.configuration.activating.words import part_when, part_words
from wizard.views.configuration.parts import PART_NAMES, part_url
from wizard.web import current_language, some_of

MAX_GAPS = 10
"""Shown of what is left: the others stand on the pages of the parts."""
_TONES = {PartState.NEEDED: "warn", PartState.ADVISED: "warn", PartState.DONE: "ok", PartState.OPTIONAL: ""}


@dataclass(frozen=True)
class TaskView:
    """A part of the configuration; `when` says who needs it."""

    title: str
    href: str
    tone: str
    says: str
    when: str


@dataclass(frozen=True)
class GateItem:
    """Something that has to be so before it can be activated. `link` are words of the text, and where they lead."""

    met: bool
    text: str
    link: tuple[str, str] | None = None


@dataclass(frozen=True)
class Waiting:
    """What is saved here and not written to SuperOffice yet: why, and whether it is tried again by itself."""

    says: str
    why: str
    then: str
    write_url: str


@dataclass(frozen=True)
class Overview:
    """`go_on` is the button that leads to the first part that needs something, or that had better be looked at.

    `is_ready`: nothing is left here, and `has_gaps`: the gate says what is.

    `can_activate`: the linked SuperOffice has it, and the wizard may write there; else `why_not` says what is missing.
    """

    hint: str
    tasks: Sequence[TaskView]
    gate: Sequence[GateItem]
    go_on: tuple[str, str] | None
    is_ready: bool
    has_gaps: bool
    can_activate: bool
    why_not: str
    is_active: bool
    waiting: Waiting | None
    activate_url: str
    deactivate_url: str


def overview_of(connection: Connection, found: ConfigurationSummary) -> Overview:
    is_active = connection.is_active_there
    gate = [] if is_active else list(_gate(connection, found))
    return Overview(
        hint=_hint(found, is_active=is_active),
        tasks=[_task(connection, part, found) for part in sorted(found.parts.values(), key=_place)],
        gate=gate,
        go_on=_go_on(connection, found),
        is_ready=found.is_complete,
        has_gaps=bool(gate) and not all(each.met for each in gate),
        can_activate=can_be_activated(connection),
        why_not=_why_not(connection),
        is_active=is_active,
        waiting=_waiting(connection, found.state) if can_be_activated(connection) else None,
        activate_url=url_for("configuration.activate", connection_id=connection.id),
        deactivate_url=url_for("configuration.deactivate", connection_id=connection.id),
    )


def _place(part: PartSummary) -> int:
    return list(Part).index(part.part)


def can_be_activated(connection: Connection) -> bool:
    """Whether it stands in the linked SuperOffice, where the wizard may activate and deactivate it."""
    link = linked()
    may_save = link is not None and link.may_save
    return may_save and connection.is_there and connection.deleted_at is None and connection.superoffice_id is not None


def _why_not(connection: Connection) -> str:
    link = linked()
    if link is None:
        return _("All of this can be prepared here. It is written to SuperOffice once that is linked.")
    if not link.may_save:
        return _("All of this can be prepared here. SuperOffice is linked for reading only: enter it there by hand.")
    return _("All of this can be prepared here. It is written to SuperOffice once the connection is saved there.")


def _hint(found: ConfigurationSummary, *, is_active: bool) -> str:
    if is_active:
        return _activated(found.state)
    needed = sum(each.state == PartState.NEEDED or _is_refused(each, found) for each in found.parts.values())
    if not needed and found.schema is None:  # it was imported, and what is left is not known yet
        return _("The fields of both sides are not read yet. Open Mappings to read them.")
    gone = next((each.part for each in found.changes), None)
    if not needed and (advised := _first(found, PartState.ADVISED) or gone):
        return _("It can be activated, but look at %(part)s first.", part=PART_NAMES[advised])
    if not needed:
        return _("Nothing is left that has to be done.")
    return ngettext(
        "%(num)s part needs something before it can be activated.",
        "%(num)s parts need something before it can be activated.",
        needed,
    )


def _is_refused(part: PartSummary, found: ConfigurationSummary) -> bool:
    """Whether SuperOffice refuses something: it is corrected at Mappings."""
    return part.part == Part.MAPPINGS and bool(found.state and found.state.refused)


def _activated(state: ConfigurationState | None) -> str:
    if state is None or state.activated_at is None:
        return _("It is active.")
    if state.activated_by:
        return _("Activated %(moment)s by %(who)s.", moment=moment(state.activated_at), who=state.activated_by)
    return _("Activated %(moment)s.", moment=moment(state.activated_at))


def _task(connection: Connection, part: PartSummary, found: ConfigurationSummary) -> TaskView:
    says = part_words(part, is_read=found.schema is not None or part.part == Part.PRIORITY)
    gone = list(dict.fromkeys(_label(each, found) for each in found.changes if each.part == part.part))
    if gone:
        changed = _("Gone from the ERP or from SuperOffice: %(names)s.", names=some_of(gone))
        says = f"{says} {changed}"
    tone = "warn" if gone or _is_refused(part, found) else _TONES[part.state]
    return TaskView(str(PART_NAMES[part.part]), part_url(connection.id, part.part), tone, says, part_when(part))


def _go_on(connection: Connection, found: ConfigurationSummary) -> tuple[str, str] | None:
    part = _first(found, PartState.NEEDED) or _first(found, PartState.ADVISED)
    return (_("Continue with %(part)s", part=PART_NAMES[part]), part_url(connection.id, part)) if part else None


def _first(found: ConfigurationSummary, state: PartState) -> Part | None:
    return next((each.part for each in found.parts.values() if each.state == state), None)


def _waiting(connection: Connection, state: ConfigurationState | None) -> Waiting | None:
    if state is None or not (state.waiting or state.reactivate):
        return None
    switched_off = _("It was switched off in SuperOffice for a change, and is not activated again yet")
    unwritten = _("Something is saved here and not written to SuperOffice yet")
    why = describe(as_may_be_seen(state.write_failure)) if state.write_failure else None
    return Waiting(
        says=switched_off if state.reactivate else unwritten,
        why=" ".join(filter(None, (why.says, why.what_to_do))) if why else "",
        then=_("It is not tried again by itself.") if state.is_given_up else _("It is tried again automatically."),
        write_url=url_for("configuration.write", connection_id=connection.id),
    )


# --- what is left


def _gate(connection: Connection, found: ConfigurationSummary) -> Iterator[GateItem]:
    if found.schema is None:
        name = str(PART_NAMES[Part.MAPPINGS])
        yield GateItem(
            False, _("Choose what is synchronised: %(page)s", page=name), (name, part_url(connection.id, Part.MAPPINGS))
        )
    for gap in found.gaps[:MAX_GAPS]:
        yield _gap(connection, gap, found)
    if len(found.gaps) > MAX_GAPS:
        yield GateItem(False, ngettext("and %(num)s more", "and %(num)s more", len(found.gaps) - MAX_GAPS))
    yield from _refused(connection, found)
    if connection.health is not None:
        yield _tested(connection)
    record = drift_of(connection)
    if record is not None and record.state == DriftState.SAME:
        yield _compared(connection)


def _compared(connection: Connection) -> GateItem:
    """The values are the same there; the configuration may still differ."""
    if rows := len(changed_there(connection)):
        words = ngettext("%(num)s row was changed in SuperOffice", "%(num)s rows were changed in SuperOffice", rows)
        return GateItem(False, words)
    return GateItem(True, _("Nothing differs from SuperOffice"))


def _refused(connection: Connection, found: ConfigurationSummary) -> Iterator[GateItem]:
    """SuperOffice's own words at the fields that they name; what a server answers is not for readers."""
    refused = found.state.refused if found.state and current_user.is_administrator else None
    for actor_type, rows in (refused or {}).items():
        for key, words in rows.items():
            gap = Gap(Part.MAPPINGS, actor_type, key, Refusal.NO_DIRECTION)
            label = _label(gap, found) if actor_type else connection.name
            refusal = _("%(field)s: SuperOffice refuses it: %(answer)s", field=label, answer=words)
            text = refusal if words else f"{label}: {_('SuperOffice has kept something else.')}"
            yield GateItem(False, text, (label, _url(connection, gap, found)) if actor_type else None)


def _gap(connection: Connection, gap: Gap, found: ConfigurationSummary) -> GateItem:
    """What it is about leads to the row where it is mended."""
    label = _label(gap, found)
    return GateItem(False, f"{label}: {problem_words(gap)}", (label, _url(connection, gap, found)))


def _label(gap: Gap, found: ConfigurationSummary) -> str:
    if not gap.actor_type or found.schema is None:
        return str(PART_NAMES[gap.part])
    type_name = actor_type_name(gap.actor_type)
    if not gap.key:
        return type_name
    name = found.schema.type(gap.actor_type).field(gap.key).name_in(current_language())
    return name if len(found.configuration.synced) == 1 else f"{type_name}, {name}"


def _url(connection: Connection, gap: Gap, found: ConfigurationSummary) -> str:
    """The row where it is mended; the page where it has no row."""
    if gap.key and gap.part == Part.LISTS:
        return url_for("configuration.lists", connection_id=connection.id, type=gap.actor_type, field=gap.key)
    url = part_url(connection.id, gap.part, gap.actor_type or None)
    keys = list(found.configuration.type(gap.actor_type).by_key)
    if gap.key not in keys:
        return url
    if gap.part == Part.DEFAULTS:
        return f"{url}#default-{keys.index(gap.key)}-row"
    return f"{url}#field-{sorted(keys).index(gap.key)}" if gap.part == Part.MAPPINGS else url


def _tested(connection: Connection) -> GateItem:
    health = connection.health
    at = moment(health.at) if health else ""
    if health is not None and health.verdict != Verdict.FAILED:
        return GateItem(True, _("The connector and your ERP answered %(moment)s", moment=at))
    return GateItem(False, _("The last test failed %(moment)s: it is tested again before it is activated", moment=at))
