"""Counts the users of a scope; one who is in two of its groups counts once, one who has left SuperOffice does not."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, or_, select

from wizard.extensions import db
from wizard.models import User, UserGroup, group_membership
from wizard.services.users.manage import Shown, is_shown


def count_everyone() -> int:
    """Counts all users who can be chosen."""
    return db.session.scalar(select(func.count(User.id)).where(is_shown(User, Shown.CURRENT))) or 0


def count_groups() -> int:
    """Counts all groups."""
    return db.session.scalar(select(func.count(UserGroup.id)).where(UserGroup.deleted_at.is_(None))) or 0


def count_users(group_ids: Collection[int], user_ids: Collection[int]) -> int:
    """Counts these users and those who are in these groups."""
    in_groups = (
        select(group_membership.c.user_id)
        .join(UserGroup, UserGroup.id == group_membership.c.group_id)
        .where(group_membership.c.group_id.in_(group_ids), is_shown(UserGroup, Shown.CURRENT))
    )
    in_scope = or_(User.id.in_(user_ids), User.id.in_(in_groups))
    return db.session.scalar(select(func.count(User.id)).where(is_shown(User, Shown.CURRENT), in_scope)) or 0


def names_of_left(group_ids: Collection[int], user_ids: Collection[int]) -> list[str]:
    """Names of those of the scope that SuperOffice does not have any more, groups first."""
    found: list[str] = []
    for model, ids in ((UserGroup, group_ids), (User, user_ids)):
        left = select(model.name).where(model.id.in_(ids), is_shown(model, Shown.LEFT)).order_by(model.name_key)
        found += db.session.scalars(left).all() if ids else []
    return found
