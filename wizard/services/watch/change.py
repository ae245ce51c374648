"""What is watched, and how often."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.exc import IntegrityError

from wizard.domain.next_steps import NextStep
from wizard.domain.watch import Interval, next_due
from wizard.extensions import db
from wizard.models import Account, ConfigurationState, Connection, ConnectionState, DoneStep, Outage, Watch
from wizard.models.columns import now
from wizard.models.database import reload_for_update, writing
from wizard.services import audit
from wizard.services.watch.find import Target, watch_of

DEFAULT = Interval.HOUR
"""How often an active connection is tested, and its connector, until somebody chooses another interval."""
BATCH = 500


def set_interval(account: Account, target: Target, interval: Interval) -> Watch:
    """Chooses how often something is tested; what was not tested before is due at once. Commits."""
    reload_for_update(type(target), target.id)
    watch = watch_of(target) or _new_watch(target)
    if watch.interval != interval:
        _change(watch, interval)
        audit.note(account, f"{target.__tablename__}.watched", target.name, interval)
    db.session.commit()
    return watch


def _new_watch(target: Target) -> Watch:
    watch = Watch(**{f"{target.__tablename__}_id": target.id}, interval=Interval.OFF)
    db.session.add(watch)
    db.session.flush()
    return watch


def _change(watch: Watch, interval: Interval) -> None:
    if interval is Interval.OFF:
        _forget_outage(watch)
    is_new = watch.interval is Interval.OFF
    watch.interval = interval
    due = next_due(watch.id, interval, watch.failures, now())
    watch.due_at = now() if is_new and due else due


def _forget_outage(watch: Watch) -> None:
    """What is not tested any more is not known to be down."""
    if watch.outage_id is not None:
        db.session.get_one(Outage, watch.outage_id).until = now()
    watch.failures, watch.outage_id, watch.stage, watch.reason = 0, None, None, None


def hasten(target: Target) -> None:
    """Lets the watch look at once at what has failed: whoever tests it by hand has mended it, perhaps. Commits."""
    watch = watch_of(target)
    if watch is not None and watch.failures and watch.interval is not Interval.OFF:
        watch.due_at = now()
        db.session.commit()


def ensure_watches() -> None:
    """Begins to watch the active connections and their connectors that nobody has chosen an interval for. Commits."""
    with writing():
        try:
            while _begin_to_watch():
                db.session.commit()
        except IntegrityError:  # another process has begun at the same moment
            db.session.rollback()
        db.session.commit()


def _begin_to_watch() -> bool:
    """Adds some of the watches that are missing; whether there were any."""
    watched = exists().where(Watch.connection_id == Connection.id)
    connections = select(Connection.id).where(_is_active(), ~watched).limit(BATCH)
    new = [Watch(connection_id=each, interval=DEFAULT) for each in db.session.scalars(connections)]
    watched = exists().where(Watch.connector_id == Connection.connector_id)
    connectors = select(Connection.connector_id).where(_is_active(), ~watched).distinct().limit(BATCH)
    new += [Watch(connector_id=each, interval=DEFAULT) for each in db.session.scalars(connectors)]
    db.session.add_all(new)
    db.session.flush()
    for watch in new:
        watch.due_at = next_due(watch.id, watch.interval, 0, now())
    return bool(new)


def _is_active() -> ColumnElement[bool]:
    """The connection is active in SuperOffice, as it was last seen or as somebody has ticked."""
    seen = exists().where(ConfigurationState.connection_id == Connection.id, ConfigurationState.is_active.is_(True))
    ticked = exists().where(DoneStep.connection_id == Connection.id, DoneStep.step == NextStep.ACTIVATE)
    is_saved = and_(Connection.deleted_at.is_(None), Connection.state == ConnectionState.SAVED)
    return and_(is_saved, or_(seen, ticked))
