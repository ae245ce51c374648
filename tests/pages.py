"""Every page with something on it, for what has to hold on all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask
from sqlalchemy import select

from tests.factories import Visitor, form_fields, in_app
from tests.factories.configuration import configured, make_linked_schema
from tests.factories.watches import make_outage, make_watch
from tests.steps import RIGHT
from wizard.domain.configuration import Configuration, Direction, FieldSettings, TypeSettings
from wizard.extensions import db
from wizard.models import CheckRun

_CONSENT = (
    "/practice/superoffice/login/common/oauth/authorize?client_id=practice&response_type=code&scope=openid"
    "&redirect_uri=http://localhost/superoffice/signed-in"
)

_RECIPIENT = {
    "name": "Ingrid Berg", "channel": "mail", "address": "ingrid.berg@acme.example", "told_of": "everything",
    "language": "en", "time_zone": "Europe/Oslo", "quiet_from": "22:00", "quiet_until": "07:00",
}  # fmt: skip


def fill(app: Flask, admin: Visitor, practice_url: str) -> list[str]:
    """Works with the wizard until no list is empty; the paths of all pages, in each state of the steps."""
    return list(dict.fromkeys(_work(app, admin, practice_url)))


def _work(app: Flask, admin: Visitor, practice_url: str) -> Iterator[str]:
    admin.post("/users/groups/new", {"name": "Sales"})
    admin.post("/providers/", {"name": "Nordic Bridge", "key": "A" * 43 + "="})
    admin.post("/users/new", {"name": "Ola Nordmann", "username": "ola"})
    yield from _steps_1_and_2(admin, practice_url)
    yield from _step_3(admin)
    admin.post("/account/second-factor/app/begin")
    yield from ("/account/second-factor/", "/account/second-factor/app")
    yield from (
        "/",
        "/account",
        "/account/sessions/",
        "/language",
        "/nowhere",
        "/help/reasons",
        "/setup/from",
        "/setup/from?name=Sync&url=https://sync.example/x.svc&v.Ledger=1&v.Password=x",
        "/provider-link?url=https://sync.example/x.svc&values=Ledger%3D1",
        "/providers/",
        "/activity/",
        "/activity/?q=nothing+like+it",
    )
    admin.post("/notices/new", _RECIPIENT)
    admin.post("/notices/1/test")
    yield from ("/notices/", "/notices/new", "/notices/1", "/notices/1/preview")
    yield _CONSENT
    server = {"where": "onsite", "address": "https://127.0.0.1:1/SuperOffice", "username": "ola", "password": "wrong"}
    admin.post("/superoffice/", server)
    yield "/superoffice/"
    yield from ("/accounts/", "/accounts/new", "/accounts/1", "/users/", "/users/?d=1", "/users/import")
    yield from ("/users/new", "/users/1", "/users/groups/new", "/users/groups/1")
    yield from ("/connections/1/rank", "/connections/1/priority", "/connections/1/import")
    yield "/connections/1/configuration/copy"
    yield from _configuration(app)
    yield from (
        "/connections/1",
        "/connections/1/activate",
        "/connectors/1",
        str(admin.post("/connections/1/edit").location),
    )
    yield str(admin.post("/connectors/1/edit").location)
    for run in in_app(app, lambda: list(db.session.scalars(select(CheckRun.id)))):
        yield f"/checks/{run}"


def _configuration(app: Flask) -> Iterator[str]:
    group = FieldSettings("GROUP", "contact/category", Direction.BOTH, items={"1": 1, "3": 1, "4": 99, "9": 2})
    terms = FieldSettings("TERMS", default="30", ask_user=True)
    customers = TypeSettings("Customer", True, (group, terms))
    saved = configured(app, "Webshop", make_linked_schema(), Configuration((customers,)))
    page = f"/connections/{saved}"
    yield from (f"{page}/lists", f"{page}/defaults", f"{page}/defaults/value?type=Customer")
    yield from (f"{page}/mappings?type=Customer", f"{page}/mappings?type=Employee")
    yield from ("/connections/1/lists", "/connections/1/defaults", "/connections/1/mappings")
    yield from _monitoring(app, saved)


def _monitoring(app: Flask, connection_id: int) -> Iterator[str]:
    """Of a connection that is down, of one that is not tested, and of a connector that works."""
    down = make_watch(app, connection_id=connection_id, down={0: 25_000, 3: 300}, days=18)
    past = make_outage(app, down, minutes=5, failures=1)
    make_outage(app, down, notified=3)
    make_watch(app, connector_id=1, down={20: 2100})
    page = f"/connections/{connection_id}/monitoring"
    yield from (page, f"{page}/{past}", "/connections/1/monitoring", "/connectors/1/monitoring")


def _steps_1_and_2(admin: Visitor, practice_url: str) -> Iterator[str]:
    ready = str(admin.post("/setup/new").location)
    admin.send(ready, {"erp": "Visma.net", "route": "store", "action": "continue"})
    yield ready
    for url, action in [("", "check"), ("http://127.0.0.1:1/x.svc", "check"), (practice_url, "check")]:
        page = str(admin.post("/connectors/new").location)
        admin.send(page, {"name": "Practice", "url": url, "action": action})
        yield page
    admin.send(page, {"action": "continue"})
    for url in (practice_url, "sync.example/x.svc"):  # a twin, and an address to mend
        guided = str(admin.post(str(admin.post("/setup/new").location), {"action": "skip"}).location)
        admin.post(guided + "/draft", form_fields(admin.get(guided).text) | {"name": "Practice", "url": url}, htmx=True)
        yield guided


def _step_3(admin: Visitor) -> Iterator[str]:
    connection = {"connector_id": "1"}
    for values in ({}, {"cf:ApiPassword": "wrong"}, {"cf:Outcome": "warning"}):
        page = str(admin.post("/connections/new").location)
        admin.send(page, connection | {"action": "fields"})
        admin.send(page, RIGHT | values | {"action": "test"})
        yield page
        yield page.replace("/connection", "/scope")
    made = admin.post(page.replace("/connection", "/ask"), {"who": "Kari Lund", "field": "ApiPassword"})
    yield page.replace("/connection", "/ask")
    yield str(re.search(r"/fill/[\w-]+", made.text)[0])  # type: ignore[index]
    yield "/fill/none"
    changed = form_fields(admin.get(page).text) | {"cf:Company": "ACME-SE"}
    admin.post(page + "/draft", changed, htmx=True)
    saved = str(admin.post("/setup/new").location)
    yield saved
    page = str(admin.post("/connections/new").location)
    admin.send(page, connection | {"action": "fields"})
    admin.send(page, RIGHT | {"action": "test"})
    done = admin.send(page, {"action": "ok"}).request.path
    assert done.endswith("/done"), done
    yield done
