"""The report of a check, and the redaction of its results."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from wizard.domain.check import StageResult, Verdict
from wizard.domain.fields import ConfigField
from wizard.outside.redaction import Redactor
from wizard.outside.soap.contract import Namespaces

MAX_TEXT_LENGTH = 4000
MAX_LABEL_LENGTH = 254
_OWN_FACTS = frozenset(
    [
        *("host", "port", "address", "addresses", "from", "scheme", "literal", "version", "since", "until"),
        *("status", "limit", "limit_seconds", "length", "count", "needed", "missing", "fields"),
        *("kind", "refused", "operation"),
    ]
)
"""Facts that no server has written. They are not redacted: a secret that is just `4` would make a port unreadable."""


@dataclass(frozen=True)
class CheckReport:
    """The results of a check, and what it has read. `fields` is None if the connector has not declared any."""

    results: tuple[StageResult, ...]
    verdict: Verdict
    fields: tuple[ConfigField, ...] | None = None
    catalog: dict[str, Any] | None = None
    namespaces: Namespaces = Namespaces()

    def without(self, secrets: Collection[str]) -> CheckReport:
        """A copy without these secrets, in the fields too: a connector may repeat what an earlier call has sent."""
        redactor = Redactor(secrets)
        results = tuple(redacted(result, redactor) for result in self.results)
        fields = None if self.fields is None else tuple(each.map_texts(redactor) for each in self.fields)
        return replace(self, results=results, fields=fields)


def redacted(result: StageResult, redactor: Redactor) -> StageResult:
    """The result with masked secrets, and with texts of a length that can be stored and shown."""
    cut = redactor.beginning
    facts = {name: text if name in _OWN_FACTS else cut(text, MAX_TEXT_LENGTH) for name, text in result.facts.items()}
    evidence = tuple((cut(label, MAX_LABEL_LENGTH), cut(text, MAX_TEXT_LENGTH)) for label, text in result.evidence)
    return StageResult(result.stage, result.outcome, result.reason, facts, evidence, result.elapsed_ms)
