"""The practice SuperOffice on a real socket."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import werkzeug
from flask import Flask, Response

from tests.factories.hosts import serve_app
from tests.factories.traffic import Exchange, record
from wizard.domain.superoffice import LinkAccess, LinkKind
from wizard.extensions import db
from wizard.models import SuperOfficeLink
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.outside.http import Policy
from wizard.practice import PATH as CONNECTOR_PATH
from wizard.practice import create_blueprint
from wizard.practice.superoffice import (
    ADMINISTRATOR,
    CLIENT_ID,
    CLIENT_SECRET,
    PATH,
    TENANT,
    Behaviour,
    ConnectorCalls,
    Fault,
    Grant,
    Planned,
    Store,
    Tenant,
    Tokens,
    create_consent,
    create_superoffice,
)

_CONSENT_PAGE = "<!doctype html><form method='post'><button name='action' value='allow'>Allow</button></form>"


@dataclass
class Held(Planned):
    """Sets an event when its call has come."""

    arrived: threading.Event = field(default_factory=threading.Event)

    def use(self) -> Fault:
        self.arrived.set()
        return super().use()


@dataclass
class PracticeSuperOffice:
    """A served twin: its addresses, its behaviour, which can be changed meanwhile, and tokens for it."""

    origin: str
    twin: Tenant
    traffic: list[Exchange]
    """What it was asked, and what it answered."""

    @property
    def login(self) -> str:
        """What stands for https://online.superoffice.com."""
        return self.origin + PATH

    @property
    def tenant(self) -> str:
        return TENANT

    @property
    def api(self) -> str:
        """Without /v1."""
        return f"{self.behaviour.api_base(self.login)}/api"

    @property
    def connector_url(self) -> str:
        """Of the practice connector that is served beside it; `app://` addresses lead there."""
        return self.origin + CONNECTOR_PATH

    @property
    def behaviour(self) -> Behaviour:
        return self.twin.behaviour

    def plan(self, fault: Fault | str, operation: str = "", times: int | None = 1) -> None:
        """Lets the next calls of an operation, or of all (""), go wrong; for ever with None."""
        self.behaviour.planned.append(Planned(Fault(fault), operation, times))

    def access_token(self, associate_id: int = ADMINISTRATOR) -> str:
        return Tokens(self.twin.store).issue_access(self._grant(associate_id), self.behaviour.token_seconds)

    def refresh_token(self, associate_id: int = ADMINISTRATOR) -> str:
        return Tokens(self.twin.store).issue_refresh(self._grant(associate_id))

    def ticket(self, associate_id: int = ADMINISTRATOR) -> str:
        return Tokens(self.twin.store).issue_ticket(self._grant(associate_id))

    def end_access_tokens(self) -> None:
        """As after an hour."""
        Tokens(self.twin.store).end_access()

    def _grant(self, associate_id: int) -> Grant:
        return Grant(associate_id, is_administrator=associate_id == ADMINISTRATOR)


@contextmanager
def serve_superoffice(
    app: Flask | None = None, folder: Path | None = None, **behaviour: Any
) -> Iterator[PracticeSuperOffice]:
    """The practice SuperOffice and, beside it, a practice connector, as another company's server.

    It keeps its data in the folder, else in that of the app, else nowhere. `behaviour` has the members of Behaviour.
    """
    with tempfile.TemporaryDirectory() as temporary:
        place = folder or Path(app.instance_path if app else temporary)
        host = Flask("practice-superoffice-host")
        origin: list[str] = []
        calls = ConnectorCalls(Policy(loopback=True), lambda: origin[0] + CONNECTOR_PATH)
        twin = Tenant(Store(place / "superoffice-host.sqlite3"), calls, Behaviour(**behaviour))
        host.register_blueprint(create_blueprint(place / "connector-host.sqlite3"))
        host.register_blueprint(create_superoffice(twin, lambda _: True))
        host.register_blueprint(create_consent(twin, _page))
        traffic = record(host)
        with serve_app(host) as address:
            origin.append(address)
            yield PracticeSuperOffice(address, twin, traffic)


def _page(problem: str) -> werkzeug.Response:
    return Response(problem or _CONSENT_PAGE, status=400 if problem else 200, content_type="text/html; charset=utf-8")


def link_practice(app: Flask, served: PracticeSuperOffice, **more: Any) -> int:
    """Links the app with the served twin, as after its first check has passed. `more` are columns of the link."""
    with app.app_context(), writing():
        values: dict[str, Any] = {
            "kind": LinkKind.PRACTICE,
            "tenant": served.tenant,
            "company": "Practice",
            "address": served.login,
            "api": served.api,
            "client_id": CLIENT_ID,
            "token_expires_at": now() + timedelta(hours=1),
            "access": LinkAccess.FULL,
            "linked_at": now(),
            "linked_by": "Ingrid Berg",
        }
        link = SuperOfficeLink(**(values | more))
        link.credentials = {
            "client_secret": CLIENT_SECRET,
            "access_token": served.access_token(),
            "refresh_token": served.refresh_token(),
        }
        db.session.add(link)
        db.session.commit()
        return link.id


def type_practice(app: Flask, served: PracticeSuperOffice) -> None:
    """Enters the served twin as what is to be linked; nobody has signed in yet."""
    with app.app_context(), writing():
        link = SuperOfficeLink(
            id=1, kind=LinkKind.PRACTICE, tenant=served.tenant, address=served.login, client_id=CLIENT_ID
        )
        link.credentials = {"client_secret": CLIENT_SECRET}
        db.session.add(link)
        db.session.commit()
