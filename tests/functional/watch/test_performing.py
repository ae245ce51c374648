"""A test of what is watched, against a real connector."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from tests import factories
from tests.factories.watches import change_watch, make_due_watch, make_watch
from wizard.extensions import db
from wizard.models import Outage
from wizard.models.columns import now
from wizard.services.watch import Tell, claim_due, perform, store


def test_a_connection_is_tested_with_its_saved_values(app: Flask, practice_url: str) -> None:
    connector_id = factories.make_connector(app, url=practice_url)
    origin = f"{connector_id} {'/'.join(practice_url.split('/')[:3])}"
    for password in ("practice", "wrong"):
        config = {"Company": "ACME-NO", "ApiUser": "API-SO", "ApiPassword": password, "Outcome": "ok"}
        connection_id = factories.make_connection(app, connector_id, password, config=config, origin=origin)
        change_watch(app, make_watch(app, connection_id=connection_id, days=0), due_at=now())

    with app.app_context():
        found = [perform(job, lambda: False) for job in claim_due(2)]

    assert [each.failure and each.failure.reason for each in found] == [None, "config.rejected"]


def test_a_failure_is_kept_without_the_secrets_of_its_connection(app: Flask) -> None:
    secret = factories.declared_field("Password", "Password", type="Password")
    page = "<html>user sync with s3cret-word is unknown</html>"
    with factories.serve_app(_page(page)) as address:
        connector_id = factories.make_connector(app, url=address + "/x.svc")
        connection_id = factories.make_connection(
            app,
            connector_id,
            config={"Password": "s3cret-word"},
            fields=[secret],
            origin=f"{connector_id} {address}",
        )
        change_watch(app, make_watch(app, connection_id=connection_id, days=0), due_at=now())
        with app.app_context():
            [job] = claim_due(1)
            result = perform(job, lambda: False)
            store([result], Tell())

    with app.app_context():
        [outage] = db.session.scalars(select(Outage))
        assert outage.reason == "contract.html"
        assert "unknown" in str(outage.stages)
        assert "s3cret-word" not in str(outage.stages)


def test_values_that_no_key_decrypts_are_not_tested_and_looked_at_again_later(app: Flask, practice_url: str) -> None:
    connector_id = factories.make_connector(app, url=practice_url)
    origin = f"{connector_id} {'/'.join(practice_url.split('/')[:3])}"
    connection_id = factories.make_connection(app, connector_id, config={"Company": "ACME-NO"}, origin=origin)
    change_watch(app, make_watch(app, connection_id=connection_id, days=0), due_at=now())
    factories.lose(app, "connection.config")

    with app.app_context():
        [result] = [perform(job, lambda: False) for job in claim_due(1)]

    assert (result.is_void, result.failure, result.pause) == (True, None, timedelta(minutes=10))


def test_of_a_further_failure_no_stages_are_kept(app: Flask) -> None:
    with factories.serve_app(_page("<html>unknown</html>")) as address:
        change_watch(app, make_due_watch(app, url=address + "/x.svc"), failures=1)
        with app.app_context():
            [result] = [perform(job, lambda: False) for job in claim_due(1)]

    assert (result.failure and result.failure.reason, result.stages) == ("contract.html", ())


def _page(text: str) -> Flask:
    host = Flask("host")
    host.add_url_rule("/x.svc", "page", lambda: text, methods=["GET", "POST"])
    return host
