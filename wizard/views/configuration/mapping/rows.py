"""The rows of the mappings: a field of the ERP with what is chosen for it and what may be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from wizard.domain.configuration import (
    ActorField,
    Direction,
    FieldSettings,
    Refusal,
    SuggestedBy,
    SuperOfficeField,
    TypeSettings,
    allowed_fields,
    directions,
    is_supported,
    refusal_of_field,
    suggested_by,
)
from wizard.domain.fields import Access
from wizard.domain.mapping import Kind
from wizard.messages import crm_field_name, moment, refusal_words
from wizard.views.configuration.display import folded
from wizard.views.configuration.mapping.radios import DIRECTIONS, DirectionView, Radios
from wizard.views.configuration.subject import Subject

_KINDS: Mapping[Kind, LazyString] = {
    Kind.TEXT: _l("Text"),
    Kind.INTEGER: _l("Whole number"),
    Kind.DECIMAL: _l("Number"),
    Kind.DATE: _l("Date"),
    Kind.CHECKBOX: _l("Yes or no"),
    Kind.LIST: _l("List"),
}
_OF_THE_CHOSEN = (Refusal.MAPPED_ELSEWHERE, Refusal.READ_ONLY_IN_SUPEROFFICE, Refusal.KINDS_DIFFER)
"""Refusals that another SuperOffice field would not have: the page's script takes them back when one is chosen."""


_CAN_BE_MENDED = (None, Refusal.NO_SUPEROFFICE_FIELD, Refusal.MISSING_IN_SUPEROFFICE)
"""By choosing another SuperOffice field on the page, so that no direction is off."""
MAX_OPTIONS = 5_000
"""Of all selects of a page. Where there may be more, the rows share them, and a select has only its chosen one."""
_SAID_ELSEWHERE = (Refusal.MISSING_IN_ERP, Refusal.TYPE_NOT_SUPPORTED)


@dataclass(frozen=True)
class RowView:
    """`tone` marks the row; `notes` are below its name, with their tones; `take` is its suggestion's tick, or none,
    and `suggested` says why it is suggested.

    `choices` are the options of its select, None without one; the others of them are in the template of the id
    `shared_choices`, if it has one.
    """

    id: str
    key: str
    name: str
    sub: str
    example: str
    radios: Markup
    why: str
    crm_key: str
    crm_name: str
    choices: Markup | None
    has_search: bool
    show_in_search: bool
    show_in_tab: bool
    shared_choices: str = ""
    tone: str = ""
    notes: Sequence[tuple[str, str]] = ()
    take: bool | None = None
    suggested: str = ""


@dataclass(frozen=True)
class Marks:
    """What is to be said of rows, by their keys: problems, SuperOffice's refusals and others' versions.

    `suggested` has for each suggested row whether it is ticked.
    """

    bad: Mapping[str, Sequence[str]] = field(default_factory=dict)
    warn: Mapping[str, Sequence[str]] = field(default_factory=dict)
    suggested: Mapping[str, bool] = field(default_factory=dict)


class RowMaker:
    """Makes the rows of one actor type; what rows share is made once."""

    def __init__(
        self,
        subject: Subject,
        settings: TypeSettings,
        marks: Marks,
        examples: Mapping[str, str],
        *,
        may_change: bool = True,
    ) -> None:
        self._radios = Radios(is_off=not may_change)
        self._subject, self._settings, self._marks, self._examples = subject, settings, marks, examples
        self._offered: dict[Kind, tuple[tuple[SuperOfficeField, ...], Markup]] = {}
        self._subs: dict[tuple[Kind, Access], str] = {}
        self._warned: dict[str, list[str]] = {}
        self._type_refusal = None if is_supported(subject.actor_type) else Refusal.TYPE_NOT_SUPPORTED

    def todo(self) -> dict[str, str]:
        """The names, by key, of the rows that need something before the connection can be activated."""
        return {each.key: self._subject.name_of(each.key) for each in self._settings.fields if self._warnings(each)}

    def texts(self, settings: FieldSettings) -> str:
        """What a row is found by."""
        erp = self._subject.actor_type.field(settings.key)
        return "\n".join((erp.name_in(self._subject.language), erp.key, self._subject.crm_name_of(settings.crm_key)))

    def rows(self, keys: Collection[str], opened: str = "") -> list[RowView]:
        """`opened` is the row that shows all its choices, where others do not."""
        offered = self._subject.schema.crm_fields.get(self._crm_type, ())
        shares = len(keys) * len(offered) > MAX_OPTIONS
        numbers = {key: number for number, key in enumerate(sorted(self._settings.by_key))}
        return [
            self._row(each, f"field-{numbers[each.key]}", shares=shares and each.key != opened)
            for each in self._settings.fields
            if each.key in keys
        ]

    def shared_choices(self, rows: Iterable[RowView]) -> dict[str, Markup]:
        """The options that these rows share, by the id of their template."""
        used = {row.shared_choices for row in rows}
        return {_shared(kind): options for kind, (_, options) in self._offered.items() if _shared(kind) in used}

    @cached_property
    def _crm_type(self) -> str:
        return self._subject.actor_type.crm_type or ""

    def _row(self, settings: FieldSettings, row_id: str, *, shares: bool) -> RowView:
        erp = self._subject.actor_type.field(settings.key)
        refusals = self._refusals(erp, settings)
        ways = tuple(DirectionView(way, why is not None, why in _OF_THE_CHOSEN) for way, why in refusals.items())
        offered, choices = self._choices(erp)
        bad = self._marks.bad.get(erp.key, ())
        notes = [*(("bad", text) for text in bad)]
        notes += [("warn", text) for text in self._warnings(settings) if text not in bad]
        take = self._marks.suggested.get(erp.key)
        return RowView(
            id=row_id,
            key=erp.key,
            name=erp.name_in(self._subject.language),
            sub=self._sub(erp.kind, erp.access),
            example=self._examples.get(erp.key, ""),
            radios=self._radios.of(erp.key, settings.direction.value, ways, settings.crm_key),
            why=self._why(erp, settings, refusals.values(), [text for _tone, text in notes]),
            crm_key=settings.crm_key,
            crm_name=self._subject.crm_name_of(settings.crm_key),
            choices=self._chosen(Markup() if shares else choices, settings.crm_key)
            if offered or settings.crm_key
            else None,
            shared_choices=_shared(erp.kind) if shares and offered else "",
            has_search=erp.is_searchable,
            show_in_search=settings.show_in_search,
            show_in_tab=settings.show_in_tab,
            tone="bad" if bad else "warn" if notes else "note" if take is not None else "",
            notes=notes,
            take=take,
            suggested=self._suggested(erp, settings) if take is not None else "",
        )

    def _suggested(self, erp: ActorField, settings: FieldSettings) -> str:
        """Why it is suggested, with the words that say so."""
        subject = self._subject
        crm = subject.schema.crm_field(subject.actor_type, settings.crm_key)
        by = suggested_by(erp, crm.documented, subject.actor_type) if crm.documented else None
        if by == SuggestedBy.DEFAULT:
            return _("Suggested: SuperOffice's default")
        name, crm_name = erp.name_in(self._subject.language), self._name(crm)
        if folded(name) == folded(crm_name):
            return _("Suggested: same name")
        if by is not None:
            return self._meaning(by, erp, name, crm_name)
        is_chosen = settings.crm_key == subject.settings.field(erp.key).crm_key
        return _("Suggested: its direction") if is_chosen else _("Suggested")

    def _meaning(self, by: SuggestedBy, erp: ActorField, name: str, crm_name: str) -> str:
        match by:
            case SuggestedBy.NAME:
                return _("Suggested: “%(name)s” means “%(field)s”", name=name, field=crm_name)
            case SuggestedBy.KEY:
                return _("Suggested: its key %(key)s means “%(field)s”", key=erp.key, field=crm_name)
            case SuggestedBy.ADDRESS:
                return _("Suggested: its place in one of the two addresses")
            case _:
                return _("Suggested: its name beside those of the other fields")

    def _choices(self, erp: ActorField) -> tuple[tuple[SuperOfficeField, ...], Markup]:
        """The fields of SuperOffice that fit, as the options of a select: they are the same for all of one kind."""
        if not erp.is_mappable:
            return (), Markup()
        if erp.kind not in self._offered:
            fields = allowed_fields(erp, self._subject.actor_type, self._subject.schema)
            options = (f'<option value="{escape(each.key)}">{escape(self._name(each))}</option>' for each in fields)
            self._offered[erp.kind] = fields, Markup("".join(options))  # noqa: S704 - the texts are escaped
        return self._offered[erp.kind]

    def _chosen(self, options: Markup, key: str) -> Markup:
        """The options with the chosen one marked; it stands in front where it is none of those that fit."""
        if not key:
            return options
        value = Markup('value="{}"').format(key)
        if value in options:
            return options.replace(value, value + Markup(" selected"), 1)
        return Markup("<option {} selected>{}</option>").format(value, self._subject.crm_name_of(key)) + options

    def _name(self, crm: SuperOfficeField) -> str:
        return crm_field_name(crm, self._crm_type, self._subject.language)

    def _refusals(self, erp: ActorField, settings: FieldSettings) -> dict[Direction, Refusal | None]:
        """Why a direction is off. None for what another choice on the page mends."""
        fixed = refusal_of_field(erp) or self._type_refusal or (Refusal.MISSING_IN_ERP if erp.is_missing else None)
        found = directions(erp, settings, self._subject.schema, self._subject.actor_type)
        return {each: self._refusal(each, erp, fixed, found[each]) for each in DIRECTIONS}

    def _refusal(
        self, direction: Direction, erp: ActorField, fixed: Refusal | None, found: Refusal | None
    ) -> Refusal | None:
        if direction == Direction.NONE or fixed:
            return None if direction == Direction.NONE else fixed
        if direction.to_erp and erp.is_read_only:
            return Refusal.READ_ONLY_IN_ERP
        return None if found in _CAN_BE_MENDED else found

    def _why(
        self, erp: ActorField, settings: FieldSettings, refusals: Iterable[Refusal | None], notes: Sequence[str]
    ) -> str:
        """Why directions are off, in words; what is marked at the row anyway is not said twice."""
        why = [each for each in dict.fromkeys(refusals) if each and each not in _SAID_ELSEWHERE]
        facts = {"connection": self._subject.schema.filled_by(self._subject.actor_type, settings.crm_key)}
        words = [words for each in why if (words := refusal_words(each, facts)) not in notes]
        return " ".join([*words, _("It can only go to SuperOffice.")] if why == [Refusal.READ_ONLY_IN_ERP] else words)

    def _warnings(self, settings: FieldSettings) -> list[str]:
        if settings.key not in self._warned:
            left = self._left(self._subject.actor_type.field(settings.key), settings)
            self._warned[settings.key] = [*self._marks.warn.get(settings.key, ()), *left]
        return self._warned[settings.key]

    def _left(self, erp: ActorField, settings: FieldSettings) -> list[str]:
        """What is missing before the connection can be activated, and what is gone."""
        found = []
        if erp.is_missing and settings != FieldSettings(settings.key):
            found.append(_gone(refusal_words(Refusal.MISSING_IN_ERP), erp.missing_since))
        crm = self._subject.schema.crm_field(self._subject.actor_type, settings.crm_key)
        if settings.crm_key and crm.is_missing:
            words = refusal_words(Refusal.MISSING_IN_SUPEROFFICE, {"crm_name": self._name(crm)})
            found.append(_gone(words, crm.missing_since))
        if self._settings.is_synced and erp.is_mandatory and not erp.is_missing and not settings.is_mapped:
            both = _("Mandatory: choose a field and a direction.")
            found.append(_("Mandatory: choose a direction.") if settings.crm_key else both)
        return found

    def _sub(self, kind: Kind, access: Access) -> str:
        """The kind of a field in words; made once for all fields that are alike."""
        if (kind, access) not in self._subs:
            more = {Access.MANDATORY: _("mandatory"), Access.READ_ONLY: _("read only")}.get(access, "")
            self._subs[kind, access] = ", ".join(filter(None, (str(_KINDS[kind]), more)))
        return self._subs[kind, access]


def _gone(words: str, since: str) -> str:
    """With when that was noticed, if it is known."""
    noticed = _("Noticed %(moment)s.", moment=moment(datetime.fromisoformat(since))) if since else ""
    return f"{words} {noticed}".strip()


def _shared(kind: Kind) -> str:
    return f"choices-{kind.value}"
