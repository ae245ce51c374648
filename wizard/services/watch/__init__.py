"""The watch: connectors and connections that are tested by themselves.

`change` says what is tested and how often, `find` how that went. `claim` takes what is due, `performing` tests it,
`own_network` doubts what was found, and `storing` keeps it, for the threads of `wizard.jobs.watcher`.
"""

from wizard.services.watch.change import ensure_watches, hasten, set_interval
from wizard.services.watch.claim import Job, claim_due, make_jumped_due
from wizard.services.watch.find import (
    count_down_connections,
    days_of,
    ended_outages,
    find_outage,
    open_outages,
    strip,
    watch_of,
    watches_of,
)
from wizard.services.watch.own_network import OwnNetwork
from wizard.services.watch.performing import Result, perform, void
from wizard.services.watch.storing import Tell, store

__all__ = [
    "Job",
    "OwnNetwork",
    "Result",
    "Tell",
    "claim_due",
    "count_down_connections",
    "days_of",
    "ended_outages",
    "ensure_watches",
    "find_outage",
    "hasten",
    "make_jumped_due",
    "open_outages",
    "perform",
    "set_interval",
    "store",
    "strip",
    "void",
    "watch_of",
    "watches_of",
]
