"""Tells a connector that cannot be reached from a machine that reaches nothing."""

from __future__ import annotations

import errno
from dataclasses import replace
from datetime import timedelta

from wizard.domain.check import Stage, StageResult
from wizard.services.watch.performing import Result

FRESH_SECONDS = 2 * 60
"""How long it counts that another machine was reached."""
PATIENCE_SECONDS = 15 * 60
"""How long a failure is doubted while too few others are watched to know better."""
MANY_HOSTS = 3
"""So many hosts are not away at once."""
PAUSE = timedelta(minutes=1)
_NO_ROUTE = tuple(f"[Errno {code}]" for code in (errno.ENETUNREACH, errno.ENETDOWN))


class OwnNetwork:
    """What this process knows of its own network. Times are those of a clock that nobody sets."""

    def __init__(self) -> None:
        self._reached_at: float | None = None
        self._doubts: dict[str, float] = {}

    def judge(self, result: Result, at: float) -> Result:
        """The result; void if it is likelier that this machine has no network or no name service."""
        if result.has_left:
            self._reached_at = at
            self._doubts.clear()
        if result.failure is None or not _is_doubtful(result.failure) or self._reaches_others(at):
            return result
        since = self._doubts.setdefault(result.failure.facts.get("host", ""), at)
        is_own = len(self._doubts) >= MANY_HOSTS or at - since < PATIENCE_SECONDS
        return replace(result, is_void=True, pause=PAUSE) if is_own else result

    def _reaches_others(self, at: float) -> bool:
        return self._reached_at is not None and at - self._reached_at < FRESH_SECONDS


def _is_doubtful(failure: StageResult) -> bool:
    """Whether this machine has no way to the host, or nobody who knows its name."""
    if failure.stage == Stage.DNS:
        return failure.reason == "dns.temporary"
    texts = (text for _, text in failure.evidence)
    return failure.stage == Stage.CONNECT and any(text.startswith(_NO_ROUTE) for text in texts)
