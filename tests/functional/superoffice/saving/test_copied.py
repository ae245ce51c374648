"""A connection that is copied where SuperOffice is linked."""

from __future__ import annotations

from tests.factories import PracticeSuperOffice, Visitor
from tests.steps import RIGHT, save
from tests.superoffice_sides import stored
from wizard.domain.configuration import Configuration, Direction, FieldSettings, TypeSettings
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.database import writing
from wizard.services.configuration import load, read_schema, save_configuration, state_of

COUNTRY = FieldSettings("Country", "contact/country/countryId", Direction.BOTH, items={"NO": 578})
CHOSEN = Configuration((TypeSettings("Customer", True, (COUNTRY,)),))


def copy_first(admin: Visitor) -> None:
    page = str(admin.post("/connections/1/copy").location)
    admin.send(page, RIGHT | {"name": "Acme Sweden", "action": "test"})
    admin.send(page, {"action": "ok"})


def test_a_copy_is_a_connection_of_its_own_there(admin: Visitor, there: PracticeSuperOffice) -> None:
    save(admin, there.connector_url)
    copy_first(admin)

    first, second = stored(there, "connection")
    assert (first["DisplayName"], second["DisplayName"]) == ("Acme Norway", "Acme Sweden")
    assert first["ConnectionId"] != second["ConnectionId"]


def test_a_copy_has_the_configuration_and_superoffice_is_to_get_it(admin: Visitor, there: PracticeSuperOffice) -> None:
    save(admin, there.connector_url)
    with admin.app.app_context(), writing():
        first = db.session.get_one(Connection, 1)
        read_schema(first)
        save_configuration(None, first, CHOSEN, "configuration.imported")
    copy_first(admin)

    with admin.app.app_context():
        second = db.session.get_one(Connection, 2)
        assert second.superoffice_id is not None
        assert load(second).type("Customer").field("Country") == COUNTRY
        state = state_of(second)
        assert state is not None
        assert state.waiting
