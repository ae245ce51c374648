"""Counts the users of a scope; one who is in two of its groups counts once."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, or_, select

from wizard.extensions import db
from wizard.models import User, UserGroup, group_membership


def count_everyone() -> int:
    """Counts all users."""
    return db.session.scalar(select(func.count(User.id)).where(User.deleted_at.is_(None))) or 0


def count_users(group_ids: Collection[int], user_ids: Collection[int]) -> int:
    """Counts these users and those who are in these groups."""
    in_groups = (
        select(group_membership.c.user_id)
        .join(UserGroup, UserGroup.id == group_membership.c.group_id)
        .where(group_membership.c.group_id.in_(group_ids), UserGroup.deleted_at.is_(None))
    )
    in_scope = or_(User.id.in_(user_ids), User.id.in_(in_groups))
    return db.session.scalar(select(func.count(User.id)).where(User.deleted_at.is_(None), in_scope)) or 0
