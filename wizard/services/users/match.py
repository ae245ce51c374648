"""Matches by hand a user or a group that is here only with one that was read from SuperOffice: two rows become one.

The row that is here only stays, as scopes name it, and becomes the other one, whose row is deleted.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import delete, select, update

from wizard.domain.connection import Scope
from wizard.domain.steps import Step
from wizard.errors import InUse, InvalidState
from wizard.extensions import db
from wizard.models import Account, Connection, ScopeEntry, Setup, User, UserGroup
from wizard.models.database import reload_for_update
from wizard.models.encrypted import Undecryptable
from wizard.services import audit
from wizard.services.dependencies import being_saved

Row = TypeVar("Row", User, UserGroup)


def match_user(account: Account, own: User, theirs: User) -> None:
    """Raises InvalidState unless only one of them was read from SuperOffice, and InUse while a connection is saved."""
    own.groups = list({*own.groups, *theirs.groups})
    _match(account, own, theirs, ("name", "name_key", "username", "username_key"))


def match_group(account: Account, own: UserGroup, theirs: UserGroup) -> None:
    """As for users; those of both groups are in it."""
    own.users = list({*own.users, *theirs.users})
    _match(account, own, theirs, ("name", "name_key"))


def _match(account: Account, own: Row, theirs: Row, columns: tuple[str, ...]) -> None:
    model, name = type(own), own.name
    for row_id in sorted((own.id, theirs.id)):
        reload_for_update(model, row_id)
    if own.superoffice_id is not None or theirs.superoffice_id is None or own.deleted_at or theirs.deleted_at:
        raise InvalidState("match")
    if saving := [each.name for each in being_saved() if theirs.id in _ids(each.scope, model)]:
        raise InUse(saving)
    _move_scopes(model, theirs.id, own.id)
    values = {column: getattr(theirs, column) for column in (*columns, "superoffice_id", "left_at")}
    db.session.delete(theirs)
    db.session.flush()  # before its user name and id are given to the other one
    for column, value in values.items():
        setattr(own, column, value)
    own.version += 1
    audit.note(account, "users.matched", own.name, name)
    db.session.commit()


def _move_scopes(model: type[User] | type[UserGroup], old: int, new: int) -> None:
    column = ScopeEntry.user_id if model is User else ScopeEntry.group_id
    both = select(ScopeEntry.connection_id).where(column == new)
    db.session.execute(delete(ScopeEntry).where(column == old, ScopeEntry.connection_id.in_(both)))
    db.session.execute(update(ScopeEntry).where(column == old).values({column: new}))
    for setup in db.session.scalars(select(Setup).where(Setup.finished_at.is_(None))):
        _move_draft(setup, model, old, new)
    for connection in db.session.scalars(select(Connection).where(Connection.entered_token.is_not(None))):
        _move_entered(connection, model, old, new)


def _move_draft(setup: Setup, model: type[User] | type[UserGroup], old: int, new: int) -> None:
    if isinstance(setup.draft, Undecryptable):
        return
    typed = setup.typed(Step.CONNECTION)
    scope = Scope.from_draft(typed)
    if old in _ids(scope, model):
        setup.draft = {**setup.draft, Step.CONNECTION: typed | _moved(scope, model, old, new).to_draft()}


def _move_entered(connection: Connection, model: type[User] | type[UserGroup], old: int, new: int) -> None:
    entered: Any = connection.entered
    if isinstance(entered, Undecryptable):
        return
    values = entered["connection"]
    key = "user_ids" if model is User else "group_ids"
    if old in values.get(key, ()):
        ids = list(dict.fromkeys(new if each == old else each for each in values[key]))
        connection.entered = {**entered, "connection": {**values, key: ids}}


def _moved(scope: Scope, model: type[User] | type[UserGroup], old: int, new: int) -> Scope:
    ids = tuple(dict.fromkeys(new if each == old else each for each in _ids(scope, model)))
    return replace(scope, user_ids=ids) if model is User else replace(scope, group_ids=ids)


def _ids(scope: Scope, model: type[User] | type[UserGroup]) -> tuple[int, ...]:
    return scope.user_ids if model is User else scope.group_ids
