"""The exception that every failed call of SuperOffice ends in."""

from __future__ import annotations

from dataclasses import replace

from wizard.domain.check import Outcome, Stage, StageResult
from wizard.outside.http import Evidence, Facts, Failure

_BEFORE_THE_REQUEST = (Stage.ADDRESS, Stage.DNS, Stage.CONNECT, Stage.TLS)
_REFUSED_UNREAD = frozenset(
    [
        *("superoffice.throttled", "superoffice.tenant_moved", "superoffice.agent_forbidden", "superoffice.too_old"),
        *("superoffice.not_authorised", "superoffice.basic_disabled", "superoffice.consent_revoked"),
        *("superoffice.client_rejected", "superoffice.licence_missing"),
    ]
)
"""Reasons with which SuperOffice says that it has not done what was asked for."""


class SuperOfficeError(Exception):
    """A call failed. `result` is that of the layer that broke, or of stage `superoffice`; secrets are masked in it."""

    def __init__(self, result: StageResult) -> None:
        super().__init__(result.reason)
        self.result = replace(result, facts={**result.facts, "target": "superoffice"})

    @property
    def reason(self) -> str:
        """The code of the reason."""
        return self.result.reason or ""

    @property
    def is_unreached(self) -> bool:
        """Whether nobody took the call."""
        return self.result.stage in _BEFORE_THE_REQUEST

    @property
    def may_be_done(self) -> bool:
        """Whether SuperOffice may have carried out the call all the same, as its answer only was lost or unreadable."""
        return not self.is_unreached and self.reason not in _REFUSED_UNREAD


def refusal(name: str, facts: Facts | None = None, evidence: Evidence = ()) -> SuperOfficeError:
    """The error of stage `superoffice` with the reason of this name."""
    return SuperOfficeError(
        StageResult(Stage.SUPEROFFICE, Outcome.FAILED, f"superoffice.{name}", facts or {}, evidence)
    )


def error_of(failure: Failure) -> SuperOfficeError:
    """The error of a layer that broke; a time-out after the connection was made is SuperOffice's own."""
    if failure.reason == "http.timeout":
        return refusal("slow", failure.facts, failure.evidence)
    result = StageResult(
        failure.stage, Outcome.FAILED, failure.reason, failure.facts, failure.evidence, 0, failure.sign
    )
    return SuperOfficeError(result)
