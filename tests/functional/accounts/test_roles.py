"""Who may do what: nobody without signing in, a reader reads and tests, an administrator does everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests import pages
from tests.factories import ForgetfulQueue, Visitor, in_app, make_connector, serve_practice, sign_in
from tests.steps import RIGHT, open_step_3
from wizard.domain.accounts import Role
from wizard.extensions import db
from wizard.models import CheckRun, Connection, Connector, SuperOfficeLink
from wizard.models.database import writing
from wizard.web.access.security import FOR_READERS, OPEN_BLUEPRINTS, OPEN_ENDPOINTS

OWN_VALUES = ("ACME-NO", "ACME-SE", "25.5")


@pytest.fixture
def reader(app: Flask) -> Visitor:
    return sign_in(app, "Rita Reader", role=Role.READER)


def endpoints(app: Flask) -> list[tuple[str, str, str]]:
    """Endpoint, method and a path of every rule."""
    some: dict[str, Any] = dict.fromkeys(("setup_id", "connector_id", "connection_id"), 1)
    some |= dict.fromkeys(("user_id", "group_id", "account_id", "passkey_id", "key_id", "request_id"), 1)
    some |= {"outage_id": 1, "recipient_id": 1}
    some |= {"session_id": 99, "superoffice_id": 1, "kind": "connections", "row_id": 1}
    some |= {"run_id": "none", "step": "rank", "token": "none", "filename": "none", "fingerprint": "none"}
    some |= {"name": "common", "number": 1, "rest": "v1"}  # of the practice SuperOffice
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        path = adapter.build(rule.endpoint, {name: some[name] for name in rule.arguments})
        found += [(rule.endpoint, method, path) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return found


def status(person: Visitor, method: str, path: str) -> int:
    return (person.get(path) if method == "GET" else person.post(path)).status_code


def is_open(endpoint: str) -> bool:
    return endpoint in OPEN_ENDPOINTS or endpoint.partition(".")[0] in OPEN_BLUEPRINTS


def test_without_signing_in_every_address_leads_to_the_login_but_those_that_are_named(app: Flask) -> None:
    visitor = Visitor(app, app.test_client())
    for endpoint, method, path in endpoints(app):
        answer = visitor.get(path) if method == "GET" else visitor.post(path)
        if endpoint == "second_step.show":
            continue  # without a first step it leads to that
        led = answer.status_code == 303 and str(answer.location).startswith("/login")
        assert led != is_open(endpoint), (endpoint, method)


def test_a_reader_may_use_just_what_reads_and_tests(app: Flask, reader: Visitor) -> None:
    for endpoint, method, path in endpoints(app):
        if endpoint == "sign_in.logout":
            continue  # it would end the others
        refused = status(reader, method, path) == 403
        assert refused == (endpoint not in FOR_READERS and not is_open(endpoint)), (endpoint, method)


def test_an_administrator_is_refused_nothing(app: Flask, admin: Visitor) -> None:
    for endpoint, method, path in endpoints(app):
        if endpoint not in ("sign_in.logout", "accounts.sign_out"):
            assert status(admin, method, path) != 403, (endpoint, method)


def test_no_page_shows_a_configuration_value_to_a_reader(
    app: Flask, admin: Visitor, reader: Visitor, practice_url: str
) -> None:
    paths = pages.fill(app, admin, practice_url)
    assert any(value in admin.get(path).text for path in paths for value in OWN_VALUES)
    for path in paths:
        page = reader.get(path, follow_redirects=True).text
        assert [value for value in OWN_VALUES if value in page] == [], path


def test_a_reader_does_not_see_the_words_of_an_erp_that_repeats_configuration_values(
    admin: Visitor, reader: Visitor, tmp_path: Path
) -> None:
    with serve_practice(tmp_path, lambda text: text.replace("The ERP refused", "ACME-NO refused")) as url:
        page = open_step_3(admin, url)
        admin.send(page, RIGHT | {"action": "test"})
        admin.send(page, {"action": "ok"})
        with admin.app.app_context(), writing():
            connection = db.session.get_one(Connection, 1)
            connection.config = connection.config | {"ApiPassword": "wrong"}
            db.session.commit()

        answer = reader.post("/connections/1/test", follow_redirects=True)

    for path in (answer.request.path, "/"):
        assert "ACME-NO refused" in admin.get(path).text
        assert "ACME-NO" not in reader.get(path).text
    assert "The connector works, but its test of the details failed." in answer.text
    assert "reason: config.rejected" in answer.text


def run_ids(app: Flask) -> list[str]:
    return list(in_app(app, lambda: db.session.scalars(select(CheckRun.id)).all()))


def test_no_page_or_part_shows_a_reader_what_a_connector_has_said(
    app: Flask, admin: Visitor, reader: Visitor, tmp_path: Path
) -> None:
    """Its words are in labels, hints, choices and explanations; everything else is left out of the answers here."""
    said = "said by it"
    with serve_practice(tmp_path, lambda text: text.replace(':"', f':"{said} ')) as url:
        paths = pages.fill(app, admin, url)
        for path in ("/connectors/1/check", "/connections/1/test"):
            admin.post(path)
            reader.post(path)
    open_links = [
        path for path in paths if path.startswith("/fill/")
    ]  # for whoever has the link, which no reader is shown
    paths = [*(path for path in paths if path not in open_links), *(f"/checks/{run}" for run in run_ids(app))]
    assert any(said in admin.get(path).text for path in paths)
    for path in paths:
        for page in (reader.get(path, follow_redirects=True), reader.htmx(path)):
            assert said not in page.text, path
            for label in (
                "<dt>body</dt>",
                "<dt>server</dt>",
                "<dt>content-type</dt>",
                "content-type: ",
                "explanation: ",
            ):
                assert label not in page.text, path


def test_a_reader_opens_the_checks_of_the_lists_and_their_own_and_no_other(
    app: Flask, admin: Visitor, reader: Visitor, practice_url: str
) -> None:
    pages.fill(app, admin, practice_url)
    own = str(reader.post("/connectors/1/check").location)
    listed = in_app(app, lambda: {each.health_run_id for each in db.session.scalars(select(Connection))})
    listed |= in_app(app, lambda: {each.health_run_id for each in db.session.scalars(select(Connector))})
    listed |= in_app(app, lambda: {each.health_run_id for each in db.session.scalars(select(SuperOfficeLink))})
    for run in run_ids(app):
        is_visible = run in listed or own.endswith(run)
        assert reader.get(f"/checks/{run}").status_code == (200 if is_visible else 404), run
        assert admin.get(f"/checks/{run}").status_code == 200
    assert {True, False} == {run in listed for run in run_ids(app)}


def test_a_reader_cancels_no_check_of_an_administrator(app: Flask, admin: Visitor, reader: Visitor) -> None:
    app.extensions["job_queue"] = ForgetfulQueue(app)
    make_connector(app)
    check = str(admin.post("/connectors/1/check").location)

    assert reader.post(f"{check}/cancel").status_code == 404

    assert in_app(app, lambda: db.session.scalars(select(CheckRun)).one().state) == "waiting"
    own = str(reader.post("/connectors/1/check").location)
    assert "Cancelled." in reader.post(f"{own}/cancel", follow_redirects=True).text


def test_a_reader_tests_a_connection_and_sees_how_it_went(
    app: Flask, admin: Visitor, reader: Visitor, practice_url: str
) -> None:
    pages.fill(app, admin, practice_url)

    answer = reader.post("/connections/1/test", follow_redirects=True)

    assert "The connection works" in answer.text
    run = in_app(app, lambda: db.session.scalar(select(CheckRun).order_by(CheckRun.created_at.desc())))
    assert run.connection_id == 1


def test_a_reader_reads_who_makes_changes_and_sees_no_button_that_would_be_refused(
    app: Flask, admin: Visitor, reader: Visitor, practice_url: str
) -> None:
    assert "Start setup" not in reader.get("/").text
    pages.fill(app, admin, practice_url)
    for path in ("/", "/users/"):
        page = reader.get(path).text
        assert "You can read and test. An administrator can make changes." in page
        for word in (">Edit", ">Delete<", ">Copy", ">Import", "Start setup", "Continue setup", ">Sheet"):
            assert word not in page.partition("<main")[2], (path, word)
    assert ">Edit" in admin.get("/").text
