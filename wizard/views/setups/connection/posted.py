"""What was typed into step 3, with what a page has sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from wizard.domain.fields.field import ConfigField, secret_keys
from wizard.domain.fields.typed import in_other_language
from wizard.domain.steps import Step
from wizard.forms.config_fields import PREFIX, typed_values
from wizard.forms.row_ids import row_ids
from wizard.forms.setups import ConnectionForm
from wizard.models import Setup
from wizard.models.columns import now
from wizard.services.setups.find import chosen_connector
from wizard.views.setups.connection.state import has_moved
from wizard.web.language import current_language


def typed_of(setup: Setup, form: ConnectionForm) -> dict[str, Any]:
    """What was typed before, with what the page sent. Blank keeps a secret; values of other connectors stay."""
    before = setup.typed(Step.CONNECTION)
    chosen = row_ids([form.connector_id.data or ""])
    typed = before | {
        "language": current_language(),
        "name": form.name.data or "",
        "scope": form.scope.data or before.get("scope", "everyone"),
        "description": form.description.data or "",
        "connector_id": chosen[0] if chosen else before.get("connector_id", setup.connector_id),
    }
    shown = _fields_of(setup)
    sent = typed_values(MultiDict(request.form))
    secret = secret_keys(shown)
    secret |= {name.removeprefix(PREFIX) for name in request.form.getlist("secret")}  # on that page they were
    plain = {key: text for key, text in sent.items() if key not in secret}
    typed["values"] = _in_language(before, shown) | plain
    typed["secrets"] = _secrets(setup, before, {key: sent[key] for key in sent if key in secret and sent[key]})
    return typed


def _fields_of(setup: Setup) -> tuple[ConfigField, ...]:
    connector = chosen_connector(setup)
    return (connector.config_fields() or ()) if connector else ()


def _in_language(before: Mapping[str, Any], fields: Sequence[ConfigField]) -> dict[str, str]:
    """Values typed earlier, in the format of the language that is read now."""
    types = {field.key: field.type for field in fields}
    language = current_language()
    typed_in = before.get("language", language)
    return {
        key: in_other_language(types[key], text, typed_in, language) if key in types else text
        for key, text in before.get("values", {}).items()
    }


def _secrets(setup: Setup, before: Mapping[str, Any], sent: Mapping[str, str]) -> dict[str, Any]:
    """Those given before and those that the page sent; not what was typed for a host that its connector has left."""
    connector = chosen_connector(setup)
    kept: dict[str, Any] = dict(before.get("secrets", {}))
    if has_moved(connector, request.form.get("fields_seen", "")):
        return kept
    for key, value in sent.items():
        if kept.get(key, {}).get("value") != value or kept[key]["origin"] != (connector.origin if connector else ""):
            origin = connector.origin if connector else ""
            kept[key] = {"value": value, "origin": origin, "at": now().isoformat()}
    return kept
