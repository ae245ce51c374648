"""Takes over what SuperOffice has, where nothing was chosen here, and keeps it as what both sides have."""

from __future__ import annotations

from datetime import datetime

from wizard.domain.configuration import (
    PARTS_OF_FIELDS,
    TYPE_ROW,
    Configuration,
    FieldSettings,
    Part,
    TypeSettings,
    differences,
    take_over,
)
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.columns import now
from wizard.services.configuration.find import load
from wizard.services.configuration.store import write_settings
from wizard.services.configuration.there.merge import merged
from wizard.services.configuration.there.state import is_read_since, state_for_update

READ_PARTS = (Part.MAPPINGS, Part.LISTS, Part.RANK)
"""What is read of all fields at once."""


def adopt(connection: Connection, theirs: Configuration, theirs_at: datetime | None) -> None:
    """At the first time rows without settings get SuperOffice's; later, only what was read is kept. Commits.

    Nothing is kept of what may be old by now: `theirs_at` is when it was read before.
    """
    state = state_for_update(connection.id)
    if is_read_since(state, theirs_at):
        db.session.commit()
        return
    known = state.theirs or Configuration()
    for each in theirs.types:
        known = known.with_type(merged(known.type(each.actor_type), each, READ_PARTS))
    state.theirs, state.theirs_at = known, now()
    if state.written is None:
        ours = load(connection)
        write_settings(connection, ours, _taken(ours, known), "")
        state.written, state.written_at = known, now()
    db.session.commit()


def _taken(ours: Configuration, theirs: Configuration) -> Configuration:
    """The order is taken over only where nothing of the type was chosen."""
    chosen = {each.actor_type for each in ours.types if not _is_unset(each)}
    found = ours
    for row in differences(ours, theirs, None, (*PARTS_OF_FIELDS, Part.RANK)):
        is_chosen = ours.type(row.actor_type).field(row.key) != FieldSettings(row.key)
        if not (row.actor_type in chosen if row.key == TYPE_ROW else is_chosen):
            found = found.with_type(take_over(found.type(row.actor_type), [row]))
    return found


def _is_unset(settings: TypeSettings) -> bool:
    return not settings.is_synced and all(each == FieldSettings(each.key) for each in settings.fields)
