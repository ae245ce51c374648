"""The fields that a connector asks for: their types and values, and SuperOffice's multi-language texts.

Nothing here speaks to people: the words for fields are in `wizard.messages.fields`.
"""

from wizard.domain.fields.blame import fields_named_in
from wizard.domain.fields.encoding import MAX_VALUE_LENGTH, UNSENDABLE, length_of
from wizard.domain.fields.errors import (
    AmbiguousNumber,
    DecodeError,
    InvalidValue,
    NotADate,
    NotANumber,
    NotOffered,
    TooLarge,
    TooLong,
    TooLongToStore,
    Unsendable,
)
from wizard.domain.fields.field import (
    Access,
    ConfigField,
    FieldChanges,
    ListItem,
    compare_fields,
    count_inputs,
    fields_fingerprint,
    in_rank_order,
    secret_keys,
)
from wizard.domain.fields.multilang import (
    every_language,
    has_visible,
    in_language,
    is_well_formed,
    multi_language,
    same_text,
)
from wizard.domain.fields.types import Checkbox, Datetime, Double, FieldType, Integer

__all__ = [
    "MAX_VALUE_LENGTH",
    "UNSENDABLE",
    "Access",
    "AmbiguousNumber",
    "Checkbox",
    "ConfigField",
    "Datetime",
    "DecodeError",
    "Double",
    "FieldChanges",
    "FieldType",
    "Integer",
    "InvalidValue",
    "ListItem",
    "NotADate",
    "NotANumber",
    "NotOffered",
    "TooLarge",
    "TooLong",
    "TooLongToStore",
    "Unsendable",
    "compare_fields",
    "count_inputs",
    "every_language",
    "fields_fingerprint",
    "fields_named_in",
    "has_visible",
    "in_language",
    "in_rank_order",
    "is_well_formed",
    "length_of",
    "multi_language",
    "same_text",
    "secret_keys",
]
