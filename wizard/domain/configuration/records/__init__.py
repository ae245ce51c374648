"""Records of the ERP: what they are searched for by, what they become in SuperOffice, and what an import would do.

The face of configuration names all of it for others.
"""

from wizard.domain.configuration.records.becoming import Target, targets, title_of
from wizard.domain.configuration.records.criteria import (
    OPERATORS,
    Criterion,
    NoSuchOperator,
    Operator,
    criterion_of,
)
from wizard.domain.configuration.records.outcome import Outcome, outcome_of

__all__ = [
    "OPERATORS",
    "Criterion",
    "NoSuchOperator",
    "Operator",
    "Outcome",
    "Target",
    "criterion_of",
    "outcome_of",
    "targets",
    "title_of",
]
