"""Opens a setup: the guide, or one form of it from a list. Every form is a setup, so that nothing typed is lost."""

from __future__ import annotations

from typing import Any

from wizard.domain.connector import ConnectorInput
from wizard.domain.provider_link import ProviderLink
from wizard.domain.steps import Step
from wizard.extensions import db
from wizard.models import Account, Connection, Connector, Setup, SetupKind
from wizard.models.columns import now
from wizard.services.connectors import free_name
from wizard.services.setups.draft import save_draft
from wizard.services.setups.find import open_edit


def start_guide(account: Account) -> Setup:
    """A new run through the three steps."""
    return open_form(account, SetupKind.GUIDED, Step.APP)


def start_practice(account: Account, url: str, name: str) -> Setup:
    """A run through the steps that has the practice connector filled in."""
    typed = {Step.APP: {"erp": name, "route": "standard"}, Step.CONNECTOR: {"name": free_name(name), "url": url}}
    return open_form(account, SetupKind.GUIDED, Step.CONNECTOR, draft=typed)


def start_from_link(account: Account, link: ProviderLink) -> Setup:
    """A run through the steps that has filled in what a provider's link says; its numbers have a point."""
    connector = {**link.connector.to_json(), "name": free_name(link.connector.name) if link.connector.name else ""}
    typed = {Step.CONNECTOR: connector, Step.CONNECTION: {"language": "en", "values": dict(link.values)}}
    return open_form(account, SetupKind.GUIDED, Step.CONNECTOR, draft=typed)


def add_connector(account: Account) -> Setup:
    """An empty connector form."""
    return open_form(account, SetupKind.CONNECTOR, Step.CONNECTOR)


def add_connection(account: Account) -> Setup:
    """An empty connection form."""
    return open_form(account, SetupKind.CONNECTION, Step.CONNECTION)


def edit_connector(account: Account, connector: Connector, values: ConnectorInput | None = None) -> Setup:
    """A form with what is registered, or with these values; the one that this person already has open, if there is."""
    typed = (values or connector.to_input()).to_json()
    if found := open_edit(account, SetupKind.CONNECTOR, connector.id):
        if values is not None:
            save_draft(account, found, Step.CONNECTOR, typed)
            db.session.commit()
        return found
    return open_form(
        account,
        SetupKind.CONNECTOR,
        Step.CONNECTOR,
        draft={Step.CONNECTOR: typed},
        connector_id=connector.id,
        base_version=connector.version,
    )


def edit_connection(account: Account, connection: Connection, language: str) -> Setup:
    """A form with what is saved, or the one that this person already has open."""
    if found := open_edit(account, SetupKind.CONNECTION, connection.id):
        return found
    return open_form(
        account,
        SetupKind.CONNECTION,
        Step.CONNECTION,
        draft={Step.CONNECTION: draft_of(connection, language)},
        connector_id=connection.connector_id,
        connection_id=connection.id,
        base_version=connection.version,
    )


def copy_connection(account: Account, connection: Connection, language: str) -> Setup:
    """A new form with another connection's values; its name and its secrets have to be given anew.

    What is configured for that one is copied once the new one is saved (`services/configuration/copy.py`).
    """
    copied = draft_of(connection, language) | {"name": "", "secrets": {}}
    draft = {Step.CONNECTION: copied, "copy_of": connection.name, "copy_of_id": connection.id}
    return open_form(account, SetupKind.CONNECTION, Step.CONNECTION, draft=draft)


def draft_of(connection: Connection, language: str) -> dict[str, Any]:
    """A saved connection as it would be typed in a language: a draft of step 3."""
    fields = connection.config_fields()
    secret = connection.secret_keys()
    return {
        "language": language,
        **connection.to_input().texts,
        "connector_id": connection.connector_id,
        **connection.scope.to_draft(),
        "values": {
            field.key: field.type.value_type.format_encoded(connection.config.get(field.key, ""), language)
            for field in fields
            if field.key not in secret
        },
        "secrets": {
            key: {
                "value": value,
                "origin": connection.origin,
                "at": connection.updated_at.isoformat(),
            }
            for key, value in connection.config.items()
            if key in secret and value
        },
    }


def open_form(account: Account, kind: SetupKind, step: Step, **values: Any) -> Setup:
    """A new setup at a step; `values` are columns of Setup."""
    at = now()
    setup = Setup(kind=kind, step=step, account=account, updated_by=account, created_at=at, updated_at=at, **values)
    db.session.add(setup)
    db.session.commit()
    return setup


def use_connector(account: Account, setup: Setup, connector: Connector) -> None:
    """Completes step 2 with a connector that is registered already: step 3 begins with it chosen."""
    setup.complete(Step.CONNECTOR)
    save_draft(account, setup, Step.CONNECTION, {**setup.typed(Step.CONNECTION), "connector_id": connector.id})
    db.session.commit()
