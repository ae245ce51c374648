"""What a check is run for, and the states that it goes through."""

from __future__ import annotations

from enum import StrEnum


class RunKind(StrEnum):
    """What a run does: check a connector, test a configuration, save a connection, let its connector forget one, or
    check the link with SuperOffice. `register` and `save_both` save a connector or a connection in SuperOffice too;
    `activate` checks whether a connection can be activated there, and activates it."""

    CONNECTOR = "connector"
    CONNECTION = "connection"
    SAVE = "save"
    REMOVAL = "removal"
    LINK = "link"
    REGISTER = "register"
    SAVE_BOTH = "save_both"
    ACTIVATE = "activate"


SAVES = (RunKind.SAVE, RunKind.SAVE_BOTH)
"""The kinds of runs that save a connection."""


class RunState(StrEnum):
    """`interrupted`: its process ended before the run did."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
