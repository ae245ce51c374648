"""What of a connection's configuration is done, and what is left before it can be activated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from wizard.domain.configuration import (
    TYPE_ROW,
    Configuration,
    Gap,
    Part,
    Schema,
    changes_since,
    gaps,
    mapped_lists,
    rows_left,
)
from wizard.extensions import db
from wizard.models import ConfigurationState, Connection
from wizard.services.configuration.find import load, state_of
from wizard.services.lists import is_deleted


class PartState(StrEnum):
    """How far a part is. What is advised keeps nothing from being activated, but something would be missing then."""

    DONE = "done"
    NEEDED = "needed"
    ADVISED = "advised"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class PartSummary:
    """`left` is in how many rows of its page something has to be mended; `facts` are for its sentence."""

    part: Part
    state: PartState
    left: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ConfigurationSummary:
    """`schema` is None before both sides were read. `changes` is what is configured and is gone on one side."""

    configuration: Configuration
    schema: Schema | None
    state: ConfigurationState | None
    parts: Mapping[Part, PartSummary]
    gaps: tuple[Gap, ...] = ()
    changes: tuple[Gap, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether nothing here keeps the connection from being activated."""
        return self.schema is not None and not self.gaps


def summary(connection: Connection) -> ConfigurationSummary:
    """In four statements, however many fields there are.

    A page takes the configuration, the schema and the state from here, instead of loading them again.
    """
    return summary_of(connection, load(connection), state_of(connection))


def summary_of(
    connection: Connection, configuration: Configuration, state: ConfigurationState | None
) -> ConfigurationSummary:
    """The same of what is loaded already."""
    schema = state.schema if state else None
    found = gaps(configuration, schema) if schema else []
    changes = changes_since(configuration, schema) if schema else []
    parts = dict(_parts(configuration, schema or Schema(), found, fields_left([*found, *changes], state)))
    parts[Part.PRIORITY] = _priority(connection)
    return ConfigurationSummary(configuration, schema, state, parts, tuple(found), tuple(changes))


def fields_left(found: Iterable[Gap], state: ConfigurationState | None) -> dict[str, set[str]]:
    """By actor type, the fields that need something at Mappings: what was found there, and what SuperOffice refused."""
    rows = rows_left(found, Part.MAPPINGS)
    for name, words in ((state.refused if state else None) or {}).items():
        if keys := set(words) - {TYPE_ROW}:
            rows[name] = rows.get(name, set()) | keys
    return rows


def lists_without_items(configuration: Configuration, schema: Schema) -> int:
    """Lists that are mapped, and of whose items nobody has decided anything yet."""
    return _list_facts(configuration, schema)["bare"]


def _parts(
    configuration: Configuration, schema: Schema, found: list[Gap], fields_left: Mapping[str, set[str]]
) -> Iterable[tuple[Part, PartSummary]]:
    facts = {
        Part.MAPPINGS: _mapping_facts(configuration),
        Part.LISTS: _list_facts(configuration, schema),
        Part.DEFAULTS: {"fields": _count(configuration, "default", "ask_user")},
        Part.RANK: {"fields": _count(configuration, "show_in_tab")},
        Part.IMPORT: {},
    }
    for part, values in facts.items():
        rows = fields_left if part == Part.MAPPINGS else rows_left(found, part)
        left = sum(map(len, rows.values())) + values.get("bare", 0)
        has_gaps = any(gap.part == part for gap in found)
        yield part, PartSummary(part, _state(part, values, has_gaps=has_gaps), left, values)


def _state(part: Part, facts: Mapping[str, int], *, has_gaps: bool) -> PartState:
    if has_gaps or (part == Part.MAPPINGS and not facts["mapped"]):
        return PartState.NEEDED
    if facts.get("bare"):
        return PartState.ADVISED
    is_used = facts["mapped"] if part == Part.LISTS else any(facts.values())
    return PartState.DONE if is_used else PartState.OPTIONAL


def _mapping_facts(configuration: Configuration) -> dict[str, int]:
    fields = [each for settings in configuration.synced for each in settings.fields]
    return {
        "mapped": sum(each.is_mapped for each in fields),
        "fields": len(fields),
        "synced": len(configuration.synced),
        "types": len(configuration.types),
    }


def _list_facts(configuration: Configuration, schema: Schema) -> dict[str, int]:
    """`bare` are the lists of whose items nobody has decided anything yet."""
    mapped = items = lists = bare = 0
    for settings in configuration.synced:
        actor_type = schema.type(settings.actor_type)
        for erp in mapped_lists(settings, actor_type, schema):
            labels, setting = schema.lists.get(erp.list_name, {}), settings.field(erp.key)
            lists += 1
            items += len(labels)
            mapped += sum(key in labels for key in setting.mapped_items)
            is_read = labels and schema.list_of(actor_type, setting.crm_key) and not schema.is_of_another
            bare += bool(is_read) and labels.keys().isdisjoint(setting.items)
    return {"lists": lists, "items": items, "mapped": mapped, "bare": bare}


def _count(configuration: Configuration, *members: str) -> int:
    """The fields of synced types for which one of the members is set."""
    fields = (each for settings in configuration.synced for each in settings.fields)
    return sum(any(getattr(each, name) not in (None, False) for name in members) for each in fields)


def _priority(connection: Connection) -> PartSummary:
    """Its place among the connections, if there are several."""
    count = db.session.scalar(select(func.count(Connection.id)).where(is_deleted(Connection, False))) or 0
    facts = {"place": connection.sync_priority, "count": count}
    is_set = connection.sync_priority is not None or count < 2
    return PartSummary(Part.PRIORITY, PartState.DONE if is_set else PartState.OPTIONAL, 0, facts)
