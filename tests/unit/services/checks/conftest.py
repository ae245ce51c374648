"""A setup that runs belong to."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import make_account
from wizard.domain.steps import Step
from wizard.extensions import db
from wizard.models import Setup, SetupKind
from wizard.models.database import writing


@pytest.fixture
def setup_id(app: Flask) -> int:
    account_id = make_account(app, "Ola")
    with app.app_context(), writing():
        setup = Setup(kind=SetupKind.GUIDED, step=Step.APP, account_id=account_id, updated_by_id=account_id)
        db.session.add(setup)
        db.session.commit()
        return setup.id
