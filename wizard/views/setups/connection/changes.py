"""What differs between the form and the newest passed test, for its void receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flask_babel import gettext as _

from wizard.views.setups.connection.state import ConnectionFormState


class FieldChange(NamedTuple):
    """A changed field and a link to it; `before` and `now` are None for a secret. `key` is empty for the connector."""

    key: str
    label: str
    href: str
    before: str | None = None
    now: str | None = None


def changes_since_test(state: ConnectionFormState) -> list[FieldChange]:
    passed, connector, config = state.runs.passed, state.connector, state.config
    if passed is None or connector is None:
        return []
    tested: Mapping[str, str] = passed.request["values"]
    changes: list[FieldChange] = []
    if passed.request["url"] != connector.reachable_at or passed.request["ca_pem"] != connector.ca_pem:
        changes.append(FieldChange("", _("ERP Sync Connector"), "#connector_id"))
    for field in config.fields:
        before, now = tested.get(field.key), config.values.get(field.key)
        if not field.takes_input or before == now:
            continue
        change = FieldChange(field.key, config.label_of(field), "#" + config.id_of(field))
        if not field.is_secret and field.key not in passed.request["secret_keys"]:
            # what is no value of the field's type is shown as it was typed
            typed = config.texts.get(field.key, "") if now is None else config.display(field, now)
            change = change._replace(before=config.display(field, before or ""), now=typed)
        changes.append(change)
    return changes
