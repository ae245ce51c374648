"""What Prometheus reads at /metrics: pages, checks, the queue; and who may read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import ForgetfulQueue, Visitor, close, databases, in_app, make_app, make_connection, make_connector
from tests.factories.notices import break_down, make_recipient, make_watched, pass_time, send, use_mail_server
from tests.factories.receivers import serve_mail
from tests.factories.watches import TIMEOUT, make_watch
from tests.readings import OPEN_METRICS, Key, key, readings
from wizard.domain.check import RunKind
from wizard.domain.watch import Interval
from wizard.extensions import db
from wizard.models import CheckRun, Connector, Watch
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.checks import end_abandoned_runs
from wizard.services.watch import Result, Tell, claim_due, store, void

PAGES = "erp_wizard_http_request_duration_seconds_count"
CHECKS = "erp_wizard_checks_total"
HOUR = timedelta(hours=1)


def read(app: Flask) -> dict[Key, float]:
    return readings(app.test_client().get("/metrics", headers=OPEN_METRICS).text)


def more(app: Flask, before: dict[Key, float], name: str) -> dict[tuple[str, ...], float]:
    """What a counter has counted since, by the values of its labels in the order of their names."""
    found = {each: number - before.get(each, 0) for each, number in read(app).items() if each[0] == name}
    return {tuple(value for _, value in labels): number for (_, labels), number in found.items() if number}


def test_pages_are_counted_by_endpoint_method_and_class_of_status(app: Flask, admin: Visitor) -> None:
    before = read(app)

    admin.get("/account")
    admin.get("/account")
    admin.get("/connectors/77")
    admin.post("/setup/new")

    counted = more(app, before, PAGES)
    assert counted["account.show", "GET", "2xx"] == 2
    assert counted["setups.new", "POST", "3xx"] == 1
    assert sum(number for (_, _, status), number in counted.items() if status == "4xx") == 1


def test_what_anybody_can_make_up_gets_no_series_of_its_own(app: Flask) -> None:
    client = app.test_client()
    before = read(app)

    for number in range(20):
        client.get(f"/nothing/{number}")
        client.open("/login", method=f"MADEUP{number}")

    counted = more(app, before, PAGES)
    assert counted == {("none", "GET", "4xx"): 20, ("none", "other", "4xx"): 20, ("health.metrics", "GET", "2xx"): 1}


def test_checks_are_counted_by_kind_result_and_reason(app: Flask, admin: Visitor, practice_url: str) -> None:
    make_connector(app, "Healthy", practice_url)
    make_connector(app, "Nowhere", "http://127.0.0.1:9/x.svc")
    before = read(app)

    admin.post("/connectors/1/check")
    admin.post("/connectors/2/check")

    assert more(app, before, CHECKS) == {
        ("connector", "none", "passed"): 1,
        ("connector", "address.port_not_allowed", "failed"): 1,
    }
    assert more(app, before, "erp_wizard_check_duration_seconds_count") == {("connector",): 2}


def test_a_check_whose_process_was_killed_counts_as_interrupted(app: Flask, admin: Visitor) -> None:
    app.extensions["job_queue"] = ForgetfulQueue(app)
    make_connector(app)
    admin.post("/connectors/1/check")
    before = read(app)
    with app.app_context(), writing():
        db.session.execute(db.update(CheckRun).values(heartbeat_at=now() - timedelta(minutes=5)))
        db.session.commit()

    in_app(app, end_abandoned_runs)

    assert more(app, before, CHECKS) == {(RunKind.CONNECTOR, "none", "interrupted"): 1}


def test_the_queue_has_its_length_and_the_age_of_the_oldest(app: Flask, admin: Visitor) -> None:
    app.extensions["job_queue"] = ForgetfulQueue(app)
    make_connector(app)
    for _ in range(3):
        admin.post("/connectors/1/check")
    with app.app_context(), writing():
        oldest = db.session.scalars(db.select(CheckRun.id).limit(1)).one()
        values = {"created_at": now() - timedelta(seconds=90)}
        db.session.execute(db.update(CheckRun).where(CheckRun.id == oldest).values(values))
        db.session.commit()

    found = read(app)

    waiting = in_app(app, lambda: db.session.query(CheckRun).count())
    assert waiting >= 1
    assert found[key("erp_wizard_queue_runs", state="waiting")] == waiting
    assert found[key("erp_wizard_queue_runs", state="running")] == 0
    assert 90 <= found[key("erp_wizard_queue_oldest_waiting_seconds")] < 600


def test_the_watch_has_how_many_are_watched_how_many_are_down_and_how_late_it_is(app: Flask) -> None:
    connector_id = make_connector(app)
    connection_id = make_connection(app, connector_id, "Acme")
    off, deleted = (make_connector(app, name, f"https://{name}.example/x.svc") for name in ("Off", "Deleted"))
    with app.app_context(), writing():
        db.session.add(Watch(connector_id=connector_id, interval=Interval.HOUR, failures=1, due_at=now() + HOUR))
        db.session.add(Watch(connection_id=connection_id, interval=Interval.DAY, failures=2, due_at=now() - HOUR))
        db.session.add(Watch(connector_id=off, interval=Interval.OFF, failures=3))
        db.session.add(Watch(connector_id=deleted, interval=Interval.HOUR, failures=3, due_at=now() - 2 * HOUR))
        db.session.get_one(Connector, deleted).deleted_at = now()
        db.session.commit()

    found = read(app)

    watched = {target: found[key("erp_wizard_watched", target=target)] for target in ("connector", "connection")}
    down = {target: found[key("erp_wizard_watch_down", target=target)] for target in ("connector", "connection")}
    assert watched == {"connector": 1, "connection": 1}
    assert down == {"connector": 0, "connection": 1}
    assert 3600 <= found[key("erp_wizard_watch_late_seconds")] < 4000


def test_what_the_watch_tests_is_counted_with_its_reason_and_what_is_void_is_not(app: Flask) -> None:
    ids = [make_watch(app, connector_id=make_connector(app, name), days=0) for name in ("Good", "Bad", "Void")]
    before = read(app)
    with app.app_context():
        with writing():
            db.session.execute(db.update(Watch).values(due_at=now() - HOUR))
            db.session.commit()
        good, bad, unknown = sorted(claim_due(3), key=lambda job: ids.index(job.watch_id))
        store([Result(good, now()), Result(bad, now(), TIMEOUT, (TIMEOUT,)), void(unknown)], Tell())

    assert more(app, before, CHECKS) == {("watch", "none", "passed"): 1, ("watch", TIMEOUT.reason, "failed"): 1}


def test_messages_are_counted_by_channel_and_result_and_what_was_not_delivered_is_known(app: Flask) -> None:
    make_recipient(app)
    break_down(app, make_watched(app))
    before = read(app)
    with serve_mail(on_rcpt="451 Try again later") as mailbox:
        use_mail_server(app, mailbox.port)
        send(app)
    assert more(app, before, "erp_wizard_notice_attempts_total") == {("mail", "refused"): 1}
    assert read(app)[key("erp_wizard_notices_undelivered")] == 1

    pass_time(app, hours=1)
    with serve_mail() as mailbox:
        use_mail_server(app, mailbox.port)
        send(app)

    attempts = more(app, before, "erp_wizard_notice_attempts_total")
    assert attempts == {("mail", "refused"): 1, ("mail", "delivered"): 1}
    assert read(app)[key("erp_wizard_notices_undelivered")] == 0


def test_it_is_read_while_the_database_is_away_and_says_so(app: Flask) -> None:
    if databases:
        pytest.skip("It is about SQLite's file.")
    assert read(app)[key("erp_wizard_database_up")] == 1
    close(app)
    database = Path(app.instance_path, "wizard.sqlite3")
    database.rename(database.with_suffix(".away"))
    database.mkdir()

    found = read(app)

    assert found[key("erp_wizard_database_up")] == 0
    assert found[key("erp_wizard_build_info", version=app.config["VERSION"])] == 1
    assert not any(name.startswith("erp_wizard_queue") for name, _ in found)
    close(app)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "text/plain; version=0.0.4; charset=utf-8"),
        ("application/openmetrics-text; version=1.0.0", "application/openmetrics-text; version=1.0.0; charset=utf-8"),
    ],
)
def test_it_has_the_format_that_is_asked_for(app: Flask, accept: str, kind: str) -> None:
    answer = app.test_client().get("/metrics", headers={"Accept": accept})

    assert answer.content_type.startswith(kind)
    assert answer.text.rstrip().endswith("# EOF") is bool(accept)


def status_for(app: Flask, address: str, **headers: str) -> int:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return client.get("/metrics", headers={name.replace("_", "-"): text for name, text in headers.items()}).status_code


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", ""])
def test_without_a_setting_this_machine_may_read(app: Flask, address: str) -> None:
    assert status_for(app, address) == 200


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.9", "2001:db8::7", "fe80::1%eth0"])
def test_without_a_setting_no_other_machine_may_read_whatever_it_says_of_itself(app: Flask, address: str) -> None:
    assert status_for(app, address) == 403
    assert status_for(app, address, X_Forwarded_For="127.0.0.1") == 403


@pytest.fixture
def proxied(template_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    """Behind a proxy on this machine; a Prometheus at 10.0.0.9 may read."""
    monitor = (ip_network("10.0.0.9/32"),)
    url = "https://erp-setup.example"
    app = make_app(template_instance, tmp_path / "proxied", public_url=url, metrics_networks=monitor)
    yield app
    close(app)


def test_behind_a_proxy_the_address_of_its_client_decides(proxied: Flask) -> None:
    assert status_for(proxied, "127.0.0.1", X_Forwarded_For="10.0.0.9") == 200
    assert status_for(proxied, "127.0.0.1", X_Forwarded_For="10.0.0.9, 192.0.2.7") == 403
    assert status_for(proxied, "127.0.0.1") == 403
    assert status_for(proxied, "10.0.0.9") == 200
