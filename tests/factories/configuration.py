"""Connections that can be configured: the fields and lists of both sides, and settings for them."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.factories.connectors import make_connection, make_connector
from wizard.domain.configuration import (
    ActorField,
    ActorType,
    Configuration,
    ListItem,
    Schema,
    SuperOfficeField,
    TypeSettings,
    documented_fields,
)
from wizard.domain.fields import Access, FieldType
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.database import writing
from wizard.services.configuration import merge_schema, save_configuration

CUSTOMER = ActorType(
    "Customer",
    (
        ActorField("CUSTNO", "Customer number", access=Access.READ_ONLY, is_searchable=True),
        ActorField("NAME", "Name", access=Access.MANDATORY, is_searchable=True),
        ActorField("EMAIL", "E-mail", is_searchable=True),
        ActorField("PHONE", "Phone"),
        ActorField("GROUP", "Customer group", type=FieldType.LIST, list_name="groups"),
        ActorField("COUNTRY", "Country", type=FieldType.LIST, list_name="countries", access=Access.MANDATORY),
        ActorField("LIMIT", "Credit limit", type=FieldType.DOUBLE),
        ActorField("BLOCKED", "Blocked", type=FieldType.CHECKBOX),
        ActorField("PIN", "Code of the portal", type=FieldType.PASSWORD),
        ActorField("TERMS", "Payment terms", type=FieldType.LIST, list_name="terms"),
    ),
)
PROJECT = ActorType(
    "Project",
    (ActorField("NAME", "Name", access=Access.MANDATORY), ActorField("ENDDATE", "End date", type=FieldType.DATETIME)),
)
EMPLOYEE = ActorType("Employee", (ActorField("NAME", "Name"),))
LISTS = {
    "groups": {"1": "Private customers", "2": "Public sector", "3": "Dealers", "4": "Export"},
    "countries": {"NO": "Norge", "SE": "Sverige", "DK": "Danmark"},
    "terms": {"14": "14 days", "30": "30 days"},
}
CRM_LISTS = {
    "table=category": (ListItem(1, "Private customer"), ListItem(2, "Public sector"), ListItem(3, "Dealer")),
    "table=country": (ListItem(578, "Norge"), ListItem(752, "Sverige"), ListItem(208, "Danmark")),
}


def make_schema(*types: ActorType, **more: Any) -> Schema:
    """Both sides without a link; Customer, Project and Employee, which SuperOffice does not synchronise."""
    values = {"lists": LISTS, "crm_fields": documented_fields()}
    return Schema(types or (CUSTOMER, PROJECT, EMPLOYEE), **(values | more))


def make_linked_schema(*types: ActorType, **more: Any) -> Schema:
    """Both sides as they are with a link: SuperOffice's own keys, names and lists."""
    references = {"CATEGORY": "table=category", "COUNTRY": "table=country"}
    fields = {
        name: tuple(
            SuperOfficeField(
                f"{name}/{each.key}".lower(), each.key.capitalize(), each.key, references.get(each.key, "")
            )
            for each in several
        )
        for name, several in documented_fields().items()
    }
    own = SuperOfficeField("contact/contactid", "Company ID", is_read_only=True)
    fields["Contact"] += (own, SuperOfficeField("contact/udef/blocked", "Blocked"))
    values = {"crm_fields": fields, "crm_lists": CRM_LISTS, "from_superoffice": True}
    return make_schema(*types, **(values | more))


def configured(
    app: Flask, name: str = "Acme Norway", schema: Schema | None = None, configuration: Configuration | None = None
) -> int:
    """A saved connection whose both sides have been read, and what is configured for it."""
    connection_id = make_connection(app, make_connector(app, f"Connector of {name}"), name)
    with app.app_context(), writing():
        connection = db.session.get_one(Connection, connection_id)
        merge_schema(connection, schema or make_schema())
        db.session.commit()
        if configuration:
            save_configuration(None, connection, configuration, "configuration.imported")
    return connection_id


def reconfigure(app: Flask, *types: TypeSettings, connection_id: int = 1) -> None:
    """Saves settings, as another administrator does."""
    with app.app_context(), writing():
        connection = db.session.get_one(Connection, connection_id)
        save_configuration(None, connection, Configuration(types), "configuration.imported")


def read_again(app: Flask, schema: Schema, connection_id: int = 1) -> None:
    """Both sides have this now."""
    with app.app_context(), writing():
        merge_schema(db.session.get_one(Connection, connection_id), schema)
        db.session.commit()
