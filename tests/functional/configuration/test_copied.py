"""A connection that is copied brings its configuration along, and it goes with the connection."""

from __future__ import annotations

from tests.factories import Visitor
from tests.factories.configuration import configured, make_linked_schema, make_schema
from tests.steps import save
from wizard.domain.configuration import Configuration, Direction, FieldSettings, TypeSettings
from wizard.extensions import db
from wizard.models import ActorFieldRow, ActorTypeRow, AuditEvent, ConfigurationState, Connection
from wizard.models.database import writing
from wizard.services.configuration import load, load_schema, merge_schema, save_configuration, state_of
from wizard.services.superoffice.forget import forget_the_other_superoffice

NAME = FieldSettings("NAME", "NAME", Direction.BOTH)
GROUP = FieldSettings("GROUP", "CATEGORY", Direction.BOTH, items={"1": 5})
CHOSEN = Configuration((TypeSettings("Customer", True, (NAME, GROUP)),))


def test_a_copy_of_a_connection_has_its_configuration(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    with admin.app.app_context(), writing():
        first = db.session.get_one(Connection, 1)
        merge_schema(first, make_schema())
        db.session.commit()
        save_configuration(None, first, CHOSEN, "configuration.imported")
    page = str(admin.post("/connections/1/copy").location)

    admin.send(page, {"name": "Acme Sweden", "cf:ApiPassword": "practice", "action": "test"})
    admin.send(page, {"action": "ok"})

    with admin.app.app_context():
        first, second = db.session.scalars(db.select(Connection).order_by(Connection.id)).all()
        assert load(second) == load(first)
        assert load(second).type("Customer").field("GROUP") == GROUP
        events = db.session.scalars(db.select(AuditEvent).where(AuditEvent.action == "configuration.copied")).all()
        assert [(each.subject, each.detail) for each in events] == [("Acme Sweden", "Acme Norway")]


def test_a_configuration_goes_with_its_connection(admin: Visitor) -> None:
    configured(admin.app, configuration=CHOSEN)
    with admin.app.app_context(), writing():
        db.session.delete(db.session.get_one(Connection, 1))
        db.session.commit()

        for model in (ActorTypeRow, ActorFieldRow, ConfigurationState):
            assert db.session.scalar(db.select(db.func.count()).select_from(model)) == 0


def test_another_superoffice_knows_nothing_of_the_configuration_that_stays_here(admin: Visitor) -> None:
    configured(admin.app, schema=make_linked_schema(), configuration=CHOSEN)
    with admin.app.app_context(), writing():
        connection = db.session.get_one(Connection, 1)
        state = state_of(connection)
        assert state is not None
        state.written, state.is_active, state.waiting = CHOSEN, True, False
        db.session.commit()

        forget_the_other_superoffice()
        db.session.commit()

        assert load(connection).type("Customer").field("GROUP") == GROUP
        schema = load_schema(connection)
        assert schema is not None
        assert schema.is_of_another
        db.session.refresh(state)
        kept = [state.written, state.schema_read_at, state.is_active, state.waiting]
        assert kept == [None, None, None, True]
