"""The three steps of SuperOffice's help page."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """A step of the guide, in order."""

    APP = "app"
    CONNECTOR = "connector"
    CONNECTION = "connection"


STEPS = tuple(Step)
