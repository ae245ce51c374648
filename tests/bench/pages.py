"""How fast pages are, and what they weigh."""

from __future__ import annotations

import re
import statistics
import tempfile
from datetime import timedelta
from pathlib import Path

import requests
from flask import Flask

from tests import factories
from tests.bench.hosts import fields, host
from tests.bench.ratios import in_turn, p95, ratio, timed
from tests.over_http import Browser
from tests.processes import wizard
from wizard.domain.check import Health, Verdict
from wizard.extensions import db
from wizard.models import Connection, ConnectionState, Connector
from wizard.models.columns import now
from wizard.models.database import writing


def pages_beside_slow_checks() -> dict[str, float]:
    """p95 of the start page while 50 checks wait for a connector that never answers, against the same page before."""
    with host("slow") as url, tempfile.TemporaryDirectory() as folder, wizard(Path(folder) / "instance") as running:
        browser = Browser(running.address)
        browser.enter(running.link or "")

        def page() -> None:
            assert browser.get("/").status_code == 200

        def send(address: str, **form: str) -> str:
            return str(browser.session.post(address, data={"csrf_token": token} | form, timeout=20).url)

        token = re.search(r'csrf_token" value="([^"]+)"', browser.get("/").text)[1]  # type: ignore[index]
        setups = [send(running.address + "/connectors/new") for _ in range(50)]
        for number, setup in enumerate(setups):
            send(setup, name=f"Slow {number}", url=url)
        idle = [timed(page) for _ in range(200)]
        for number, setup in enumerate(setups):
            send(setup, name=f"Slow {number}", url=url, action="check")
        busy = [timed(page) for _ in range(200)]
    return ratio(busy, idle, p95)


def throughput_of_step_3() -> dict[str, float]:
    """Requests a second of step 3 with 20 fields, against an empty view of the same app."""
    with tempfile.TemporaryDirectory() as folder:
        app, person = app_with_user(Path(folder))
        declared = [
            {
                "key": each.field_key,
                "type": str(each.field_type),
                "access": str(each.access),
                "label": each.display_name,
                "description": each.display_description,
                "default": "",
                "list_name": "",
                "max_length": 0,
                "rank": each.rank,
                "items": None,
            }
            for each in fields(20)
        ]
        factories.make_connector(app, "Bench", fields=declared)
        page = str(person.post("/connections/new").location)
        person.post(page, {"connector_id": "1", "action": "fields"})
        ours, theirs = in_turn(lambda: person.get(page), lambda: person.get("/empty"), 150)
        factories.close(app)
    return {name: 1 / value for name, value in ratio(ours, theirs, statistics.median).items()}


def lists_of_10_000() -> dict[str, dict[str, float]]:
    """p95 of the start page and of a search with 10,000 connectors and connections, against 10 of each."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as small, tempfile.TemporaryDirectory() as large:
        few, person_few = app_with_user(Path(small))
        many, person_many = app_with_user(Path(large))
        _fill(few, 10)
        _fill(many, 10_000)
        for name, path in (
            ("page", "/?np=1"),
            ("last page", "/?cp=99999&np=99999"),
            ("search", "/?cq=0000&nq=0000"),
            ("search for nothing", "/?cq=nothing&nq=nothing"),
        ):
            ours, theirs = in_turn(lambda: person_many.get(path), lambda: person_few.get(path), 100)  # noqa: B023
            found[name] = ratio(ours, theirs, p95)
        factories.close(few)
        factories.close(many)
    return found


def weight_of_the_first_load() -> dict[str, int]:
    """Bytes that the sign-in page and everything it names take on the wire, compressed where the wizard compresses."""
    with tempfile.TemporaryDirectory() as folder, wizard(Path(folder) / "instance") as running:
        session = requests.Session()
        session.trust_env = False
        page = session.get(running.address + "/login", timeout=10)
        total = len(page.content)
        for path in sorted(set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text))):
            answer = session.get(running.address + path, stream=True, timeout=10)
            total += len(answer.raw.read(decode_content=False))
    return {"bytes": total}


def app_with_user(folder: Path) -> tuple[Flask, factories.Visitor]:
    template = factories.make_template(folder / "template")
    app = factories.make_app(template, folder / "instance")
    app.add_url_rule("/empty", "static_empty", lambda: "")
    return app, factories.sign_in(app, "Ingrid Berg")


def _fill(app: Flask, count: int) -> None:
    with app.app_context(), writing():
        for number in range(count):
            health = Health(Verdict.PASSED, None, now(), 40, "x")
            at = now() - timedelta(minutes=number)
            name, url = f"Connector {number:05}", f"https://erp{number}.example/x.svc"
            db.session.add(Connector(id=number + 1, name=name, url=url, health=health, updated_at=at))
            if number % 1000 == 999:
                db.session.flush()
        db.session.flush()
        for number in range(count):
            db.session.add(
                Connection(
                    guid=f"{number:032}",
                    name=f"Connection {number:05}",
                    connector_id=number + 1,
                    state=ConnectionState.SAVED,
                )
            )
        db.session.commit()
