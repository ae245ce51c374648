"""A connection that can be configured on both sides."""

from __future__ import annotations

import pytest

from tests.factories import PracticeSuperOffice, Visitor
from tests.functional.superoffice.configuration.configuring import Configuring, configure
from wizard.extensions import db
from wizard.models import Account


@pytest.fixture
def sides(admin: Visitor, host: PracticeSuperOffice) -> Configuring:
    with admin.app.app_context():
        account_id = db.session.scalars(db.select(Account.id)).first()
    assert account_id is not None
    return configure(admin.app, host, account_id)
