"""How the fields that a page of step 3 was rendered with differ from those that the connector asks for now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict

from wizard.domain.fields import compare_fields
from wizard.forms import typed_values
from wizard.models import Connector
from wizard.views.setups.connection.state import ConnectionFormState, has_moved


@dataclass(frozen=True)
class FieldsDiffer:
    """What the connector asks for now and did not when the page was rendered, and the other way round."""

    came: Sequence[str]
    went: Sequence[str]
    moved: bool = False

    @property
    def others(self) -> bool:
        """Whether the page says that fields differ; not if the connector has moved and asks for the same."""
        return bool(self.came or self.went or not self.moved)


def new_fields(state: ConnectionFormState, before: Connector | None) -> FieldsDiffer | None:
    """What has changed between the page and the press of a button; `before` is the connector chosen on the page."""
    fingerprint = request.form.get("fields_seen", "")
    if state.fields is None or fingerprint in ("", state.fingerprint):
        return None
    moved = state.connector is before and has_moved(before, fingerprint)
    if not moved and fingerprint.partition(".")[0] == state.fingerprint.partition(".")[0]:
        return None  # another connector, which asks for the same
    had = set(typed_values(MultiDict(request.form)))
    has = {field.key: field for field in state.fields if field.takes_input}
    came = [state.config.label_of(field) for key, field in has.items() if key not in had]
    return FieldsDiffer(came, sorted(had - set(has)), moved)


def fingerprint_of_page(state: ConnectionFormState) -> str:
    """Of the fields on the page that requests a part of itself; a whole page has the present ones."""
    parts = ("setups.connection_draft", "setups.connection_check")
    fingerprint = request.values.get("fields_seen", "") if request.endpoint in parts else ""
    return fingerprint or state.fingerprint


def fields_differ(state: ConnectionFormState) -> FieldsDiffer | None:
    """Whether the connector asks for other fields than the page has that requests a part of itself."""
    fingerprint = fingerprint_of_page(state)
    if state.fields is None or fingerprint == state.fingerprint:
        return None
    saved = state.setup.connection.config_fields() if state.setup.connection else ()
    changes = compare_fields(saved, state.fields)
    return FieldsDiffer(
        [state.config.label_of(field) for field in changes.added],
        [field.key for field in changes.removed],
        has_moved(state.connector, fingerprint),
    )
