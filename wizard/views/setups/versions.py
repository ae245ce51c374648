"""Two versions of a connection, as two administrators have left them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from wizard.domain.fields.field import ConfigField
from wizard.forms.config_fields import ConfigForm
from wizard.models import Connector
from wizard.services.connections.scope import names_of
from wizard.services.connectors.find import current_connectors
from wizard.views.setups.base import Difference
from wizard.web.language import current_language

Typed = Mapping[str, Any]
"""A draft of step 3, see `wizard.services.setups.start.typed_from`."""


def both_versions(theirs: Typed, yours: Typed) -> list[Difference]:
    """What a person would notice of the difference; secrets are named and not shown."""
    connectors = {connector.id: connector for connector in current_connectors()}
    chosen = connectors.get(yours.get("connector_id", 0))
    fields = (chosen.config_fields() or ()) if chosen else ()
    rows = [
        (_("Name"), theirs.get("name", ""), yours.get("name", "")),
        (_("ERP Sync Connector"), _connector(theirs, connectors), _connector(yours, connectors)),
        (_("Scope"), _scope(theirs), _scope(yours)),
        *_values(theirs, yours, fields),
        (_("Description"), theirs.get("description", ""), yours.get("description", "")),
    ]
    return [Difference(*row) for row in rows if row[1] != row[2]]


def _connector(typed: Typed, connectors: Mapping[int, Connector]) -> str:
    found = connectors.get(typed.get("connector_id", 0))
    return found.name if found else ""


def _scope(typed: Typed) -> str:
    if typed.get("scope") != "specific":
        return _("Everyone")
    return "; ".join(names_of(typed.get("groups", ()), typed.get("people", ())))


def _values(theirs: Typed, yours: Typed, fields: tuple[ConfigField, ...]) -> list[tuple[str, str, str]]:
    before, after = _form(theirs, fields), _form(yours, fields)
    rows = []
    for field in after.fields:
        if field.is_secret:
            one, other = (typed.get("secrets", {}).get(field.key, {}).get("value") for typed in (theirs, yours))
            if one != other:
                rows.append((after.label_of(field), _("(not shown)"), _("(another one, not shown)")))
        elif field.takes_input:
            rows.append((after.label_of(field), _text(before, field, theirs), _text(after, field, yours)))
    return rows


def _form(typed: Typed, fields: tuple[ConfigField, ...]) -> ConfigForm:
    language = current_language()
    return ConfigForm(fields, typed.get("values", {}), {}, origin="", language=language, typed_in=typed.get("language"))


def _text(form: ConfigForm, field: ConfigField, typed: Typed) -> str:
    """A value in words, or as it was typed where it is wrong."""
    if field.key in form.values:
        return form.display(field, form.values[field.key])
    return str(typed.get("values", {}).get(field.key, ""))
