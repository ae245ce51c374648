"""Counts whom a scope means; a person in two chosen groups counts once."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, or_, select

from wizard.extensions import db
from wizard.models import Person, UserGroup, group_member


def count_everyone() -> int:
    """How many people there are."""
    return db.session.scalar(select(func.count(Person.id)).where(Person.deleted_at.is_(None))) or 0


def count_people(group_ids: Collection[int], person_ids: Collection[int]) -> int:
    """How many people the groups and persons are together."""
    in_groups = (
        select(group_member.c.person_id)
        .join(UserGroup, UserGroup.id == group_member.c.group_id)
        .where(group_member.c.group_id.in_(group_ids), UserGroup.deleted_at.is_(None))
    )
    meant = or_(Person.id.in_(person_ids), Person.id.in_(in_groups))
    return db.session.scalar(select(func.count(Person.id)).where(Person.deleted_at.is_(None), meant)) or 0
