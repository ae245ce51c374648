"""The watch: connectors and connections that are tested by themselves.

`change` says what is tested and how often, `find` how that went.
"""

from wizard.services.watch.change import ensure_watches, hasten, set_interval
from wizard.services.watch.find import (
    count_down_connections,
    days_of,
    ended_outages,
    find_outage,
    open_outages,
    outages,
    strip,
    watch_of,
    watches_of,
)

__all__ = [
    "count_down_connections",
    "days_of",
    "ended_outages",
    "ensure_watches",
    "find_outage",
    "hasten",
    "open_outages",
    "outages",
    "set_interval",
    "strip",
    "watch_of",
    "watches_of",
]
