"""Drift: what differs between SuperOffice and the wizard, found on demand and daily, and made the same again."""

from wizard.services.superoffice.drift.ask import Row
from wizard.services.superoffice.drift.record import (
    can_be_compared,
    compare,
    compare_all,
    compare_due,
    compared_rows,
    details_of,
    drift_of,
    drifts_of,
    is_fresh,
)
from wizard.services.superoffice.drift.resolve import Choice, choices_for, chosen_values, make_same, version_of
from wizard.services.superoffice.drift.values import connector_name, known_part

__all__ = [
    "Choice",
    "Row",
    "can_be_compared",
    "choices_for",
    "chosen_values",
    "compare",
    "compare_all",
    "compare_due",
    "compared_rows",
    "connector_name",
    "details_of",
    "drift_of",
    "drifts_of",
    "is_fresh",
    "known_part",
    "make_same",
    "version_of",
]
