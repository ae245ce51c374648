"""Connections of the practice connector whose customers and persons are mapped."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.factories.connectors import make_connection, make_connector
from wizard.domain.configuration import (
    ActorField,
    ActorType,
    Configuration,
    Direction,
    FieldSettings,
    ListItem,
    Schema,
    SuperOfficeField,
    TypeSettings,
)
from wizard.domain.fields import FieldType
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.database import writing
from wizard.services.configuration import merge_schema, save_configuration

VALUES = {"Company": "ACME", "ApiPassword": "practice", "Outcome": "ok"}
_SEARCHED = {"is_searchable": True}
CUSTOMER = ActorType(
    "Customer",
    (
        ActorField("Number", "Customer number", **_SEARCHED),
        ActorField("Name", "Name", **_SEARCHED),
        ActorField("Town", "Town", **_SEARCHED),
        ActorField("Category", "Customer group", type=FieldType.LIST, list_name="Category", **_SEARCHED),
        ActorField("CreditLimit", "Credit limit", type=FieldType.DOUBLE, **_SEARCHED),
        ActorField("LastInvoice", "Last invoice", type=FieldType.DATETIME),
        ActorField("Blocked", "Blocked", type=FieldType.CHECKBOX),
    ),
)
PERSON = ActorType(
    "Person",
    (
        ActorField("FirstName", "First name", **_SEARCHED),
        ActorField("LastName", "Last name", **_SEARCHED),
        ActorField("PortalPassword", "Password of the portal", type=FieldType.PASSWORD),
    ),
)
PROJECT = ActorType("Project", (ActorField("Name", "Name", **_SEARCHED),))
SCHEMA = Schema(
    types=(CUSTOMER, PERSON, PROJECT),
    lists={"Category": {"A": "Key account", "B": "Regular", "C": "New"}},
    crm_fields={
        "Contact": (
            SuperOfficeField("contact/name", "Company name", "NAME"),
            SuperOfficeField("contact/city", "City", "POSTALCITY"),
            SuperOfficeField("contact/category", "Category", "CATEGORY", "table=category"),
            SuperOfficeField("contact/number", "Code", "NUMBER1"),
        ),
        "Person": (
            SuperOfficeField("person/first", "First name", "FIRSTNAME"),
            SuperOfficeField("person/last", "Last name", "LASTNAME"),
        ),
    },
    crm_lists={"table=category": (ListItem(5, "Important"), ListItem(6, "Prospect"))},
)
_THERE = Direction.TO_SUPEROFFICE
CONFIGURATION = Configuration(
    (
        TypeSettings(
            "Customer",
            True,
            (
                FieldSettings("Number", "contact/number", _THERE, show_in_tab=True, show_in_search=True),
                FieldSettings("CreditLimit", show_in_tab=True),
                FieldSettings("Name", "contact/name", _THERE, show_in_search=True),
                FieldSettings("Town", "contact/city", _THERE, show_in_search=True),
                FieldSettings("Category", "contact/category", _THERE, items={"A": 5}),
                FieldSettings("LastInvoice", show_in_tab=True),
                FieldSettings("Blocked", show_in_tab=True),
            ),
        ),
        TypeSettings(
            "Person",
            True,
            (
                FieldSettings("FirstName", "person/first", _THERE),
                FieldSettings("LastName", "person/last", _THERE),
                FieldSettings("PortalPassword", show_in_tab=True),
            ),
        ),
    )
)


def make_practice_customers(app: Flask, url: str, name: str = "Acme Norway", **more: Any) -> int:
    """A saved connection of a practice connector at this URL, with its fields, lists and mapping."""
    connection_id = make_connection(app, make_connector(app, f"Connector of {name}", url=url), name, **more)
    with app.app_context(), writing():
        connection = db.session.get_one(Connection, connection_id)
        connection.config = VALUES
        connection.origin = connection.connector.origin
        db.session.commit()
    map_customers(app, connection_id)
    return connection_id


def map_customers(app: Flask, connection_id: int) -> None:
    """Gives a connection of the practice connector its fields, lists and mapping."""
    with app.app_context(), writing():
        connection = db.session.get_one(Connection, connection_id)
        merge_schema(connection, SCHEMA)
        db.session.commit()
        save_configuration(None, connection, CONFIGURATION, "configuration.imported")
