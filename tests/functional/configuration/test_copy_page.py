"""The page that copies what is configured for a connection to another one."""

from __future__ import annotations

from tests.factories import Visitor
from tests.factories.configuration import PROJECT, configured, make_schema
from wizard.domain.configuration import Configuration, Direction, FieldSettings, TypeSettings
from wizard.extensions import db
from wizard.models import Connection
from wizard.services.configuration import load

NAME = FieldSettings("NAME", "NAME", Direction.BOTH)
CHOSEN = Configuration((TypeSettings("Customer", True, (NAME,)), TypeSettings("Project", True, (NAME,))))
PAGE = "/connections/1/configuration/copy"


def test_the_other_connection_gets_what_it_can_have_and_the_rest_is_named(admin: Visitor) -> None:
    configured(admin.app, configuration=CHOSEN)
    configured(admin.app, "Acme Sweden", make_schema(PROJECT))
    assert f'<a href="{PAGE}">Copy the configuration</a>' in admin.get("/connections/1").text
    assert '<option value="2">Acme Sweden</option>' in admin.get(PAGE).text

    page = admin.send(PAGE, {"target": "2"})

    assert page.request.path == "/connections/2"
    assert "What is configured for Acme Norway is copied to Acme Sweden." in page.text
    assert "Customer, NAME: The ERP does not have this field any more." in page.text
    with admin.app.app_context():
        found = load(db.session.get_one(Connection, 2))
        assert found.type("Project").field("NAME") == NAME


def test_without_a_choice_the_page_asks_for_one(admin: Visitor) -> None:
    configured(admin.app, configuration=CHOSEN)
    configured(admin.app, "Acme Sweden")

    answer = admin.post(PAGE, {"target": "1"})

    assert answer.status_code == 422
    assert "Choose a connection." in answer.text


def test_one_connection_alone_has_none_to_copy_to(admin: Visitor) -> None:
    configured(admin.app, configuration=CHOSEN)

    assert "There is no other connection." in admin.get(PAGE).text
