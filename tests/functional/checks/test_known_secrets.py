"""A connector repeats a secret that it was given before: it is blacked out before anything is stored or shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.factories import (
    PLACES,
    SECRET,
    Visitor,
    declared_field,
    in_app,
    make_connection,
    make_connector,
    serve_repeating,
)
from tests.factories.repeating import in_a_label, in_a_page
from tests.steps import RIGHT, open_step_2
from wizard.extensions import db
from wizard.models import CheckRun, Connection, Connector
from wizard.models.database import writing

FIELDS = [declared_field("ApiPassword", "API password", type="Password")]


def stored(app: Flask) -> str:
    """Whatever is stored of what connectors have said, decrypted."""

    def read() -> str:
        runs = [(each.stages, each.fields) for each in db.session.scalars(db.select(CheckRun))]
        connectors = [(each.fields, each.health) for each in db.session.scalars(db.select(Connector))]
        rows = db.session.scalars(db.select(Connection))
        connections = [(each.fields, each.catalog, each.receipt, each.health) for each in rows]
        return repr((runs, connectors, connections))

    return in_app(app, read)  # type: ignore[no-any-return]


def make_known(app: Flask, url: str, name: str = "Acme Norway") -> int:
    """A connector with a connection whose password is the secret."""
    connector = make_connector(app, f"Sync of {name}", url, fields=FIELDS)
    origin = f"{connector} {url.rpartition('/practice')[0]}"
    make_connection(
        app, connector, name, fields=FIELDS, config={"ApiPassword": SECRET}, origin=origin, receipt={"stages": []}
    )
    return connector


def require_hidden(admin: Visitor, page: str) -> None:
    assert SECRET not in admin.get(page).text
    assert SECRET not in admin.get("/").text
    assert SECRET not in stored(admin.app)


@pytest.mark.parametrize("place", PLACES)
def test_the_check_of_a_connector_shows_no_saved_secret(
    admin: Visitor, tmp_path: Path, place: Callable[[str], str]
) -> None:
    with serve_repeating(tmp_path, place) as url:
        connector = make_known(admin.app, url)
        require_hidden(admin, str(admin.post(f"/connectors/{connector}/check").location))


@pytest.mark.parametrize("place", PLACES)
def test_the_test_of_another_connection_shows_no_saved_secret(
    admin: Visitor, tmp_path: Path, place: Callable[[str], str]
) -> None:
    with serve_repeating(tmp_path, place) as url:
        connector = make_known(admin.app, url)
        origin = in_app(admin.app, lambda: db.session.get_one(Connector, connector).origin)
        values = {"ApiPassword": "another"}
        other = make_connection(admin.app, connector, "Acme Sweden", fields=FIELDS, config=values, origin=origin)
        require_hidden(admin, str(admin.post(f"/connections/{other}/test").location))


@pytest.mark.parametrize("place", PLACES)
def test_a_new_connector_on_the_same_host_shows_no_secret_of_the_old_one(
    admin: Visitor, tmp_path: Path, place: Callable[[str], str]
) -> None:
    with serve_repeating(tmp_path, place) as url:
        make_known(admin.app, url)
        page = open_step_2(admin)
        shown = admin.send(page, {"name": "New", "url": url, "action": "check"})
        assert SECRET not in shown.text
        require_hidden(admin, page)


def test_step_3_shows_no_secret_in_the_fields_of_a_connector_on_the_same_host(admin: Visitor, tmp_path: Path) -> None:
    with serve_repeating(tmp_path, in_a_label) as url:
        make_known(admin.app, url)
        shown = admin.send(open_step_2(admin), {"name": "New", "url": url, "action": "continue"})
        assert shown.request.path.endswith("/connection")
        assert "••••" in shown.text
        require_hidden(admin, shown.request.path)


def test_the_secret_of_a_deleted_connection_is_blacked_out_too(admin: Visitor, tmp_path: Path) -> None:
    with serve_repeating(tmp_path, in_a_page) as url:
        connector = make_known(admin.app, url)
        admin.post("/connections/1/delete")
        require_hidden(admin, str(admin.post(f"/connectors/{connector}/check").location))


def test_the_secret_that_a_connector_was_given_before_it_moved_is_blacked_out_at_its_old_host(
    admin: Visitor, tmp_path: Path
) -> None:
    with serve_repeating(tmp_path, in_a_page) as url:
        connector = make_known(admin.app, url)
        with admin.app.app_context(), writing():
            db.session.get_one(Connector, connector).url = "https://erp.example/x.svc"
            db.session.commit()
        old = make_connector(admin.app, "Old host", url)
        require_hidden(admin, str(admin.post(f"/connectors/{old}/check").location))


def test_a_secret_that_is_only_typed_in_a_form_is_blacked_out_in_the_check_of_its_connector(
    admin: Visitor, tmp_path: Path
) -> None:
    place: list[Callable[[str], str]] = [str]
    with serve_repeating(tmp_path, lambda body: place[0](body)) as url:
        typed = admin.send(open_step_2(admin), {"name": "Practice", "url": url, "action": "continue"})
        admin.send(typed.request.path, RIGHT | {"cf:ApiPassword": SECRET, "action": "save"})
        place[0] = in_a_page
        require_hidden(admin, str(admin.post("/connectors/1/check").location))


def test_a_secret_that_is_given_to_the_connector_while_a_check_runs_is_blacked_out_in_that_check(
    admin: Visitor, tmp_path: Path
) -> None:
    def give_it_and_repeat_it(body: str) -> str:
        if not in_app(admin.app, lambda: db.session.scalar(db.select(Connection.id))):
            make_connection(admin.app, connector, fields=FIELDS, config={"ApiPassword": SECRET})
        return in_a_page(body)

    with serve_repeating(tmp_path, give_it_and_repeat_it) as url:
        connector = make_connector(admin.app, url=url)
        require_hidden(admin, str(admin.post(f"/connectors/{connector}/check").location))


def test_the_secret_of_another_host_is_not_looked_for(admin: Visitor, tmp_path: Path) -> None:
    with serve_repeating(tmp_path, in_a_label) as url:
        make_known(admin.app, "https://erp.example/x.svc")
        connector = make_connector(admin.app, "Another", url)
        assert urlsplit(url).hostname != "erp.example"
        admin.post(f"/connectors/{connector}/check")
        assert SECRET in stored(admin.app)


def test_the_secret_of_the_settings_for_superoffice_is_hidden_too(admin: Visitor, tmp_path: Path) -> None:
    settings = admin.app.config["SETTINGS"]
    admin.app.config["SETTINGS"] = replace(settings, superoffice_client_secret=SECRET)
    with serve_repeating(tmp_path, PLACES[0]) as url:
        connector = make_connector(admin.app, "Sync", url)

        require_hidden(admin, str(admin.post(f"/connectors/{connector}/check").location))


def test_a_connector_whose_url_cannot_be_read_does_not_stop_the_check_of_another(
    admin: Visitor, practice_url: str
) -> None:
    make_connector(admin.app, "Mistyped", f"http://[{practice_url.partition('//')[2]}")
    page = open_step_2(admin)

    answer = admin.send(page, {"name": "Practice", "url": practice_url, "action": "check"})

    assert "The connector works" in answer.text
