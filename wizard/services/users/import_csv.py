"""Imports users and groups from a CSV file: previews what it would do, and then does all of it or nothing."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from wizard.domain.invisible import has_invisible, trim
from wizard.domain.text_encoding import UndecodableText, decode_names
from wizard.errors import InvalidInput, StaleVersion
from wizard.extensions import db
from wizard.models import Account, User, UserGroup
from wizard.models.columns import name_key
from wizard.models.user import group_membership
from wizard.services import audit

MAX_BYTES = 1_000_000
MAX_ROWS = 20_000
MAX_GROUPS = 500
"""New groups of a file: more are a sign of a wrong column."""
MAX_LENGTH = 254
HEADERS = {
    "name": {"name", "full name", "naam", "navn", "namn", "volledige naam", "vollständiger name"},
    "username": {
        "login",
        "user name",
        "username",
        "user",
        "gebruikersnaam",
        "benutzername",
        "brukernavn",
        "användarnamn",
        "brugernavn",
    },
    "groups": {"groups", "group", "groepen", "groep", "gruppen", "gruppe", "grupper", "grupp"},
}
"""Names of the columns, in any language."""
_SEPARATOR_LINE = re.compile(r"\"?sep=([;,\t|])\"?[;,\t]*", re.IGNORECASE)
_GROUP_SEPARATORS = re.compile("[,;|]")


@dataclass(frozen=True)
class UserLine:
    """A line of the file; `groups` is None if the file has no such column."""

    number: int
    name: str
    username: str
    groups: tuple[str, ...] | None


@dataclass
class Preview:
    """What the file would do. `errors` are pairs of a line number and a code; with any of them nothing is imported.

    `before` has the present values of the users that change.
    """

    new: list[UserLine] = field(default_factory=list)
    changed: list[UserLine] = field(default_factory=list)
    same: int = 0
    new_groups: list[str] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    before: list[list[object]] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """A digest of the plan: a preview is no row that could have a version, and depends on any number of rows."""
        lines = [(line.name, line.username, line.groups) for line in (*self.new, *self.changed)]
        plan = json.dumps([len(self.new), lines, self.same, self.new_groups, self.before])
        return sha256(plan.encode()).hexdigest()[:16]


def decode_csv(data: bytes) -> str:
    """Decodes a file as spreadsheets save it. Raises InvalidInput for one whose letters cannot be told for sure."""
    if not data:
        raise InvalidInput({"file": "missing"})
    if len(data) > MAX_BYTES:
        raise InvalidInput({"file": "too_large"})
    try:
        return decode_names(data)
    except UndecodableText as error:
        raise InvalidInput({"file": str(error)}) from error


def preview_import(text: str) -> Preview:
    """Parses the text and compares it with the present users. Raises InvalidInput for what is no list of users."""
    lines, errors = _read(text)
    found = Preview(errors=errors)
    users, member_of = _current_users(), _memberships()
    groups = set(db.session.scalars(select(UserGroup.name_key).where(UserGroup.deleted_at.is_(None))))
    for line in lines:
        user = users.get(name_key(line.username))
        if user is None:
            found.new.append(line)
        elif _differs(user, member_of[user.id], line):
            found.changed.append(line)
            found.before.append([user.name, user.username, sorted(member_of[user.id])])
        else:
            found.same += 1
        for group in line.groups or ():
            if name_key(group) not in groups:
                groups.add(name_key(group))
                found.new_groups.append(group)
    if len(found.new_groups) > MAX_GROUPS:
        raise InvalidInput({"file": "groups"})
    return found


def import_users(account: Account, text: str, fingerprint: str) -> Preview:
    """Carries out all that `preview_import` announces.

    Raises InvalidInput when there is an error in any line, and StaleVersion when the plan no longer has this
    fingerprint.
    """
    plan = preview_import(text)
    if plan.errors:
        raise InvalidInput({"file": "lines"})
    if plan.fingerprint != fingerprint:
        raise StaleVersion
    try:
        _apply(plan)
        db.session.flush()
    except IntegrityError as error:  # another request has added one of them at the same moment
        db.session.rollback()
        raise StaleVersion from error
    audit.note(account, "users.imported", f"{len(plan.new)} new, {len(plan.changed)} changed")
    db.session.commit()
    return plan


def _apply(plan: Preview) -> None:
    users = _current_users()
    db.session.add_all(UserGroup(name=name) for name in plan.new_groups)
    for line in plan.new:
        users[name_key(line.username)] = User(username=line.username, name=line.name)
    for line in plan.changed:
        user = users[name_key(line.username)]
        user.name = line.name
        user.version += 1
    db.session.add_all(users.values())
    db.session.flush()
    _set_groups({users[name_key(line.username)].id: line.groups for line in (*plan.new, *plan.changed)})


def _set_groups(groups_of: Mapping[int, tuple[str, ...] | None]) -> None:
    """Sets the groups of users by their ids. It writes rows without objects, of which there may be 100,000s."""
    ids = dict(db.session.execute(select(UserGroup.name_key, UserGroup.id).where(UserGroup.deleted_at.is_(None))).all())
    changed = {user: groups for user, groups in groups_of.items() if groups is not None}
    if changed:
        emptied = delete(group_membership).where(group_membership.c.user_id == bindparam("crm_user"))
        db.session.execute(emptied, [{"crm_user": user} for user in changed])
    if rows := [{"user_id": user, "group_id": ids[name_key(name)]} for user in changed for name in changed[user]]:
        db.session.execute(insert(group_membership), rows)


def _current_users() -> dict[str, User]:
    """Users by the key of their user name."""
    return {each.username_key: each for each in db.session.scalars(select(User).where(User.deleted_at.is_(None)))}


def _memberships() -> defaultdict[int, set[str]]:
    """The keys of the names of each user's groups, by the user's id."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    pairs = select(group_membership.c.user_id, UserGroup.name_key).join(UserGroup).where(UserGroup.deleted_at.is_(None))
    for user, name in db.session.execute(pairs):
        found[user].add(name)
    return found


def _differs(user: User, groups: set[str], line: UserLine) -> bool:
    regrouped = line.groups is not None and groups != {name_key(name) for name in line.groups}
    return regrouped or user.name != line.name


def _read(text: str) -> tuple[list[UserLine], list[tuple[int, str]]]:
    if len(text.replace("\r\n", "\n")) > MAX_BYTES:  # a browser sends line ends as two characters
        raise InvalidInput({"file": "too_large"})
    rows = _rows(text)
    header = next(rows, (0, []))[1]
    columns = {
        name: next((i for i, cell in enumerate(header) if name_key(trim(cell)) in known), None)
        for name, known in HEADERS.items()
    }
    if columns["name"] is None or columns["username"] is None:
        raise InvalidInput({"file": "columns"})
    lines: list[UserLine] = []
    errors: list[tuple[int, str]] = []
    usernames: set[str] = set()
    for count, (number, cells) in enumerate(rows, 1):
        if count > MAX_ROWS:
            raise InvalidInput({"file": "too_large"})
        line = _line(number, cells, columns)
        problem = _problem(line, usernames)
        usernames.add(name_key(line.username))
        if problem:
            errors.append((number, problem))
        else:
            lines.append(line)
    return lines, errors


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, by line number."""
    separator, skipped = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InvalidInput({"file": "quotes"}) from error
        if reader.line_num > skipped and any(trim(cell) for cell in cells):
            yield reader.line_num, cells


def _separator(text: str) -> tuple[str, int]:
    """The separator, and how many lines say it: `sep=;`, which Excel reads; else the most frequent one."""
    for number, line in enumerate(text.splitlines(), 1):
        if named := _SEPARATOR_LINE.fullmatch(trim(line)) or _SEPARATOR_LINE.fullmatch(line):
            return named[1], number
        if trim(line):
            return max(";\t,", key=line.count), 0
    return ",", 0


def _line(number: int, cells: Sequence[str], columns: dict[str, int | None]) -> UserLine:
    def cell(name: str) -> str:
        index = columns[name]
        return " ".join(trim(cells[index]).split()) if index is not None and index < len(cells) else ""

    groups = [trim(part) for part in _GROUP_SEPARATORS.split(cell("groups"))]
    unique = {name_key(group): group for group in groups if group}
    listed = None if columns["groups"] is None else tuple(unique.values())
    return UserLine(number, cell("name"), cell("username"), listed)


def _problem(line: UserLine, usernames: set[str]) -> str | None:
    if not line.name:
        return "no_name"
    if not line.username:
        return "no_username"
    if any(map(has_invisible, (line.name, line.username, *(line.groups or ())))):
        return "invisible"
    if max(map(len, (line.name, line.username, *(line.groups or ())))) > MAX_LENGTH:
        return "too_long"
    return "twice" if name_key(line.username) in usernames else None
