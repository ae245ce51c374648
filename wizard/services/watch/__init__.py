"""The watch: connectors and connections that are tested by themselves.

`change` says what is tested and how often, `find` how that went.
"""

from wizard.services.watch.change import ensure_watches, set_interval
from wizard.services.watch.find import count_outages, days_of, outages, strip, watch_of, watches_of

__all__ = [
    "count_outages",
    "days_of",
    "ensure_watches",
    "outages",
    "set_interval",
    "strip",
    "watch_of",
    "watches_of",
]
