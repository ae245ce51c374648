"""What a check is made of: stages, reasons, owners, outcomes and the verdict over them.

`REASONS` is the one place where a reason is declared. The words for it live in `wizard.messages`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Stage(StrEnum):
    """A layer between the browser and the ERP, in the order in which it is reached."""

    ADDRESS = "address"
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    HTTP = "http"
    CONTRACT = "contract"
    FIELDS = "fields"
    CONFIG = "config"
    SAVE = "save"
    CONNECTION = "connection"
    CATALOG = "catalog"


CONNECTOR_STAGES = (
    Stage.ADDRESS,
    Stage.DNS,
    Stage.CONNECT,
    Stage.TLS,
    Stage.HTTP,
    Stage.CONTRACT,
    Stage.FIELDS,
)
CONNECTION_STAGES = (*CONNECTOR_STAGES, Stage.CONFIG)
SAVE_STAGES = (Stage.SAVE, Stage.CONNECTION, Stage.CATALOG)


class Outcome(StrEnum):
    """How a stage ended."""

    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"


class Owner(StrEnum):
    """Who can repair what a reason names."""

    ADMIN = "admin"
    IT = "it"
    PROVIDER = "provider"
    ERP = "erp"


class Verdict(StrEnum):
    """The worst outcome of a check, or how it came to an early end."""

    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a stage did not simply pass. `code` is `stage.name`, for example `tls.expired`."""

    code: str
    owner: Owner
    outcome: Outcome = Outcome.FAILED


def _reasons(stage: Stage, owner: Owner, names: str, outcome: Outcome = Outcome.FAILED) -> Iterable[Reason]:
    return (Reason(f"{stage}.{name}", owner, outcome) for name in names.split())


REASONS: Mapping[str, Reason] = {
    reason.code: reason
    for group in (
        _reasons(
            Stage.ADDRESS,
            Owner.ADMIN,
            "empty malformed unsupported_scheme app_scheme credentials too_long not_allowed",
        ),
        _reasons(Stage.ADDRESS, Owner.ADMIN, "plain_http", Outcome.WARNING),
        _reasons(Stage.DNS, Owner.ADMIN, "not_found"),
        _reasons(Stage.DNS, Owner.IT, "temporary"),
        _reasons(Stage.CONNECT, Owner.PROVIDER, "refused"),
        _reasons(Stage.CONNECT, Owner.IT, "timeout unreachable"),
        _reasons(
            Stage.TLS,
            Owner.PROVIDER,
            "self_signed unknown_ca expired not_yet_valid hostname_mismatch protocol not_tls client_certificate"
            " timeout",
        ),
        _reasons(Stage.HTTP, Owner.ADMIN, "not_found"),
        _reasons(
            Stage.HTTP,
            Owner.PROVIDER,
            "auth_required forbidden redirect method_not_allowed unsupported_media rate_limited server_error"
            " unavailable unexpected_status timeout closed too_large not_http",
        ),
        _reasons(
            Stage.CONTRACT,
            Owner.PROVIDER,
            "html empty not_xml malformed_xml forbidden_xml content_type charset not_soap soap_version fault misread",
        ),
        _reasons(Stage.CONTRACT, Owner.ADMIN, "wrong_service"),
        _reasons(Stage.CONTRACT, Owner.PROVIDER, "namespace", Outcome.WARNING),
        _reasons(Stage.FIELDS, Owner.PROVIDER, "error duplicate_key unknown_type"),
        _reasons(Stage.FIELDS, Owner.PROVIDER, "none list_unavailable", Outcome.WARNING),
        _reasons(Stage.CONFIG, Owner.ERP, "rejected no_explanation contradiction"),
        _reasons(Stage.CONFIG, Owner.ERP, "info warning", Outcome.WARNING),
        _reasons(Stage.SAVE, Owner.ERP, "rejected"),
        _reasons(Stage.CONNECTION, Owner.ERP, "rejected unknown"),
        _reasons(Stage.CATALOG, Owner.PROVIDER, "rejected", Outcome.WARNING),
    )
    for reason in group
}
"""Every reason by its code. A late stage may reuse an early code: stage `config`, reason `http.timeout`."""


@dataclass(frozen=True, slots=True)
class StageResult:
    """How one stage ended.

    `facts` are the particulars that the words are made of (host, port, `until` as ISO 8601 in UTC, ...).
    `evidence` are raw rows, label and text, for the collapsed detail; secrets are already blacked out in both.
    """

    stage: Stage
    outcome: Outcome
    reason: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[tuple[str, str], ...] = ()
    elapsed_ms: int = 0

    @property
    def owner(self) -> Owner | None:
        """Who can repair it; None where there is nothing to repair."""
        return REASONS[self.reason].owner if self.reason else None

    def without_answer(self) -> StageResult:
        """Without what the connector and its ERP have said, which may repeat configuration values."""
        return replace(self, facts={k: v for k, v in self.facts.items() if k != "answer"}, evidence=())

    def to_json(self) -> dict[str, Any]:
        return {
            "stage": self.stage.value,
            "outcome": self.outcome.value,
            "reason": self.reason,
            "facts": dict(self.facts),
            "evidence": [list(row) for row in self.evidence],
            "elapsed_ms": self.elapsed_ms,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> StageResult:
        return cls(
            stage=Stage(data["stage"]),
            outcome=Outcome(data["outcome"]),
            reason=data["reason"],
            facts=data["facts"],
            evidence=tuple((label, text) for label, text in data["evidence"]),
            elapsed_ms=data["elapsed_ms"],
        )


def verdict_of(results: Iterable[StageResult]) -> Verdict:
    """The worst outcome among the stages; a skipped stage does not count."""
    outcomes = {result.outcome for result in results}
    for outcome in (Outcome.FAILED, Outcome.WARNING):
        if outcome in outcomes:
            return Verdict(outcome.value)
    return Verdict.PASSED
