"""Saves what administrators choose for a connection: each page its part, row by row.

Rows that others have changed meanwhile stay theirs. Of rows that the page has changed too, a mapping saves the others;
elsewhere RowsChanged is raised with both versions, and nothing is saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import load_only

from wizard.domain.configuration import (
    TYPE_ROW,
    Configuration,
    FieldSettings,
    Merged,
    Part,
    Problem,
    Schema,
    TypeSettings,
    accepted,
    default_problems,
    merge_rows,
    without_items_of_other_lists,
)
from wizard.errors import RowsChanged, RowsRefused
from wizard.extensions import db
from wizard.models import Account, ConfigurationState, Connection
from wizard.services import audit
from wizard.services.configuration.find import load_for_update, load_schema, need_state
from wizard.services.configuration.store import write_settings


@dataclass(frozen=True)
class SavedType:
    """`settings` are saved, if anything `is_new` in them. Rows that could not be saved are in them as they were:
    `refused` says why, and `theirs` has those that somebody else has changed meanwhile. `emptied` are the keys of list
    fields whose items were those of another list of SuperOffice."""

    settings: TypeSettings
    is_new: bool
    refused: Sequence[Problem] = ()
    emptied: Sequence[str] = ()
    theirs: Mapping[str, FieldSettings] = field(default_factory=dict)

    @property
    def left(self) -> set[str]:
        """The keys of the rows that are not saved."""
        return {*self.theirs, *(each.key for each in self.refused)}


def save_type(
    account: Account, connection: Connection, actor_type: str, settings: TypeSettings, base: Mapping[str, int]
) -> SavedType:
    """Saves what can be of an actor type's mapping, and whether it is synced.

    `base` is `versions(Part.MAPPINGS)` of what the page showed.
    """
    before = load_for_update(connection)
    saved = before.type(actor_type)
    merged = merge_rows(settings, saved, base, Part.MAPPINGS)
    schema = load_schema(connection) or Schema()
    taken = accepted(merged.settings, saved, schema.type(actor_type), schema)
    settings = without_items_of_other_lists(taken.settings, saved, schema.type(actor_type), schema)
    after = _store(account, connection, before, before.with_type(settings), "configuration.mapped", actor_type)
    theirs = {key: pair[0] for key, pair in merged.conflicts.items()}
    emptied = [each.key for each in settings.fields if saved.field(each.key).mapped_items and not each.items]
    return SavedType(after.type(actor_type), after != before, taken.refused, emptied, theirs)


def save_items(
    account: Account,
    connection: Connection,
    items: Mapping[tuple[str, str], Mapping[str, int]],
    base: Mapping[tuple[str, str], int],
) -> Configuration:
    """Saves the mapping of list items, by actor type and key of the field; so are the versions of `base`.

    Items that are used twice are saved: they are marked, and keep the connection from being activated. Those of
    SuperOffice that have come since are known from then on.
    """
    saved = load_for_update(connection)
    found = saved
    for name in dict.fromkeys(actor_type for actor_type, _ in items):
        sent = [FieldSettings(key, items=dict(each)) for (type_, key), each in items.items() if type_ == name]
        versions = {key: version for (type_, key), version in base.items() if type_ == name}
        merged = merge_rows(TypeSettings(name, fields=tuple(sent)), saved.type(name), versions, Part.LISTS)
        _require_unchanged(merged)
        found = found.with_type(merged.settings)
    _know_items(connection, found, items)
    names = ", ".join(dict.fromkeys(key for _, key in items))
    return _store(account, connection, saved, found, "configuration.lists_mapped", names)


def _know_items(connection: Connection, saved: Configuration, fields: Iterable[tuple[str, str]]) -> None:
    """SuperOffice's items in the lists of these fields are not new any more."""
    state = need_state(connection)
    schema = state.schema
    if schema is None:
        return
    ends = [(schema.type(name), saved.type(name).field(key).crm_key) for name, key in fields]
    references = {schema.crm_field(actor_type, crm_key).list_reference for actor_type, crm_key in ends}
    if any(each.is_new for name in references for each in schema.crm_lists.get(name, ())):
        state.schema = schema.with_known_items(references)


def save_default(
    account: Account, connection: Connection, actor_type: str, setting: FieldSettings, base: Mapping[str, int]
) -> Configuration:
    """Saves what a new record of the ERP gets for a field. Raises RowsRefused and RowsChanged."""
    saved = load_for_update(connection)
    sent = TypeSettings(actor_type, fields=(setting,))
    merged = merge_rows(sent, saved.type(actor_type), base, Part.DEFAULTS)
    _require_unchanged(merged)
    if found := _default_problems(actor_type, merged.settings.field(setting.key), load_schema(connection)):
        raise RowsRefused(found)
    found_there = saved.with_type(merged.settings)
    return _store(account, connection, saved, found_there, "configuration.default_set", f"{actor_type}, {setting.key}")


def _default_problems(actor_type: str, setting: FieldSettings, schema: Schema | None) -> list[Problem]:
    if schema is None:
        return []
    erp = schema.type(actor_type).field(setting.key)
    refusals = default_problems(erp, setting, schema.lists.get(erp.list_name))
    return [Problem(actor_type, setting.key, each) for each in refusals]


def save_order(
    account: Account, connection: Connection, actor_type: str, keys: Sequence[str], base: Mapping[str, int]
) -> Configuration:
    """Saves the rank of the fields: their order. RowsChanged has the saved order as `theirs[TYPE_ROW]`."""
    saved = load_for_update(connection)
    current = saved.type(actor_type)
    ordered = current.in_order(keys)
    versions = current.versions(Part.RANK)
    if base.get(TYPE_ROW, versions[TYPE_ROW]) != versions[TYPE_ROW] and ordered != current:
        raise RowsChanged({TYPE_ROW: current}, {TYPE_ROW: ordered})
    return _store(account, connection, saved, saved.with_type(ordered), "configuration.ranked", actor_type)


def save_configuration(
    account: Account | None, connection: Connection, configuration: Configuration, action: str, detail: str = ""
) -> Configuration:
    """Replaces everything that is configured, as an import, a copy or taking over from SuperOffice does.

    What it does not name stays. `action` is what the audit log says of it.
    """
    saved = load_for_update(connection)
    found = saved
    for each in configuration.types:
        found = found.with_type(each.onto(saved.type(each.actor_type)))
    return _store(account, connection, saved, found, action, detail)


def save_priorities(account: Account | None, connection_ids: Iterable[int]) -> None:
    """Saves the order of the connections; those that are not named stay behind them."""
    ids = list(dict.fromkeys(connection_ids))
    connections = select(Connection).order_by(Connection.id).with_for_update(key_share=True)
    for connection in db.session.scalars(connections.execution_options(populate_existing=True)):
        if connection.id in ids:
            connection.sync_priority = ids.index(connection.id) + 1
        elif connection.sync_priority is not None:
            connection.sync_priority = len(ids) + connection.sync_priority
    audit.note(account, "configuration.prioritised")
    db.session.commit()


def save_priority(account: Account | None, connection: Connection, place: int) -> None:
    """Saves the place of one connection; another one may have the same."""
    if connection.sync_priority != place:
        connection.sync_priority = place
        audit.note(account, "configuration.prioritised", connection.name, str(place))
        db.session.commit()


def _require_unchanged(merged: Merged) -> None:
    if merged.conflicts:
        theirs = {key: pair[0] for key, pair in merged.conflicts.items()}
        raise RowsChanged(theirs, {key: pair[1] for key, pair in merged.conflicts.items()})


def _store(
    account: Account | None, connection: Connection, before: Configuration, after: Configuration, action: str, what: str
) -> Configuration:
    """Writes the rows that differ. Nothing is noted of a save that changes nothing."""
    if after == before:
        db.session.commit()
        return before
    name = audit.name_of(account) if account else ""
    write_settings(connection, before, after, name)
    state = need_state(connection, load_only(ConfigurationState.waiting, ConfigurationState.retries))
    state.waiting, state.retries = True, 0
    audit.note(account, action, connection.name, what)
    db.session.commit()
    return after
