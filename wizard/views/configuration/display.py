"""Values of the ERP's actors in words."""

from __future__ import annotations

from wizard.domain.configuration import ActorField, Schema
from wizard.domain.mapping import fold
from wizard.forms import field_of
from wizard.messages import display_value


def displayed(field: ActorField, encoded: str, schema: Schema, language: str) -> str:
    """A value of a record in words; empty for none."""
    items = schema.lists.get(field.list_name, {})
    return display_value(field_of(field, items), encoded, language) if encoded else ""


def folded(text: str) -> str:
    """A text to compare with others: without case and accents."""
    return fold(text).casefold()
