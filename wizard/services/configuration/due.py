"""Goes through connections whose time has come, for a periodic task."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import Connection
from wizard.models.database import writing


def for_each(connection_ids: Iterable[int], act: Callable[[Connection], object]) -> None:
    """Acts on each that there still is, until the process closes. No transaction may be open."""
    for connection_id in connection_ids:
        if job_queue().is_closing():
            return
        with writing():
            connection = db.session.get(Connection, connection_id)
            if connection is not None:
                act(connection)
