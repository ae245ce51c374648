"""How two versions of a connector differ."""

from __future__ import annotations

from wizard.domain.connector import texts_of_draft
from wizard.domain.drafts import Draft
from wizard.forms import CONNECTOR_LABELS, ConnectorForm
from wizard.models import Setup
from wizard.views.setups.differences import Difference, deleted_meanwhile, differences


def differences_of_drafts(theirs: Draft, yours: Draft) -> list[Difference]:
    return differences(texts_of_draft(theirs), texts_of_draft(yours), CONNECTOR_LABELS)


def differences_from_saved(setup: Setup, form: ConnectorForm) -> list[Difference]:
    """How the connector as it is saved now differs from the form."""
    connector = setup.connector
    saved = connector.to_input() if connector else form.input
    found = differences(saved.to_json(), form.input.to_json(), CONNECTOR_LABELS)
    return [deleted_meanwhile(), *found] if connector and connector.deleted_at else found
