"""The values of a difference in words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.fields import ConfigField, in_language
from wizard.domain.superoffice import Difference, Part, SuperOfficeScope, Value
from wizard.forms import CONNECTION_LABELS
from wizard.messages import display_value
from wizard.models import Connector
from wizard.services.superoffice.drift import Row, connector_name, known_part
from wizard.services.users import count_users
from wizard.views.users.scope_text import scope_text, users_text


def label_of(row: Row, difference: Difference, language: str) -> str:
    """What the value is called on pages."""
    match difference.field:
        case Part.CONFIG:
            field = _field(row, difference.key)
            return (in_language(field.label, language) or field.key) if field else difference.key
        case Part.ACTIVE:
            return _("Active")
        case Part.URL:
            return _("URL")
        case Part.CONNECTOR:
            return str(CONNECTION_LABELS["connector_id"])
        case part:
            return str(CONNECTION_LABELS[part.value])


def text_of(row: Row, difference: Difference, value: Value, language: str) -> str:
    """A value of one side. A text in several languages is shown as SuperOffice stores it."""
    if isinstance(value, SuperOfficeScope):
        return _scope(value)
    if difference.field == Part.ACTIVE:
        return _("Yes") if value else _("No")
    if difference.field == Part.CONNECTOR:
        return connector_name(int(str(value))) or _("Number %(num)s", num=value)
    field = _field(row, difference.key) if difference.field == Part.CONFIG else None
    return (display_value(field, str(value), language) if field else str(value)) or _("(empty)")


def _scope(scope: SuperOfficeScope) -> str:
    known, unknown = known_part(scope)
    if known.everyone:
        return scope_text(known)
    parts = [scope_text(known), users_text(count_users(known.group_ids, known.user_ids))]
    text = ": ".join(parts) if parts[0] else ""
    more = ngettext("%(num)s that is not known here", "%(num)s that are not known here", unknown)
    return "; ".join(part for part in (text, more if unknown else "") if part) or _("(empty)")


def _field(row: Row, key: str) -> ConfigField | None:
    fields = () if isinstance(row, Connector) else row.config_fields()
    return next((each for each in fields if each.key == key), None)
