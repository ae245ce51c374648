"""What of a connection's configuration is done, and what is left before it can be activated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from wizard.domain.configuration import (
    Configuration,
    Gap,
    Part,
    Schema,
    changes_since,
    gaps,
    mapped_lists,
)
from wizard.extensions import db
from wizard.models import ConfigurationState, Connection
from wizard.services.configuration.find import load, state_of
from wizard.services.lists import is_deleted


class PartState(StrEnum):
    """How far a part is."""

    DONE = "done"
    NEEDED = "needed"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class PartSummary:
    """`left` is how much has to be mended; `facts` are for its sentence."""

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
    configuration, state = load(connection), state_of(connection)
    schema = state.schema if state else None
    found = gaps(configuration, schema) if schema else []
    changes = changes_since(configuration, schema) if schema else []
    parts = dict(_parts(configuration, schema or Schema(), found))
    parts[Part.PRIORITY] = _priority(connection)
    return ConfigurationSummary(configuration, schema, state, parts, tuple(found), tuple(changes))


def _parts(configuration: Configuration, schema: Schema, found: list[Gap]) -> Iterable[tuple[Part, PartSummary]]:
    facts = {
        Part.MAPPINGS: _mapping_facts(configuration),
        Part.LISTS: _list_facts(configuration, schema),
        Part.DEFAULTS: {"fields": _count(configuration, "default", "ask_user")},
        Part.RANK: {"fields": _count(configuration, "show_in_tab")},
        Part.IMPORT: {},
    }
    for part, values in facts.items():
        left = sum(gap.part == part for gap in found)
        yield part, PartSummary(part, _state(part, left, values), left, values)


def _state(part: Part, left: int, facts: Mapping[str, int]) -> PartState:
    if left or (part == Part.MAPPINGS and not facts["mapped"]):
        return PartState.NEEDED
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
    mapped = items = lists = 0
    for settings in configuration.synced:
        for erp in mapped_lists(settings, schema.type(settings.actor_type), schema):
            labels = schema.lists.get(erp.list_name, {})
            lists += 1
            items += len(labels)
            mapped += sum(key in labels for key in settings.field(erp.key).mapped_items)
    return {"lists": lists, "items": items, "mapped": mapped}


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
