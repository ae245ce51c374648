"""What a page of step 3 was made with: other fields, or a connector at another host, are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict

from wizard.domain.fields.field import compare_fields
from wizard.forms.config_fields import typed_values
from wizard.models import Connector
from wizard.views.setups.connection.state import Filled, has_moved


@dataclass(frozen=True)
class NewFields:
    """What the connector asks for now and did not when the page was made, and the other way round."""

    came: Sequence[str]
    went: Sequence[str]
    moved: bool = False


def new_fields(filled: Filled, before: Connector | None) -> NewFields | None:
    """What changed between the page and the press, when the connector asks for other fields than the page had."""
    seen = request.form.get("fields_seen", "")
    if filled.fields is None or seen in ("", filled.fingerprint):
        return None
    moved = filled.connector is before and has_moved(before, seen)
    if not moved and seen.partition(".")[0] == filled.fingerprint.partition(".")[0]:
        return None  # another connector, which asks for the same
    had = set(typed_values(MultiDict(request.form)))
    has = {field.key: field for field in filled.fields if field.takes_input}
    came = [filled.config.label_of(field) for key, field in has.items() if key not in had]
    return NewFields(came, sorted(had - set(has)), moved)


def seen_by_page(filled: Filled) -> str:
    """The fields that the page has which asks for a part of itself; a whole page has the present ones."""
    parts = ("setups.connection_draft", "setups.connection_check")
    asked = request.values.get("fields_seen", "") if request.endpoint in parts else ""
    return asked or filled.fingerprint


def fields_differ(filled: Filled) -> NewFields | None:
    """Whether the connector asks for other fields than the page that waits for this part was made with."""
    if filled.fields is None or seen_by_page(filled) == filled.fingerprint:
        return None
    saved = filled.setup.connection.config_fields() if filled.setup.connection else ()
    changes = compare_fields(saved, filled.fields)
    return NewFields(
        [filled.config.label_of(field) for field in changes.added],
        [field.key for field in changes.removed],
        has_moved(filled.connector, seen_by_page(filled)),
    )
