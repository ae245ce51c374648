"""What the form of the mappings has sent, and what a page remembers of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from wizard.domain.configuration import TYPE_ROW, ActorType, Direction, FieldSettings, Part, TypeSettings
from wizard.forms import row_ids, settings_version, with_keys


@dataclass(frozen=True)
class Sent:
    """The settings as they were sent. `base` are the versions that the page showed, `suggested` the keys of the rows
    that it has suggested, and `taken` those of them that are ticked."""

    settings: TypeSettings
    base: Mapping[str, int]
    suggested: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()

    @property
    def dropped(self) -> set[str]:
        return set(self.suggested) - set(self.taken)

    def without_dropped(self, saved: TypeSettings) -> TypeSettings:
        """Suggestions that are not ticked are as if they had never been made."""
        return as_saved(self.settings, saved, self.dropped)


def sent_form(saved: TypeSettings, actor_type: ActorType) -> Sent:
    """What the page does not send stays as it is saved: controls that are off, and rows that came meanwhile."""
    form = with_keys(request.form, saved.by_key)
    base = _base()
    fields = tuple(_field(each, actor_type, form) if each.key in base else each for each in saved.fields)
    settings = replace(saved, is_synced="sync" in form if "has_sync" in form else saved.is_synced, fields=fields)
    return Sent(settings, base, tuple(_keys(form, "suggested:")), tuple(_keys(form, "take:")))


def as_saved(settings: TypeSettings, saved: TypeSettings, keys: Collection[str]) -> TypeSettings:
    """The same with what is suggested of some fields as it is saved."""
    return replace(settings, fields=tuple(_as_saved(each, saved, keys) for each in settings.fields))


def _as_saved(field: FieldSettings, saved: TypeSettings, keys: Collection[str]) -> FieldSettings:
    if field.key not in keys:
        return field
    was = saved.field(field.key)
    return replace(field, crm_key=was.crm_key, direction=was.direction, show_in_search=was.show_in_search)


def without_suggestions(settings: TypeSettings, keys: Collection[str]) -> TypeSettings:
    """The same with some fields not synchronised; their SuperOffice field stays. With TYPE_ROW, nor is the type."""
    searched = request.args.getlist("search")
    fields = (
        replace(each, direction=Direction.NONE, show_in_search=each.show_in_search and each.key not in searched)
        if each.key in keys
        else each
        for each in settings.fields
    )
    return replace(settings, is_synced=settings.is_synced and TYPE_ROW not in keys, fields=tuple(fields))


def undo_arguments(before: TypeSettings, saved: TypeSettings, taken: Sequence[str]) -> dict[str, Any]:
    """What an Undo of suggestions takes back, with the versions of the rows: what somebody changes until then stays."""
    rows = [*([TYPE_ROW] if saved.is_synced and not before.is_synced else []), *taken]
    versions = saved.versions(Part.MAPPINGS)
    searched = [key for key in taken if saved.field(key).show_in_search and not before.field(key).show_in_search]
    return {"key": rows, "version": [versions[key] for key in rows], "search": searched}


def base_of(saved: TypeSettings, sent: Mapping[str, int], keys: Collection[str]) -> str:
    """What a page sends back of the rows that it shows: their versions when it showed them first."""
    versions = {key: version for key, version in saved.versions(Part.MAPPINGS).items() if not key or key in keys}
    return json.dumps({key: sent.get(key, version) for key, version in versions.items()})


def undone_rows() -> dict[str, int]:
    """The rows that an Undo names, with the versions that they had when they were saved."""
    versions = [settings_version(text) or 0 for text in request.args.getlist("version")]
    return dict(zip(request.args.getlist("key"), versions, strict=False))


def example_number() -> int:
    return next(iter(row_ids([request.values.get("example", "")])), 0)


def _keys(form: MultiDict[str, str], front: str) -> list[str]:
    return [name.removeprefix(front) for name in form if name.startswith(front)]


def _field(saved: FieldSettings, actor_type: ActorType, form: MultiDict[str, str]) -> FieldSettings:
    key = saved.key
    direction = form.get(f"direction:{key}", "")
    searchable = actor_type.field(key).is_searchable or saved.show_in_search
    return replace(
        saved,
        crm_key=form.get(f"field:{key}", saved.crm_key),
        direction=Direction(direction) if direction in tuple(Direction) else saved.direction,
        show_in_search=f"search:{key}" in form if searchable else saved.show_in_search,
        show_in_tab=f"tab:{key}" in form,
    )


def _base() -> dict[str, int]:
    """Empty for anything that no page of this application sends: nothing changes then."""
    try:
        found = json.loads(request.form.get("base", ""))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: value for key, value in found.items() if isinstance(value, int)}
