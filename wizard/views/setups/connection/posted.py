"""The draft of step 3 after a request: what was typed before, with what the page has sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from wizard.domain.connection import TEXTS
from wizard.domain.fields import ConfigField, secret_keys
from wizard.domain.invisible import without_invisible
from wizard.domain.steps import Step
from wizard.forms import PREFIX, ConnectionForm, row_ids, typed_values
from wizard.models import Connector, Setup
from wizard.models.columns import now
from wizard.services.setups import chosen_connector
from wizard.views.setups.connection.state import has_moved
from wizard.web import current_language


def posted_draft(setup: Setup, form: ConnectionForm) -> tuple[dict[str, Any], dict[str, Any]]:
    """The draft before, in the language that is read now, and after. Blank keeps a secret; other values stay."""
    before = setup.typed(Step.CONNECTION)
    connector = chosen_connector(setup)
    fields = (connector.config_fields() or ()) if connector else ()
    chosen = row_ids([form.connector_id.data or ""])
    sent = typed_values(MultiDict(request.form))
    secret = secret_keys(fields)
    secret |= {name.removeprefix(PREFIX) for name in request.form.getlist("secret")}  # those that the page has
    plain = {key: text for key, text in sent.items() if key not in secret}
    current = before | {"language": current_language(), "values": _in_language(before, fields)}
    return current, current | {
        **form.texts(TEXTS),
        "scope": form.scope.data or before.get("scope", "everyone"),
        "connector_id": chosen[0] if chosen else before.get("connector_id", setup.connector_id),
        "values": current["values"] | plain,
        "secrets": _secrets(connector, before, {key: sent[key] for key in sent if key in secret and sent[key]}),
    }


def without_unseen(draft: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The draft with what was typed into one of the connector's fields freed of what nobody sees."""
    mended = dict(draft)
    if text := draft.get("values", {}).get(key):
        mended["values"] = draft["values"] | {key: without_invisible(text)}
    if secret := draft.get("secrets", {}).get(key):
        mended["secrets"] = draft["secrets"] | {key: secret | {"value": without_invisible(secret["value"])}}
    return mended


def _in_language(before: Mapping[str, Any], fields: Sequence[ConfigField]) -> dict[str, str]:
    """Values typed earlier, in the format of the language that is read now."""
    types = {field.key: field.type for field in fields}
    language = current_language()
    typed_in = before.get("language", language)
    return {
        key: types[key].value_type.reformat(text, typed_in, language) if key in types else text
        for key, text in before.get("values", {}).items()
    }


def _secrets(connector: Connector | None, before: Mapping[str, Any], sent: Mapping[str, str]) -> dict[str, Any]:
    """Those given before and those that the page sent; not what was typed for a host that its connector has left."""
    secrets: dict[str, Any] = dict(before.get("secrets", {}))
    if has_moved(connector, request.form.get("fields_seen", "")):
        return secrets
    origin = connector.origin if connector else ""
    for key, value in sent.items():
        if key not in secrets or (secrets[key]["value"], secrets[key]["origin"]) != (value, origin):
            secrets[key] = {"value": value, "origin": origin, "at": now().isoformat()}
    return secrets
