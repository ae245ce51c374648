"""Opens forms with what is registered in SuperOffice already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from wizard.domain.connection import Scope
from wizard.domain.steps import Step
from wizard.extensions import db
from wizard.models import Account, Connector, Setup, SetupKind
from wizard.services.connectors import free_name
from wizard.services.setups.draft import save_draft
from wizard.services.setups.start import open_form, use_connector


def find_registered(superoffice_id: int, url: str) -> Connector | None:
    """The connector here that is SuperOffice's with this id, else the one that has this URL."""
    current = select(Connector).where(Connector.deleted_at.is_(None))
    known = db.session.scalar(current.where(Connector.superoffice_id == superoffice_id))
    return known or db.session.scalars(current.where(Connector.url == url).order_by(Connector.id)).first()


def use_registered(account: Account, setup: Setup, superoffice_id: int, name: str, url: str) -> bool:
    """Goes on with a connector that SuperOffice has: with the one here, or with its name and URL in step 2.

    Returns whether it is here already, so that step 2 is done.
    """
    setup.complete(Step.APP)
    if found := find_registered(superoffice_id, url):
        use_connector(account, setup, found)
        return True
    draft = setup.typed(Step.CONNECTOR) | {"name": free_name(name), "url": url, "real_url": ""}
    save_draft(account, setup, Step.CONNECTOR, draft)
    db.session.commit()
    return False


def take_over_connector(account: Account, name: str, url: str) -> Setup:
    """A connector form with SuperOffice's name and URL."""
    draft: dict[str, Any] = {Step.CONNECTOR: {"name": free_name(name), "url": url}}
    return open_form(account, SetupKind.CONNECTOR, Step.CONNECTOR, draft=draft)


def take_over_connection(
    account: Account,
    connector: Connector,
    texts: Mapping[str, str],
    scope: Scope,
    config: Mapping[str, str],
    language: str,
) -> Setup:
    """A connection form with what can be seen of SuperOffice's. Passwords are to be entered anew."""
    values = {
        field.key: field.type.value_type.format_encoded(config[field.key], language)
        for field in connector.config_fields() or ()
        if field.key in config and not field.is_secret
    }
    typed = {"connector_id": connector.id, "language": language, "values": values, **texts, **scope.to_draft()}
    return open_form(account, SetupKind.CONNECTION, Step.CONNECTION, draft={Step.CONNECTION: typed})
