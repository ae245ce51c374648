"""What a check is run for, and the states that it goes through."""

from __future__ import annotations

from enum import StrEnum


class RunKind(StrEnum):
    """What a run does: check a connector, test a configuration, or save a connection."""

    CONNECTOR = "connector"
    CONNECTION = "connection"
    SAVE = "save"


class RunState(StrEnum):
    """`interrupted`: its process ended before the run did."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
