"""The steps of the guide, as on SuperOffice's help page."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """A step of the guide, in order: each needs the ones before it. Its page is `wizard.views.setups.<step>`."""

    APP = "app"
    CONNECTOR = "connector"
    CONNECTION = "connection"

    @property
    def number(self) -> int:
        return tuple(Step).index(self) + 1

    @property
    def next(self) -> Step | None:
        return next((step for step in Step if step.number == self.number + 1), None)
