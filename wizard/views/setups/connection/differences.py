"""How two versions of a connection differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from flask_babel import gettext as _

from wizard.domain.connection import ConnectionInput, Scope
from wizard.domain.drafts import Draft
from wizard.domain.fields import ConfigField
from wizard.forms import CONNECTION_LABELS, ConfigForm
from wizard.models import Connector
from wizard.services.connections import scope_names
from wizard.services.connectors import current_connectors
from wizard.services.setups import draft_of
from wizard.views.setups.connection.state import ConnectionFormState
from wizard.views.setups.differences import Difference, deleted_meanwhile
from wizard.web import current_language


def differences_of_drafts(theirs: Draft, yours: Draft) -> list[Difference]:
    """The fields that look different; secrets are named and not shown."""
    return [row for row in _rows(theirs, yours) if row.theirs != row.yours]


def differences_from_saved(state: ConnectionFormState) -> list[Difference]:
    """How the connection as it is saved now differs from the form."""
    connection = state.setup.connection
    saved = draft_of(connection, current_language()) if connection else state.draft
    found = differences_of_drafts(saved, state.draft)
    return [deleted_meanwhile(), *found] if connection and connection.deleted_at else found


def _rows(theirs: Draft, yours: Draft) -> Iterator[Difference]:
    connectors = {connector.id: connector for connector in current_connectors()}
    for each in fields(ConnectionInput):
        match each.name:
            case "config":
                yield from _config(theirs, yours, connectors)
            case "connector_id":
                one, other = (_connector(draft, connectors) for draft in (theirs, yours))
                yield Difference(str(CONNECTION_LABELS[each.name]), one, other)
            case "scope":
                yield Difference(str(CONNECTION_LABELS[each.name]), _scope(theirs), _scope(yours))
            case name:
                yield Difference(str(CONNECTION_LABELS[name]), theirs.get(name, ""), yours.get(name, ""))


def _connector(draft: Draft, connectors: Mapping[int, Connector]) -> str:
    found = connectors.get(draft.get("connector_id", 0))
    return found.name if found else ""


def _scope(draft: Draft) -> str:
    scope = Scope.from_draft(draft)
    return _("Everyone") if scope.everyone else "; ".join(scope_names(scope))


def _config(theirs: Draft, yours: Draft, connectors: Mapping[int, Connector]) -> Iterator[Difference]:
    chosen = connectors.get(yours.get("connector_id", 0))
    config_fields = (chosen.config_fields() or ()) if chosen else ()
    before, after = _form(theirs, config_fields), _form(yours, config_fields)
    for field in after.fields:
        label = after.label_of(field)
        if field.is_secret:
            one, other = (draft.get("secrets", {}).get(field.key, {}).get("value") for draft in (theirs, yours))
            if one != other:
                yield Difference(label, _("(not shown)"), _("(another one, not shown)"))
        elif field.takes_input:
            yield Difference(label, _text(before, field, theirs), _text(after, field, yours))


def _form(draft: Draft, config_fields: tuple[ConfigField, ...]) -> ConfigForm:
    values, typed_in = draft.get("values", {}), draft.get("language")
    return ConfigForm(config_fields, values, {}, origin="", language=current_language(), typed_in=typed_in)


def _text(form: ConfigForm, field: ConfigField, draft: Draft) -> str:
    """A value in words, or as it was typed where it is wrong."""
    if field.key in form.values:
        return form.display(field, form.values[field.key])
    return str(draft.get("values", {}).get(field.key, ""))
