"""How an ERP connection is configured: the fields of both sides, what is chosen for them, and the rules for it.

Nothing here speaks to people: the words for refusals are in `wizard.messages.configuration`.
"""

from wizard.domain.configuration.activation import Gap, changes_since, gaps
from wizard.domain.configuration.becoming import Target, targets, title_of
from wizard.domain.configuration.changes import Accepted, Merged, accepted, merge_rows
from wizard.domain.configuration.comparison import (
    PARTS_OF_FIELDS,
    TYPE_ROW,
    WRITTEN_PARTS,
    RowDifference,
    Side,
    differences,
    swaps,
    take_over,
)
from wizard.domain.configuration.criteria import OPERATORS, Criterion, NoSuchOperator, Operator, criterion_of
from wizard.domain.configuration.list_rows import (
    ItemRow,
    id_of,
    item_rows,
    item_texts,
    items_of,
    twice,
    with_choices,
)
from wizard.domain.configuration.matching import Match, MatchedBy, documented_key, match_items
from wizard.domain.configuration.merging import in_keys_of, merged_schema
from wizard.domain.configuration.named import fields_named
from wizard.domain.configuration.order import Move, Moved, move_in, moved
from wizard.domain.configuration.outcome import Outcome, outcome_of
from wizard.domain.configuration.rules import (
    MAX_DEFAULT_LENGTH,
    Directions,
    Problem,
    Refusal,
    allowed_fields,
    default_problems,
    directions,
    duplicates,
    is_supported,
    mapped_lists,
    may_have_default,
    problems,
    refusal_of_field,
)
from wizard.domain.configuration.schema import (
    CRM_TYPES,
    MAX_KEY_LENGTH,
    ActorField,
    ActorType,
    ListItem,
    Schema,
    SuperOfficeField,
    documented_fields,
)
from wizard.domain.configuration.suggestions import SuggestedBy, suggest_for, suggested_by
from wizard.domain.configuration.values import NO_SELECTION, Configuration, FieldSettings, Part, TypeSettings
from wizard.domain.mapping import Direction

__all__ = [
    "CRM_TYPES",
    "MAX_DEFAULT_LENGTH",
    "MAX_KEY_LENGTH",
    "NO_SELECTION",
    "OPERATORS",
    "PARTS_OF_FIELDS",
    "TYPE_ROW",
    "WRITTEN_PARTS",
    "Accepted",
    "ActorField",
    "ActorType",
    "Configuration",
    "Criterion",
    "Direction",
    "Directions",
    "FieldSettings",
    "Gap",
    "ItemRow",
    "ListItem",
    "Match",
    "MatchedBy",
    "Merged",
    "Move",
    "Moved",
    "NoSuchOperator",
    "Operator",
    "Outcome",
    "Part",
    "Problem",
    "Refusal",
    "RowDifference",
    "Schema",
    "Side",
    "SuggestedBy",
    "SuperOfficeField",
    "Target",
    "TypeSettings",
    "accepted",
    "allowed_fields",
    "changes_since",
    "criterion_of",
    "default_problems",
    "differences",
    "directions",
    "documented_fields",
    "documented_key",
    "duplicates",
    "fields_named",
    "gaps",
    "id_of",
    "in_keys_of",
    "is_supported",
    "item_rows",
    "item_texts",
    "items_of",
    "mapped_lists",
    "match_items",
    "may_have_default",
    "merge_rows",
    "merged_schema",
    "move_in",
    "moved",
    "outcome_of",
    "problems",
    "refusal_of_field",
    "suggest_for",
    "suggested_by",
    "swaps",
    "take_over",
    "targets",
    "title_of",
    "twice",
    "with_choices",
]
