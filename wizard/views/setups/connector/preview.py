"""What a connector will ask for at the next step."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.domain.fields import in_language, in_rank_order
from wizard.messages import kind_of
from wizard.models import CheckRun
from wizard.web import current_language


@dataclass(frozen=True)
class PreviewRow:
    label: str
    kind: str
    needed: bool


def preview_of(run: CheckRun) -> list[PreviewRow]:
    """The fields that the connector will ask for."""
    language = current_language()
    fields = in_rank_order(run.config_fields())
    return [
        PreviewRow(
            label=in_language(field.label, language) or field.key,
            kind=kind_of(field, language),
            needed=field.is_mandatory,
        )
        for field in fields
        if field.takes_input
    ]
