"""What SuperOffice refuses in its own words."""

from __future__ import annotations

from wizard.outside.superoffice import SuperOfficeError

REFUSED = "superoffice.refused"


def is_refusal(error: SuperOfficeError) -> bool:
    """Whether SuperOffice has said why it does not do it."""
    return error.reason == REFUSED


def words_of(error: SuperOfficeError) -> str:
    return error.result.facts.get("answer", "")
