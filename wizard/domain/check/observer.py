"""How the progress of a check is reported, from the socket layers up to a page or a terminal."""

from __future__ import annotations

from typing import Protocol

from wizard.domain.check.results import StageResult
from wizard.domain.check.stages import Stage


class CheckObserver(Protocol):
    """Is notified of each stage as it starts and ends."""

    def started(self, stage: Stage) -> None: ...

    def ended(self, result: StageResult) -> None: ...


class _NoObserver:
    def started(self, stage: Stage) -> None: ...

    def ended(self, result: StageResult) -> None: ...


NO_OBSERVER: CheckObserver = _NoObserver()
