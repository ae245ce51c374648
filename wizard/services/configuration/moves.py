"""Moves one field in the rank of its actor type, or one connection in the order of all.

A move is made in the order as it is by then: two administrators may move at once, and both moves are made.
"""

from __future__ import annotations

from sqlalchemy import select

from wizard.domain.configuration import Move, Moved, Part, move_in
from wizard.extensions import db
from wizard.models import Account, Connection
from wizard.services.configuration.find import in_priority, load_for_update
from wizard.services.configuration.save import save_order, save_priorities


def move_field(
    account: Account, connection: Connection, actor_type: str, key: str, move: Move, before: str | None = None
) -> Moved[str] | None:
    """None where nothing has moved: the field is gone, or cannot go further."""
    settings = load_for_update(connection).type(actor_type)
    done = move_in([each.key for each in settings.fields], key, move, before)
    if done is not None:
        save_order(account, connection, actor_type, done.order, settings.versions(Part.RANK))
    return done


def move_connection(account: Account, connection_id: int, move: Move, before: int | None = None) -> Moved[int] | None:
    """None where nothing has moved: the connection is deleted, or cannot go further."""
    db.session.scalars(select(Connection.id).order_by(Connection.id).with_for_update(key_share=True)).all()
    done = move_in([each.id for each in in_priority()], connection_id, move, before)
    if done is not None:
        save_priorities(account, done.order)
    return done
