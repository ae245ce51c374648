"""Pages that show what was read from a linked SuperOffice: axe finds nothing, and nothing is wider than the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import Flask
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.inspector import Inspector
from tests.factories import (
    ForgetfulQueue,
    PracticeSuperOffice,
    Visitor,
    link_practice,
    make_connection,
    make_connector,
    make_users,
    serve_app,
    serve_superoffice,
)
from tests.functional.superoffice.calls import api_of, save_connection, save_connector
from wizard.domain.next_steps import NextStep
from wizard.domain.superoffice import LinkAccess
from wizard.models import DoneStep
from wizard.models.columns import now
from wizard.practice.superoffice import PASSWORD, Fault

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_axe_finds_nothing_on_them_and_they_fit(app: Flask, admin: Visitor, open_page: OpenPage) -> None:
    make_users(app, "Nobody", groups=("Own group",))
    with serve_superoffice() as there, serve_app(app) as address:
        api = api_of(there)
        save_connection(api, save_connector(api, there.connector_url), DisplayName="Akme")
        save_connector(api, f"app://{'9c3f5a1be27d4f0a' * 4}", "Warehouse")
        link_practice(app, there, access=LinkAccess.READ_ONLY)
        make_entered(app, there.connector_url)
        admin.post("/users/read")
        form = str(admin.post("/connections/new").location)
        paths = ["/superoffice/", "/users/", "/users/?f=here", "/users/1/match", "/users/groups/1/match"]
        paths += ["/connections/1", form.replace("/connection", "/scope"), str(admin.post("/setup/new").location)]
        found = look_at(signed_in(open_page, admin, address), address, paths)

    assert found == []


def test_axe_finds_nothing_on_the_states_of_the_link_and_they_fit(
    app: Flask, admin: Visitor, open_page: OpenPage
) -> None:
    with serve_superoffice(app) as there, serve_app(app) as address:
        page = signed_in(open_page, admin, address)
        found = look_at(page, address, states_of_the_link(admin, there))

    assert found == []


def states_of_the_link(admin: Visitor, there: PracticeSuperOffice) -> Iterator[str]:
    """Moved, expired, refused to a wrong request, of one's own server, and while it is checked."""
    link_practice(admin.app, there)
    there.plan(Fault.MOVED, times=2)
    admin.post("/superoffice/check")
    yield "/superoffice/?moved"
    there.end_access_tokens()
    there.behaviour.refresh_revoked = True
    admin.post("/superoffice/check")
    yield "/superoffice/?expired"
    admin.post("/superoffice/unlink")
    yield "/practice/superoffice/login/common/oauth/authorize?client_id=unknown"
    admin.post("/superoffice/", onsite(there))
    yield "/superoffice/?onsite"
    admin.post("/superoffice/unlink")
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.post("/superoffice/", onsite(there))
    yield "/superoffice/?checking"


def onsite(there: PracticeSuperOffice) -> dict[str, str]:
    """The form for a server of one's own, on this machine."""
    address = there.api.removesuffix("/api")
    return {"where": "onsite", "address": address, "username": "admin", "password": PASSWORD}


def signed_in(open_page: OpenPage, admin: Visitor, address: str) -> Page:
    page = open_page()
    cookies = admin.client._cookies.values()
    page.context.add_cookies([{"name": each.key, "value": each.value, "url": address} for each in cookies])
    return page


def look_at(page: Page, address: str, paths: Iterable[str]) -> list[str]:
    """What axe finds, and which pages are wider than the window."""
    inspector, wide = Inspector(page), []
    for path in paths:
        page.goto(address + path)
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            inspector.look(f"{path}, {width}")
            wide += [f"{path}, {width}"] if page.evaluate(WIDER) else []
    page.goto("about:blank")
    return inspector.found + wide


def make_entered(app: Flask, url: str) -> None:
    """A connection whose values are said to be entered in SuperOffice."""
    receipt = {"number": "1", "who": "Ingrid", "at": now().isoformat(), "stages": []}
    entered = [DoneStep(step=NextStep.ENTER, who="Ingrid")]
    make_connection(
        app, make_connector(app, url=url), "Acme", receipt=receipt, fields=[], config={}, done_steps=entered
    )
