"""Lists, adds, changes and deletes SuperOffice's users and groups."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, not_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from wizard.errors import InUse, InvalidInput, NotFound
from wizard.extensions import db
from wizard.models import Account, User, UserGroup, group_membership
from wizard.models.columns import name_key, now
from wizard.services import audit
from wizard.services.dependencies import connections_that_need
from wizard.services.lists import Page, contains, is_deleted, page_of
from wizard.services.versions import require_version

USERS_PER_PAGE = 50
Row = TypeVar("Row", User, UserGroup)


class Shown(StrEnum):
    """Which users or groups a list shows: those who can be chosen, those who have left SuperOffice, those who are here
    only, or the deleted."""

    CURRENT = "current"
    LEFT = "left"
    HERE = "here"
    DELETED = "deleted"


def is_shown(model: Any, shown: Shown) -> ColumnElement[bool]:
    """Whether a user or group is one of these."""
    if shown is Shown.DELETED:
        return is_deleted(model, True)
    conditions = {
        Shown.CURRENT: model.left_at.is_(None),
        Shown.LEFT: model.left_at.is_not(None),
        Shown.HERE: model.superoffice_id.is_(None),
    }
    condition: ColumnElement[bool] = is_deleted(model, False) & conditions[shown]
    return condition


def list_users(query: str, shown: Shown, page: int) -> Page[User]:
    """A page of users by name; `query` is a part of the name or the user name."""
    found = select(User).where(is_shown(User, shown))
    if query:
        key = name_key(query)
        found = found.where(or_(contains(User.name_key, key), contains(User.username_key, key)))
    by_name = found.order_by(User.name_key, User.id)
    return page_of(by_name, page, USERS_PER_PAGE, options=[selectinload(User.groups)])


def count_shown(model: type[User] | type[UserGroup]) -> dict[Shown, int]:
    """How many there are of each."""
    counts = [select(func.count(model.id)).where(is_shown(model, each)).scalar_subquery() for each in Shown]
    return dict(zip(Shown, db.session.execute(select(*counts)).one(), strict=True))


def count_there(model: type[User] | type[UserGroup]) -> int:
    """How many of the current ones were read from SuperOffice."""
    there = select(func.count(model.id)).where(is_shown(model, Shown.CURRENT), model.superoffice_id.is_not(None))
    return db.session.scalar(there) or 0


def list_groups(shown: Shown = Shown.CURRENT) -> Sequence[UserGroup]:
    """All of these groups, by name."""
    found = select(UserGroup).where(is_shown(UserGroup, shown)).order_by(UserGroup.name_key)
    return db.session.scalars(found).all()


def users_there(query: str) -> Sequence[User]:
    """The first users of SuperOffice whose name or user name has the text."""
    key = name_key(query)
    named = or_(contains(User.name_key, key), contains(User.username_key, key))
    found = select(User).where(is_shown(User, Shown.CURRENT), User.superoffice_id.is_not(None), named)
    return db.session.scalars(found.order_by(User.name_key, User.id).limit(USERS_PER_PAGE)).all()


def groups_there(query: str) -> Sequence[UserGroup]:
    """The groups of SuperOffice whose name has the text."""
    named = contains(UserGroup.name_key, name_key(query))
    found = select(UserGroup).where(is_shown(UserGroup, Shown.CURRENT), UserGroup.superoffice_id.is_not(None), named)
    return db.session.scalars(found.order_by(UserGroup.name_key)).all()


def group_sizes(groups: Sequence[UserGroup]) -> dict[int, int]:
    """The number of users in each group, by its id."""
    gone = select(User.id).where(not_(is_shown(User, Shown.CURRENT)))  # few: looking up the others takes twice as long
    counted = (
        select(group_membership.c.group_id, func.count())
        .where(group_membership.c.group_id.in_([group.id for group in groups]), group_membership.c.user_id.not_in(gone))
        .group_by(group_membership.c.group_id)
    )
    return dict(iter(db.session.execute(counted)))


def ids_by_name(groups: Collection[str], usernames: Collection[str]) -> tuple[dict[str, int], dict[str, int]]:
    """The ids of current groups by name and of current users by user name, without those that do not exist."""
    found = []
    for model, key, texts in ((UserGroup, UserGroup.name_key, groups), (User, User.username_key, usernames)):
        keys = [name_key(text) for text in texts]
        ids = dict(iter(db.session.execute(select(key, model.id).where(key.in_(keys), is_deleted(model, False)))))
        found.append({text: ids[name_key(text)] for text in texts if name_key(text) in ids})
    return found[0], found[1]


def find_user(user_id: int, *, to_edit: bool = False) -> User:
    """Raises NotFound, with `to_edit` also for a deleted one."""
    user = db.session.get(User, user_id)
    if user is None or (to_edit and user.deleted_at is not None):
        raise NotFound(user_id)
    return user


def find_group(group_id: int, *, to_edit: bool = False) -> UserGroup:
    """Raises NotFound, with `to_edit` also for a deleted one."""
    group = db.session.get(UserGroup, group_id)
    if group is None or (to_edit and group.deleted_at is not None):
        raise NotFound(group_id)
    return group


def save_user(
    account: Account, user: User | None, version: int | None, name: str, username: str, group_ids: Collection[int]
) -> User:
    """Adds or changes a user.

    Raises StaleVersion for one that is not at `version` any more, and InvalidInput for a user name that is taken.
    """
    groups = select(UserGroup).where(UserGroup.id.in_(group_ids), UserGroup.deleted_at.is_(None))
    user = _next_version(user, version) if user else User()
    with db.session.no_autoflush:  # the query would flush the user outside of _flush
        user.name, user.username, user.groups = name, username, list(db.session.scalars(groups))
    db.session.add(user)
    _flush({"username": "taken"})
    audit.note(account, "user.saved", name)
    db.session.commit()
    return user


def save_group(account: Account, group: UserGroup | None, version: int | None, name: str) -> UserGroup:
    """Adds or renames a group.

    Raises StaleVersion for one that is not at `version` any more, and InvalidInput for a name that is taken.
    """
    group = _next_version(group, version) if group else UserGroup()
    group.name = name
    db.session.add(group)
    _flush({"name": "taken"})
    audit.note(account, "group.saved", name)
    db.session.commit()
    return group


def delete_user(account: Account, user: User) -> None:
    """Raises InUse with the connections whose scope has this user."""
    if names := connections_that_need(user):
        raise InUse(names)
    _delete(account, user, "user.deleted")


def delete_group(account: Account, group: UserGroup) -> None:
    """Raises InUse with the connections whose scope has this group."""
    if names := connections_that_need(group):
        raise InUse(names)
    _delete(account, group, "group.deleted")


def restore_user_or_group(account: Account, row: User | UserGroup) -> None:
    """Raises InvalidInput when its name has been taken since."""
    if row.deleted_at is None:
        return
    row.deleted_at = None
    row.version += 1
    _flush({"name": "taken"})
    audit.note(account, "users.restored", row.name)
    db.session.commit()


def _next_version(row: Row, version: int | None) -> Row:
    require_version(row, version)
    row.version += 1
    return row


def _delete(account: Account, row: User | UserGroup, action: str) -> None:
    if row.deleted_at is None:
        row.deleted_at = now()
        row.version += 1
        audit.note(account, action, row.name)
        db.session.commit()


def _flush(errors: dict[str, str]) -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise InvalidInput(errors) from error
