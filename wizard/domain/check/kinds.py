"""What a check is run for, and the states that it goes through."""

from __future__ import annotations

from enum import StrEnum


class RunKind(StrEnum):
    """What a run does: check a connector, test a configuration, save a connection, or let its connector forget one."""

    CONNECTOR = "connector"
    CONNECTION = "connection"
    SAVE = "save"
    REMOVAL = "removal"


class RunState(StrEnum):
    """`interrupted`: its process ended before the run did."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
