"""Chooses who may use a connection: finds users and groups, and writes the choice to the draft."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import func, or_, select
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
    """Current groups whose name has the text, the chosen first."""
    found = select(UserGroup).where(UserGroup.deleted_at.is_(None), contains(UserGroup.name_key, name_key(query)))
    return db.session.scalars(found.order_by(UserGroup.id.in_(chosen).desc(), UserGroup.name_key)).all()


def count_groups() -> int:
    """Counts the current groups."""
    return db.session.scalar(select(func.count(UserGroup.id)).where(UserGroup.deleted_at.is_(None))) or 0


def find_users(query: str, chosen: Collection[int]) -> tuple[Sequence[User], int]:
    """Current users whose name has the text, with their groups, the chosen first, up to the limit; and their number."""
    key = name_key(query)
    found = select(User).where(
        User.deleted_at.is_(None), or_(contains(User.name_key, key), contains(User.username_key, key))
    )
    first = User.id.in_(chosen).desc()
    rows = found.options(selectinload(User.groups)).order_by(first, User.name_key, User.id).limit(MAX_USERS)
    users = db.session.scalars(rows).all()
    count = db.session.scalar(select(func.count()).select_from(found.subquery())) if len(users) == MAX_USERS else None
    return users, len(users) if count is None else count


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
