"""What is configured for a connection travels in the file, and is applied without testing the connection again."""

from __future__ import annotations

from flask import Flask

from tests.factories import Visitor
from tests.factories.configuration import make_schema
from tests.functional.cli.transfers import changes, exported, imported
from tests.steps import connections, save
from wizard.domain.configuration import Configuration, Direction, FieldSettings, Schema, TypeSettings
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.database import writing
from wizard.services.configuration import load, merge_schema, save_configuration, save_priority

NAME = FieldSettings("NAME", "NAME", Direction.BOTH, show_in_search=True)
TERMS = FieldSettings("TERMS", default="30", ask_user=True)
CHOSEN = Configuration((TypeSettings("Customer", True, (NAME, TERMS)),))


def know(app: Flask, schema: Schema, chosen: Configuration | None = None) -> None:
    """Gives the one connection of an app what both sides have, and what is chosen for it."""
    with app.app_context(), writing():
        connection = db.session.scalars(db.select(Connection)).one()
        merge_schema(connection, schema)
        db.session.commit()
        if chosen:
            save_configuration(None, connection, chosen, "configuration.imported")


def configuration(app: Flask) -> Configuration:
    with app.app_context():
        return load(db.session.scalars(db.select(Connection)).one())


def test_another_wizard_gets_the_configuration_with_the_connection(
    admin: Visitor, other: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    know(admin.app, make_schema(), CHOSEN)
    with admin.app.app_context(), writing():
        save_priority(None, db.session.scalars(db.select(Connection)).one(), 2)
    text = exported(admin.app)

    done, said = imported(other.app, text)

    assert done, said
    assert "configuration.Customer.NAME.direction: none → both" in said
    assert configuration(other.app) == configuration(admin.app)
    assert exported(other.app) == text
    assert imported(other.app, text) == (True, "2 entries are as the file has them.")


def test_a_changed_mapping_is_applied_and_the_connection_left_alone(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    know(admin.app, make_schema(), CHOSEN)
    text = exported(admin.app).replace("direction: both", "direction: to_superoffice")
    version = connections(admin)[0].version

    assert changes(admin.app, text).splitlines()[:2] == [
        "~ ERP connection Acme Norway",
        "    configuration.Customer.NAME.direction: both → to_superoffice",
    ]
    assert imported(admin.app, text)[0]

    assert configuration(admin.app).type("Customer").field("NAME").direction == Direction.TO_SUPEROFFICE
    assert connections(admin)[0].version == version
    assert "imported the configuration of a connection" in admin.get("/activity/").text.lower()


def test_a_configuration_that_the_rules_refuse_is_left_out_and_the_place_named(
    admin: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    know(admin.app, make_schema(), CHOSEN)
    text = exported(admin.app).replace(
        "field: CUSTNO", "field: CUSTNO\n              superoffice: NUMBER2\n              direction: both"
    )

    done, said = imported(admin.app, text)

    assert not done
    assert "Left as it was: Customer.CUSTNO: The ERP does not let this field be changed." in said
    assert configuration(admin.app).type("Customer").field("CUSTNO") == FieldSettings("CUSTNO")
