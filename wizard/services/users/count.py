"""Counts whom a scope means; a person in two chosen groups counts once."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, or_, select

from wizard.extensions import db
from wizard.models import User, UserGroup, group_membership


def count_everyone() -> int:
    """How many people there are."""
    return db.session.scalar(select(func.count(User.id)).where(User.deleted_at.is_(None))) or 0


def count_users(group_ids: Collection[int], user_ids: Collection[int]) -> int:
    """How many people the groups and persons are together."""
    in_groups = (
        select(group_membership.c.user_id)
        .join(UserGroup, UserGroup.id == group_membership.c.group_id)
        .where(group_membership.c.group_id.in_(group_ids), UserGroup.deleted_at.is_(None))
    )
    meant = or_(User.id.in_(user_ids), User.id.in_(in_groups))
    return db.session.scalar(select(func.count(User.id)).where(User.deleted_at.is_(None), meant)) or 0
