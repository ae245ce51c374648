"""What saving here means for SuperOffice: whether it is saved there too, for whom, and what is owed there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from wizard.domain.connection import Scope
from wizard.errors import NotInSuperOffice
from wizard.extensions import db
from wizard.models import Connection, Connector, Owed, SuperOfficeLink, User, UserGroup


def may_save_there() -> bool:
    """Whether SuperOffice is linked and the wizard saves there; else a sheet says what to enter."""
    link = db.session.scalar(select(SuperOfficeLink).where(SuperOfficeLink.linked_at.is_not(None)))
    return link is not None and link.may_save


def owe_there(row: Connector | Connection, owed: Owed) -> None:
    """Remembers that what was done to a row here has to be done in SuperOffice too. Takes back the opposite."""
    if row.superoffice_id is not None and may_save_there():
        row.superoffice_owed = owed


@dataclass(frozen=True, slots=True)
class ScopeThere:
    """Everyone, or user groups and associates by SuperOffice's ids."""

    everyone: bool
    group_ids: tuple[int, ...] = ()
    associate_ids: tuple[int, ...] = ()


def scope_there(scope: Scope) -> ScopeThere:
    """Raises NotInSuperOffice with the names of those that SuperOffice does not know, or who have left."""
    if scope.everyone:
        return ScopeThere(True)
    groups, unknown_groups = _ids_there(UserGroup, scope.group_ids)
    users, unknown_users = _ids_there(User, scope.user_ids)
    if unknown := [*unknown_groups, *unknown_users]:
        raise NotInSuperOffice(unknown)
    return ScopeThere(False, groups, users)


def _ids_there(model: type[User] | type[UserGroup], ids: tuple[int, ...]) -> tuple[tuple[int, ...], list[str]]:
    if not ids:
        return (), []
    found = select(model.name, model.superoffice_id, model.left_at).where(model.id.in_(ids)).order_by(model.id)
    rows = db.session.execute(found).all()
    known = tuple(row.superoffice_id for row in rows if row.superoffice_id is not None and row.left_at is None)
    return known, [row.name for row in rows if row.superoffice_id is None or row.left_at is not None]
