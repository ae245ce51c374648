"""The fields of a connection are read again after a day, and what is gone is named."""

from __future__ import annotations

from datetime import timedelta

from tests.factories import Visitor
from tests.factories.configuration import make_schema
from tests.steps import save
from wizard.domain.check import Outcome, Stage, StageResult
from wizard.domain.configuration import Configuration, Direction, FieldSettings, Refusal, TypeSettings
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.configuration import (
    ConfigurationSummary,
    merge_schema,
    need_state,
    read_schemas_if_old,
    save_configuration,
    summary,
)

GONE = FieldSettings("GROUP", "CATEGORY", Direction.BOTH)


def read_days_ago(admin: Visitor, days: float, failure: StageResult | None = None) -> None:
    """The one connection has a mapped field that its connector does not have."""
    with admin.app.app_context(), writing():
        connection = db.session.get_one(Connection, 1)
        merge_schema(connection, make_schema())
        state = need_state(connection)
        state.schema_read_at, state.failure = now() - timedelta(days=days), failure
        db.session.commit()
        chosen = Configuration((TypeSettings("Customer", True, (GONE,)),))
        save_configuration(None, connection, chosen, "configuration.imported")


def after_reading(admin: Visitor) -> ConfigurationSummary:
    with admin.app.app_context():
        read_schemas_if_old()
        return summary(db.session.get_one(Connection, 1))


def test_what_is_gone_is_named_after_a_day(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    read_days_ago(admin, 1.1)

    found = after_reading(admin)

    assert ("GROUP", Refusal.MISSING_IN_ERP) in [(gap.key, gap.refusal) for gap in found.changes]
    assert found.configuration.type("Customer").field("GROUP") == GONE
    assert found.schema is not None
    assert not found.schema.type("Supplier").is_missing


def test_a_reading_that_is_new_or_has_failed_is_not_repeated(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    read_days_ago(admin, 0.5)
    assert after_reading(admin).changes == ()

    read_days_ago(admin, 2, StageResult(Stage.CONNECT, Outcome.FAILED, "connect.refused"))
    assert after_reading(admin).changes == ()
