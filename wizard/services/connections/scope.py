"""Chooses who may use a connection: finds users and groups, and keeps what was ticked in the draft."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, or_, select

from wizard.domain.steps import Step
from wizard.extensions import db
from wizard.models import Account, Setup, User, UserGroup
from wizard.models.columns import name_key
from wizard.services.connectors.find import contains
from wizard.services.setups.draft import save_draft

MAX_USERS_SHOWN = 50
"""How many users are shown at once; others are found by searching."""


def find_groups(query: str, chosen: Collection[int]) -> Sequence[UserGroup]:
    """Current groups whose name has the text, the chosen first."""
    found = select(UserGroup).where(UserGroup.deleted_at.is_(None), contains(UserGroup.name_key, name_key(query)))
    return db.session.scalars(found.order_by(UserGroup.id.in_(chosen).desc(), UserGroup.name_key)).all()


def find_users(query: str, chosen: Collection[int]) -> tuple[Sequence[User], int]:
    """Current users whose name has the text, the chosen first, as many as are shown; and how many there are."""
    key = name_key(query)
    found = select(User).where(
        User.deleted_at.is_(None), or_(contains(User.name_key, key), contains(User.username_key, key))
    )
    first = User.id.in_(chosen).desc()
    shown = db.session.scalars(found.order_by(first, User.name_key, User.id).limit(MAX_USERS_SHOWN)).all()
    count = (
        db.session.scalar(select(func.count()).select_from(found.subquery())) if len(shown) == MAX_USERS_SHOWN else None
    )
    return shown, len(shown) if count is None else count


def known_ids(groups: Collection[int], users: Collection[int]) -> tuple[list[int], list[int]]:
    """Of these ids those that are there."""
    current_groups = select(UserGroup.id).where(UserGroup.id.in_(groups), UserGroup.deleted_at.is_(None))
    current_users = select(User.id).where(User.id.in_(users), User.deleted_at.is_(None))
    return sorted(db.session.scalars(current_groups)), sorted(db.session.scalars(current_users))


def names_of(groups: Collection[int], users: Collection[int]) -> list[str]:
    """The names of these groups and users, groups first."""
    of_groups = select(UserGroup.name).where(UserGroup.id.in_(groups)).order_by(UserGroup.name_key)
    of_users = select(User.name).where(User.id.in_(users)).order_by(User.name_key)
    return [*db.session.scalars(of_groups), *db.session.scalars(of_users)]


def members_of_draft(setup: Setup) -> tuple[list[int], list[int]]:
    """The groups and users that a draft names, but for those that were deleted since."""
    typed = setup.typed(Step.CONNECTION)
    return known_ids(typed.get("groups", ()), typed.get("people", ()))


def choose_scope(account: Account, setup: Setup, groups: Collection[int], users: Collection[int]) -> None:
    """Keeps the choice in the draft of step 3."""
    known_groups, known_users = known_ids(groups, users)
    typed = setup.typed(Step.CONNECTION) | {"scope": "specific", "groups": known_groups, "people": known_users}
    save_draft(account, setup, Step.CONNECTION, typed, None)
