"""Stores SuperOffice's users and groups: every table in a few statements, however many rows there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import RowMapping, String, Table, bindparam, delete, insert, select, update

from wizard.domain.superoffice import (
    OwnRow,
    SeenUser,
    SeenUsers,
    clean_name,
    partners,
    plain_key,
    short_name,
    unique_keys,
)
from wizard.extensions import db
from wizard.models import User, UserGroup, group_membership
from wizard.models.columns import name_key

BATCH = 5000
"""Values in one list of a statement; databases have a limit."""
Values = dict[str, Any]


@dataclass(frozen=True)
class UserChanges:
    """What a reading has changed. `shortened` counts names that were longer than those here may be."""

    new: int
    left: int
    returned: int
    changed: int
    new_groups: int
    gone_groups: int
    shortened: int

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class _Kind(NamedTuple):
    """A table, its texts, and that text of them whose key is unique."""

    table: Table
    texts: tuple[str, ...]
    unique: str


class _Stored(NamedTuple):
    """The ids of rows by SuperOffice's ids, and how many rows have changed how."""

    row_ids: Mapping[int, int]
    new: int
    left: int
    returned: int
    changed: int


_GROUPS = _Kind(cast(Table, UserGroup.__table__), ("name",), "name")
_USERS = _Kind(cast(Table, User.__table__), ("name", "username"), "username")


def store_users(seen: SeenUsers, at: datetime) -> UserChanges:
    """Makes the rows here what was seen. Rows that SuperOffice does not have stay as they are; so do all scopes."""
    names = {each.id: {"name": clean_name(each.name) or f"#{each.id}"} for each in seen.groups}
    users = {each.id: _texts_of(each) for each in seen.users}
    groups = _store(_GROUPS, names, set(), at)
    stored = _store(_USERS, users, {each.id for each in seen.users if each.has_left}, at)
    _store_memberships([each for each in seen.users if not each.has_left], groups.row_ids, stored.row_ids)
    texts = [text for each in (*names.values(), *users.values()) for text in each.values()]
    return UserChanges(
        new=stored.new,
        left=stored.left,
        returned=stored.returned,
        changed=stored.changed,
        new_groups=groups.new,
        gone_groups=groups.left,
        shortened=sum(short_name(text) != text for text in texts),
    )


def _texts_of(user: SeenUser) -> dict[str, str]:
    username = clean_name(user.username)
    return {"name": clean_name(user.name) or username or f"#{user.id}", "username": username}


def _store(kind: _Kind, seen: Mapping[int, Mapping[str, str]], left: Collection[int], at: datetime) -> _Stored:
    """Writes one table. `left` are those of `seen` who have left; rows that are not seen any more have left too."""
    rows = db.session.execute(select(kind.table).where(kind.table.c.deleted_at.is_(None))).mappings().all()
    keys = {each: name_key(texts[kind.unique]) for each, texts in seen.items()}
    found = partners([_own_row(kind, row) for row in rows], keys)
    gone = {
        row["superoffice_id"]: row
        for row in rows
        if row["superoffice_id"] is not None and row["superoffice_id"] not in found
    }
    found |= {each: row["id"] for each, row in gone.items()}
    texts = {**seen, **{each: {name: row[name] for name in kind.texts} for each, row in gone.items()}}
    left = {*left, *gone}
    wanted = _wanted(kind, texts, left, _taken(kind, rows, found.values()))
    changed = list(_changed(rows, wanted, found, left, at))
    added = [values for each, values in wanted.items() if each not in found and each not in left]
    _write(kind, changed, added)
    return _Stored(
        row_ids=found | _ids_of(kind, [values["superoffice_id"] for values in added]),
        new=len(added),
        left=sum(row["left_at"] is None and values["left_at"] is not None for row, values in changed),
        returned=sum(row["left_at"] is not None and values["left_at"] is None for row, values in changed),
        changed=sum(any(row[name] != values[name] for name in kind.texts) for row, values in changed),
    )


def _taken(kind: _Kind, rows: Sequence[RowMapping], matched: Collection[int]) -> set[str]:
    """The keys of rows that are here only."""
    ids = set(matched)
    return {row[f"{kind.unique}_key"] for row in rows if row["id"] not in ids}


def _changed(
    rows: Sequence[RowMapping],
    wanted: Mapping[int, Values],
    found: Mapping[int, int],
    left: Collection[int],
    at: datetime,
) -> Iterator[tuple[RowMapping, Values]]:
    """The rows that are to be written, with their new values."""
    by_id = {row["id"]: row for row in rows}
    for each, values in wanted.items():
        if each in found:
            row = by_id[found[each]]
            values = values | {"left_at": (row["left_at"] or at) if each in left else None}
            if any(row[name] != value for name, value in values.items()):
                yield row, values


def _own_row(kind: _Kind, row: RowMapping) -> OwnRow:
    return OwnRow(row["id"], row["superoffice_id"], plain_key(row[f"{kind.unique}_key"]))


def _wanted(
    kind: _Kind, texts: Mapping[int, Mapping[str, str]], left: Collection[int], taken: Collection[str]
) -> dict[int, Values]:
    """The columns of each; those who are there choose their keys before those who have left."""
    in_order = sorted(texts, key=lambda each: (each in left, each))
    keys = unique_keys({each: name_key(texts[each][kind.unique]) for each in in_order}, taken)
    return {
        each: {"superoffice_id": each}
        | {name: short_name(text) for name, text in texts[each].items()}
        | {f"{name}_key": name_key(text) for name, text in texts[each].items()}
        | {f"{kind.unique}_key": keys[each]}
        for each in in_order
    }


def _write(kind: _Kind, changed: Sequence[tuple[RowMapping, Values]], added: Sequence[Values]) -> None:
    """Rows that swap keys or ids must not have them at the same time, so these are freed first."""
    table, key = kind.table, f"{kind.unique}_key"
    freed = [
        row["id"]
        for row, values in changed
        if row[key] != values[key] or row["superoffice_id"] not in (None, values["superoffice_id"])
    ]
    for ids in _batches(freed):
        placeholder = table.c.id.cast(String).concat("\x1f")
        statement = update(table).where(table.c.id.in_(ids))
        db.session.execute(statement.values({key: placeholder, "superoffice_id": None}))
    if changed:
        columns: Values = {name: bindparam(f"to_{name}") for name in changed[0][1]}
        statement = update(table).where(table.c.id == bindparam("row_id"))
        statement = statement.values({**columns, "version": table.c.version + 1})
        rows = [
            {f"to_{name}": value for name, value in values.items()} | {"row_id": row["id"]} for row, values in changed
        ]
        db.session.connection().execute(statement, rows)
    if added:
        db.session.connection().execute(insert(table), [*added])


def _ids_of(kind: _Kind, superoffice_ids: Sequence[int]) -> dict[int, int]:
    table = kind.table
    found: dict[int, int] = {}
    for ids in _batches(superoffice_ids):
        rows = select(table.c.superoffice_id, table.c.id).where(
            table.c.superoffice_id.in_(ids), table.c.deleted_at.is_(None)
        )
        found |= {row.superoffice_id: row.id for row in db.session.execute(rows)}
    return found


def _store_memberships(users: Sequence[SeenUser], groups: Mapping[int, int], rows: Mapping[int, int]) -> None:
    """Sets who is in which of SuperOffice's groups; who is in a group that is here only stays in it."""
    table = group_membership
    here, theirs = {rows[user.id] for user in users}, set(groups.values())
    pairs = db.session.execute(select(table.c.group_id, table.c.user_id)).all()
    before = {(group, user) for group, user in pairs if user in here and group in theirs}
    after = {(groups[group], rows[user.id]) for user in users for group in user.group_ids if group in groups}
    connection = db.session.connection()
    if removed := before - after:
        matches = (table.c.group_id == bindparam("from_group")) & (table.c.user_id == bindparam("of_user"))
        connection.execute(
            delete(table).where(matches), [{"from_group": group, "of_user": user} for group, user in removed]
        )
    if added := after - before:
        connection.execute(insert(table), [{"group_id": group, "user_id": user} for group, user in added])


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
