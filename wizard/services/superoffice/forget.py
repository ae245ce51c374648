"""Forgets what rows say of a SuperOffice, because another one is linked now."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from wizard.extensions import db
from wizard.models import (
    ConfigurationState,
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

_NOTHING_THERE = {
    **dict.fromkeys(("schema_read_at", "written_token", "written_at", "theirs_token", "theirs_at"), None),
    **dict.fromkeys(("refused_token", "write_failure_token", "writing_until", "retry_at"), None),
    **dict.fromkeys(("activated_at", "activated_by", "is_active"), None),
    "waiting": True,
    "reactivate": False,
    "retries": 0,
}
"""What is known of a configuration: another SuperOffice has nothing of it yet."""


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
    for state in db.session.scalars(select(ConfigurationState).where(ConfigurationState.schema_token.is_not(None))):
        state.schema = state.schema and state.schema.of_another_superoffice()
    db.session.execute(update(ConfigurationState).values(**_NOTHING_THERE))
    open_writes = SuperOfficeWrite.state.in_((WriteState.OPEN, WriteState.UNCLEAR))
    db.session.execute(update(SuperOfficeWrite).where(open_writes).values(state=WriteState.NOT_DONE, ended_at=now()))
    for read in (SuperOfficeDrift, SuperOfficeReading):
        db.session.execute(delete(read))
