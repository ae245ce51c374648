"""Forgets what rows say of a SuperOffice, because another one is linked now."""

from __future__ import annotations

from sqlalchemy import delete, update

from wizard.extensions import db
from wizard.models import (
    Connection,
    Connector,
    SuperOfficeDrift,
    SuperOfficeReading,
    SuperOfficeWrite,
    User,
    UserGroup,
    WriteState,
)
from wizard.models.columns import now


def forget_the_other_superoffice() -> None:
    """Of another SuperOffice, in which the same numbers stand for something else: what it has, and what it is owed.

    Does not commit.
    """
    for model in (Connector, Connection, User, UserGroup):
        db.session.execute(update(model).values(superoffice_id=None))
    for saved in (Connector, Connection):
        nothing = {"superoffice_seen_token": None, "superoffice_seen_at": None, "superoffice_owed": None}
        db.session.execute(update(saved).values(**nothing))
    db.session.execute(update(Connection).values(superoffice_state=None))
    open_writes = SuperOfficeWrite.state.in_((WriteState.OPEN, WriteState.UNCLEAR))
    db.session.execute(update(SuperOfficeWrite).where(open_writes).values(state=WriteState.NOT_DONE, ended_at=now()))
    for read in (SuperOfficeDrift, SuperOfficeReading):
        db.session.execute(delete(read))
