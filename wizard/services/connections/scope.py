"""Chooses who may use a connection: finds users and groups, and writes the choice to the draft."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import selectinload

from wizard.domain.connection import Scope
from wizard.domain.drafts import Merge, PageVersion
from wizard.domain.steps import Step
from wizard.extensions import db
from wizard.models import Account, Setup, User, UserGroup
from wizard.models.columns import name_key
from wizard.services.lists import contains
from wizard.services.setups import save_draft

MAX_USERS = 50
"""How many users are listed at once; others are found by searching."""


def find_groups(query: str, chosen: Collection[int]) -> Sequence[UserGroup]:
    """Groups that can be chosen and whose name has the text, the chosen first; of those that are gone, the chosen."""
    found = select(UserGroup).where(_can_be_listed(UserGroup, chosen), contains(UserGroup.name_key, name_key(query)))
    return db.session.scalars(found.order_by(UserGroup.id.in_(chosen).desc(), UserGroup.name_key)).all()


def count_groups() -> int:
    """Counts the groups that can be chosen."""
    current = select(func.count(UserGroup.id)).where(UserGroup.deleted_at.is_(None), UserGroup.left_at.is_(None))
    return db.session.scalar(current) or 0


def find_users(query: str, chosen: Collection[int], total: int) -> tuple[Sequence[User], int]:
    """Users that can be chosen and whose name has the text, with their groups, up to the limit; and their number.

    The chosen come first, those who have left among them. Both parts are read in the order of an index. `total`: how
    many can be chosen.
    """
    key = name_key(query)
    found = select(User).where(_can_be_listed(User, chosen))
    if key:
        found = found.where(or_(contains(User.name_key, key), contains(User.username_key, key)))
    first = _first(found.where(User.id.in_(chosen)), MAX_USERS) if chosen else []
    users = [*first, *_first(found.where(User.id.not_in(chosen)), MAX_USERS - len(first))]
    if len(users) < MAX_USERS:
        return users, len(users)
    if not key:
        return users, total + sum(user.left_at is not None for user in first)
    return users, db.session.scalar(found.with_only_columns(func.count(User.id))) or 0


def _first(found: Select[User], count: int) -> Sequence[User]:
    rows = found.options(selectinload(User.groups)).order_by(User.name_key, User.id).limit(count)
    return db.session.scalars(rows).all()


def _can_be_listed(model: type[User] | type[UserGroup], chosen: Collection[int]) -> ColumnElement[bool]:
    """Whether it can be chosen, or is chosen although SuperOffice does not have it any more."""
    return model.deleted_at.is_(None) & (model.left_at.is_(None) | model.id.in_(chosen))


def without_deleted(scope: Scope) -> Scope:
    """The scope without those users and groups that are deleted."""
    return replace(
        scope, group_ids=_current_ids(UserGroup, scope.group_ids), user_ids=_current_ids(User, scope.user_ids)
    )


def scope_names(scope: Scope) -> list[str]:
    """The names of its groups and users, groups first."""
    of_groups = select(UserGroup.name).where(UserGroup.id.in_(scope.group_ids)).order_by(UserGroup.name_key)
    of_users = select(User.name).where(User.id.in_(scope.user_ids)).order_by(User.name_key)
    return [*db.session.scalars(of_groups), *db.session.scalars(of_users)]


def scope_of_draft(setup: Setup) -> Scope:
    """The scope that step 3 names, without those that were deleted since."""
    return without_deleted(Scope.from_draft(setup.typed(Step.CONNECTION)))


def choose_scope(account: Account, setup: Setup, scope: Scope, page: PageVersion) -> Merge:
    """Writes the choice to the draft of step 3, unless another page has made another one meanwhile."""
    draft = setup.typed(Step.CONNECTION) | without_deleted(scope).to_draft()
    return save_draft(account, setup, Step.CONNECTION, draft, page)


def _current_ids(model: type[User] | type[UserGroup], ids: Collection[int]) -> tuple[int, ...]:
    if not ids:
        return ()
    current = select(model.id).where(model.id.in_(ids), model.deleted_at.is_(None)).order_by(model.id)
    return tuple(db.session.scalars(current))
