"""What a check has found, and how it is shown without secrets."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from wizard.domain.check import StageResult, Verdict
from wizard.domain.fields.field import ConfigField
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
"""Facts that are not a server's to write; a secret that is a mere `4` would make a port or a date unreadable."""


@dataclass(frozen=True)
class CheckReport:
    """What a check has found. `fields` is None until the connector has told them."""

    results: tuple[StageResult, ...]
    verdict: Verdict
    fields: tuple[ConfigField, ...] | None = None
    catalog: dict[str, Any] | None = None
    namespaces: Namespaces = Namespaces()

    def without(self, secrets: Collection[str]) -> CheckReport:
        """The same without secrets that a connector may have kept from an earlier call, in its fields too."""
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
