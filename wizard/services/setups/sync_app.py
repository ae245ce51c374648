"""Registers what an administrator says of the sync app."""

from __future__ import annotations

from typing import Any

from wizard.domain.steps import Step
from wizard.extensions import db
from wizard.models import Account, Setup, SyncApp
from wizard.services import audit


def register_app(account: Account, setup: Setup, app: dict[str, Any]) -> None:
    """Writes the app of a setup; a connector made later belongs to it. `app` has the columns of SyncApp."""
    if setup.sync_app is None:
        setup.sync_app = SyncApp()
    for name, value in app.items():
        setattr(setup.sync_app, name, value)
    if setup.connector is not None and setup.connector.sync_app is None:
        setup.connector.sync_app = setup.sync_app
    setup.complete(Step.APP)
    audit.note(account, "app.described", app["erp"])
    db.session.commit()


def skip_app(setup: Setup) -> None:
    """Completes the step without a description of the app: its connector URL is known already."""
    setup.complete(Step.APP)
    db.session.commit()
