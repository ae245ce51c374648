"""What Monitoring has found, beside each row of a list and on the page of a connection or connector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from wizard.domain.watch import Interval
from wizard.messages import day_and_time, moment
from wizard.models import Connection, Connector, Outage, Watch
from wizard.services.watch import open_outages, strip, watches_of
from wizard.views.checks.health_view import HealthView
from wizard.views.checks.receipt_view import capitalised
from wizard.views.watch.muting import muted_text
from wizard.views.watch.strip_view import StripView, strip_views


@dataclass(frozen=True)
class WatchedView:
    """`health` is there unless a test by hand is newer, `muted` while nobody is notified; `href` is the page of
    Monitoring.
    """

    href: str
    strip: StripView
    health: HealthView | None
    muted: str


def watched_views(targets: Sequence[Connection | Connector]) -> Mapping[int, WatchedView]:
    """Those of the rows that were tested automatically, by their ids; in three statements at most."""
    watches = watches_of(targets)
    strips = strip_views(strip([watch.id for watch in watches.values()]))
    down = open_outages(watches.values())
    views = {
        target.id: _view(target, watch, strips[watch.id], down.get(watch.id))
        for target in targets
        if (watch := watches.get(target.id))
    }
    return {target_id: view for target_id, view in views.items() if not view.strip.is_empty}


def watched_view(target: Connection | Connector) -> WatchedView | None:
    return watched_views([target]).get(target.id)


def _view(target: Connection | Connector, watch: Watch, strip_: StripView, outage: Outage | None) -> WatchedView:
    return WatchedView(_href(target), strip_, _health(target, watch, outage), muted_text(watch))


def _href(target: Connection | Connector) -> str:
    if isinstance(target, Connection):
        return url_for("watch.connection", connection_id=target.id)
    return url_for("watch.connector", connector_id=target.id)


def _health(target: Connection | Connector, watch: Watch, outage: Outage | None) -> HealthView | None:
    by_hand = target.health
    if watch.interval == Interval.OFF or watch.last_at is None or (by_hand and by_hand.at > watch.last_at):
        return None
    if outage is not None and watch.is_down:
        return HealthView(_("Down since %(moment)s", moment=day_and_time(outage.since)), "bad", "")
    at = capitalised(moment(watch.last_at))
    if outage is not None:
        return HealthView(_("Last test failed"), "warn", at)
    return HealthView(_("Works") if isinstance(target, Connection) else _("Answers"), "ok", at)
