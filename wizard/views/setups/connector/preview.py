"""What a connector will ask for at the next step."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.fields.field import ConfigField, FieldType, in_rank_order
from wizard.domain.fields.multilang import in_language
from wizard.domain.fields.typed import default_text
from wizard.models import CheckRun
from wizard.web.language import current_language


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
            kind=_kind(field, language),
            needed=field.is_mandatory,
        )
        for field in fields
        if field.takes_input
    ]


def _kind(field: ConfigField, language: str) -> str:
    default = default_text(field, language)
    if field.is_read_only:
        return _("Filled in by the connector")
    match field.type:
        case FieldType.TEXT if field.max_length:
            return ngettext("Text, %(num)s character at most", "Text, %(num)s characters at most", field.max_length)
        case FieldType.TEXT:
            return _("Text")
        case FieldType.PASSWORD:
            return _("Password")
        case FieldType.LIST if field.items is not None:
            return ngettext("One of %(num)s", "One of %(num)s", len(field.items))
        case FieldType.LIST:
            return _("One of a list")
        case FieldType.INTEGER:
            return _("Whole number, %(default)s unless changed", default=default) if default else _("Whole number")
        case FieldType.DOUBLE:
            return _("Decimal number, %(default)s unless changed", default=default) if default else _("Decimal number")
        case FieldType.DATETIME:
            return _("Date and time")
        case _:
            return _("Yes or no, yes unless changed") if default else _("Yes or no")
