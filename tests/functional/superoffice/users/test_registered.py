"""What is registered in SuperOffice already: seen on step 1 and on a list, and taken over with a click."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import (
    PracticeSuperOffice,
    Visitor,
    declared_field,
    form_fields,
    in_app,
    link_practice,
    make_connector,
    says,
)
from tests.functional.superoffice.calls import GOOD, api_of, save_connection, save_connector
from tests.steps import connectors, save
from wizard.domain.superoffice import Licence, LinkAccess
from wizard.extensions import db
from wizard.models import Setup, Source, SuperOfficeLink, SuperOfficeReading
from wizard.models.database import writing
from wizard.practice.superoffice.faults import edit_all
from wizard.services.superoffice import read_registered


@pytest.fixture
def linked(app: Flask, host: PracticeSuperOffice) -> PracticeSuperOffice:
    """A linked SuperOffice with a connector and a connection on it, which the app may only read."""
    api = api_of(host)
    save_connection(api, save_connector(api, host.connector_url, "Visma Sync"), DisplayName='NO:"Norge";US:"Norway"')
    link_practice(app, host, access=LinkAccess.READ_ONLY)
    return host


def open_step_1(admin: Visitor) -> str:
    return str(admin.post("/setup/new").location)


def setup_of(admin: Visitor) -> Setup:
    newest = db.select(Setup).order_by(Setup.id.desc()).limit(1)
    return in_app(admin.app, lambda: db.session.scalars(newest).one())  # type: ignore[no-any-return]


def list_of(admin: Visitor) -> str:
    """The list of what is not here."""
    page = admin.get("/superoffice/").text
    return says("<main" + page.partition('id="not-here"')[2].partition("</section>")[0])


def test_step_1_shows_licence_and_connectors_as_seen(admin: Visitor, linked: PracticeSuperOffice) -> None:
    page = says(admin.get(open_step_1(admin)).text)

    assert "Seen in SuperOffice Cust00001, Practice, today at" in page
    assert "Licence: Development Tools" in page
    assert "Visma Sync" in page
    assert "Used by Norway" in page


def test_step_1_says_what_comes_at_the_end(app: Flask, admin: Visitor, host: PracticeSuperOffice) -> None:
    assert "At the end you get a sheet" in admin.get(open_step_1(admin)).text

    link_practice(app, host)

    assert "saves it in SuperOffice too" in admin.get(open_step_1(admin)).text


def test_step_1_is_as_before_without_a_link(admin: Visitor) -> None:
    page = says(admin.get(open_step_1(admin)).text)

    assert "Seen in SuperOffice" not in page
    assert "Find the app" in page


def test_one_is_used_with_a_click_that_leads_to_its_check(admin: Visitor, linked: PracticeSuperOffice) -> None:
    page = open_step_1(admin)
    seen = form_fields(admin.get(page).text)["connector"]

    answer = admin.post(f"{page}/use", {"connector": seen}, follow_redirects=True)

    assert answer.request.path.endswith("/connector")
    assert "The connector works" in answer.text
    assert form_fields(answer.text)["name"] == "Visma Sync"
    assert form_fields(answer.text)["url"] == linked.connector_url


def test_one_that_is_here_already_is_chosen_in_step_3(admin: Visitor, linked: PracticeSuperOffice) -> None:
    make_connector(admin.app, url=linked.connector_url)
    page = open_step_1(admin)
    seen = form_fields(admin.get(page).text)["connector"]

    answer = admin.post(f"{page}/use", {"connector": seen}, follow_redirects=True)

    assert answer.request.path.endswith("/connection")
    assert form_fields(answer.text)["connector_id"] == "1"
    assert len(connectors(admin)) == 1


def test_one_that_is_not_there_is_not_used(admin: Visitor, linked: PracticeSuperOffice) -> None:
    page = open_step_1(admin)
    admin.get(page)

    assert admin.post(f"{page}/use", {"connector": "99"}).status_code == 404
    assert admin.post(f"{page}/use", {"connector": ""}).status_code == 404


def test_when_it_cannot_be_read_step_1_says_why_and_shows_what_was_seen(
    admin: Visitor, linked: PracticeSuperOffice
) -> None:
    page = open_step_1(admin)
    admin.get(page)
    linked.plan("exception", times=None)

    admin.post("/setup/superoffice/read")
    text = says(admin.get(page).text)

    assert "SuperOffice could not be read today at" in text
    assert "Visma Sync" in text


def test_step_1_can_be_used_while_superoffice_does_not_answer(admin: Visitor, linked: PracticeSuperOffice) -> None:
    linked.plan("html", times=None)

    answer = admin.send(open_step_1(admin), {"action": "skip"})

    assert answer.request.path.endswith("/connector")


def test_what_is_not_here_is_listed_and_a_connection_needs_its_connector(
    admin: Visitor, linked: PracticeSuperOffice
) -> None:
    before = list_of(admin)
    make_connector(admin.app, url=linked.connector_url)
    after = list_of(admin)

    assert "Sync Connector Used by Norway Take over Visma Sync" in before
    assert "Norway On the connector Visma Sync ERP connection Not active Take over its connector first." in before
    assert "Sync Connector Used by" not in after
    assert "ERP connection Not active Take over Norway" in after


def test_a_connection_is_taken_over_with_what_can_be_seen(admin: Visitor, linked: PracticeSuperOffice) -> None:
    make_connector(admin.app, url=linked.connector_url)
    in_app(admin.app, read_registered)

    answer = admin.post("/setup/superoffice/connections/1", follow_redirects=True)

    assert answer.request.path.endswith("/connection")
    fields = form_fields(answer.text)
    assert (fields["name"], fields["connector_id"], fields["scope"]) == ("Norway", "1", "everyone")


def test_a_connector_is_taken_over_into_a_form_of_its_own(admin: Visitor, linked: PracticeSuperOffice) -> None:
    in_app(admin.app, read_registered)

    answer = admin.post("/setup/superoffice/connectors/1", follow_redirects=True)

    assert form_fields(answer.text)["name"] == "Visma Sync"
    assert setup_of(admin).kind == "connector"


def test_a_connection_is_taken_over_only_from_what_was_seen_and_on_a_connector_that_is_here(
    admin: Visitor, linked: PracticeSuperOffice
) -> None:
    in_app(admin.app, read_registered)

    assert admin.post("/setup/superoffice/connections/99").status_code == 404
    assert admin.post("/setup/superoffice/connections/1").status_code == 409


def test_when_its_values_cannot_be_read_a_connection_is_not_taken_over(
    app: Flask, admin: Visitor, host: PracticeSuperOffice
) -> None:
    save_connection(api_of(host), save_connector(api_of(host), host.connector_url))
    link_practice(app, host)
    make_connector(app, url=host.connector_url)
    in_app(app, read_registered)
    host.plan("exception", times=None)

    answer = admin.post("/setup/superoffice/connections/1", follow_redirects=True)

    assert "SuperOffice could not be read." in says(answer.text)
    assert in_app(app, lambda: db.session.scalars(db.select(Setup)).all()) == []


def test_a_connector_whose_url_cannot_be_called_is_taken_over_into_its_form_unchecked(
    app: Flask, admin: Visitor, host: PracticeSuperOffice
) -> None:
    save_connector(api_of(host), "ftp://erp.example/x.svc", "Old Sync")
    link_practice(app, host)
    in_app(app, read_registered)

    answer = admin.post("/setup/superoffice/connectors/1", follow_redirects=True)

    assert answer.request.path.endswith("/connector")
    assert form_fields(answer.text)["url"] == "ftp://erp.example/x.svc"


def test_after_unlinking_nothing_of_superoffice_is_offered(admin: Visitor, linked: PracticeSuperOffice) -> None:
    admin.get(open_step_1(admin))
    with admin.app.app_context(), writing():
        db.session.delete(db.session.query(SuperOfficeLink).one())
        db.session.commit()

    assert "Seen in SuperOffice" not in says(admin.get(open_step_1(admin)).text)
    make_connector(admin.app, url=linked.connector_url)
    assert admin.post("/setup/superoffice/connections/1").status_code == 409


def test_with_a_full_link_values_and_scope_are_taken_over_too(
    app: Flask, admin: Visitor, host: PracticeSuperOffice
) -> None:
    api = api_of(host)
    values = GOOD | {"Company": "ACME-SE"}
    scope = {"AllAccess": False, "UserGroupAccessIds": [2, 3], "AssociateAccessIds": [12]}  # who is external
    save_connection(api, save_connector(api, host.connector_url), ConfigFields=values, **scope)
    link_practice(app, host)
    admin.post("/users/read")
    in_app(app, read_registered)
    password = declared_field("ApiPassword", "API password") | {"type": "Password"}
    make_connector(app, url=host.connector_url, fields=[declared_field("Company", "Company"), password])

    answer = admin.post("/setup/superoffice/connections/1", follow_redirects=True)

    fields = form_fields(answer.text)
    assert fields["cf:Company"] == "ACME-SE"
    assert fields["cf:ApiPassword"] == ""
    assert "2 groups" in says(answer.text)
    assert "1 user or group of its scope is not known here yet." in answer.text


def test_what_was_saved_or_deleted_a_moment_ago_is_told_at_once(
    app: Flask, admin: Visitor, host: PracticeSuperOffice
) -> None:
    link_practice(app, host)
    admin.get("/superoffice/")
    save(admin, host.connector_url)
    assert "Used by Acme Norway" in says(admin.get(open_step_1(admin)).text)

    admin.post("/connections/1/delete")
    assert "Acme Norway" not in list_of(admin)


def test_a_connection_that_is_not_there_or_whose_connector_is_not_here_is_not_taken_over(
    admin: Visitor, linked: PracticeSuperOffice
) -> None:
    in_app(admin.app, read_registered)

    assert admin.post("/setup/superoffice/connections/99").status_code == 404
    answer = admin.post("/setup/superoffice/connections/1", follow_redirects=True)
    assert not answer.request.path.endswith("/connection")


def test_a_connection_that_superoffice_does_not_show_now_is_not_taken_over(
    app: Flask, admin: Visitor, host: PracticeSuperOffice
) -> None:
    save_connection(api_of(host), save_connector(api_of(host), host.connector_url))
    link_practice(app, host)
    in_app(app, read_registered)
    make_connector(app, url=host.connector_url)
    host.plan("unavailable", "GetConnection", 1)

    answer = admin.post("/setup/superoffice/connections/1", follow_redirects=True)

    assert "SuperOffice could not be read." in says(answer.text)
    host.twin.store.clear("connection")
    assert admin.post("/setup/superoffice/connections/1").status_code == 404


def test_a_connector_whose_url_cannot_be_called_opens_its_form_without_a_check(
    admin: Visitor, host: PracticeSuperOffice
) -> None:
    save_connector(api_of(host), "app://visma.sync")
    link_practice(admin.app, host, access=LinkAccess.READ_ONLY)
    in_app(admin.app, read_registered)

    answer = admin.post("/setup/superoffice/connectors/1", follow_redirects=True)

    assert answer.request.path.endswith("/connector")
    assert form_fields(answer.text)["url"] == "app://visma.sync"


def test_step_1_says_who_has_changed_a_connector_last(admin: Visitor, host: PracticeSuperOffice) -> None:
    save_connector(api_of(host), host.connector_url)
    edit_all(host.twin)
    link_practice(admin.app, host, access=LinkAccess.READ_ONLY)

    assert "A Sync Connector, last changed by " in says(admin.get(open_step_1(admin)).text)


def test_step_1_names_nobody_for_a_connector_that_was_never_changed(admin: Visitor, host: PracticeSuperOffice) -> None:
    number = save_connector(api_of(host), host.connector_url)
    (document,) = host.twin.store.all("connector")
    host.twin.store.put("connector", number, document | {"updatedBy": "", "updatedDate": "0001-01-01T00:00:00"})
    link_practice(admin.app, host, access=LinkAccess.READ_ONLY)

    text = says(admin.get(open_step_1(admin)).text)

    assert "A Sync Connector" in text
    assert "last changed by" not in text


def test_step_1_says_for_what_the_licence_of_superoffice_itself_is_enough(
    admin: Visitor, linked: PracticeSuperOffice
) -> None:
    admin.get(open_step_1(admin))
    with admin.app.app_context(), writing():
        reading = db.session.query(SuperOfficeReading).filter_by(source=Source.REGISTRY).one()
        reading.seen = (reading.seen or {}) | {"licences": [Licence.ERP_SYNC]}
        db.session.commit()

    text = says(admin.get(open_step_1(admin)).text)

    assert "Licence: ERP Sync" in text
    assert "An app that is made for you needs Development Tools too." in text
