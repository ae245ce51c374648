"""Step 3 in a request: the form, the connector's fields with their values, and the tests of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from hashlib import sha256

from wizard.domain.connection import TEXTS, ConnectionInput, Scope
from wizard.domain.drafts import Draft
from wizard.domain.fields import fields_fingerprint
from wizard.domain.steps import Step
from wizard.forms import ConfigForm, ConnectionForm
from wizard.models import Connector, Setup
from wizard.services.checks import connection_payload
from wizard.services.connections import without_deleted
from wizard.services.connectors import current_connectors
from wizard.services.setups import ConnectionRuns, chosen_connector, connection_runs
from wizard.web import current_language


class ConnectionFormState:
    """The form and what follows from it. `fields` is None while the connector has not answered."""

    def __init__(self, setup: Setup, form: ConnectionForm | None = None, draft: Draft | None = None) -> None:
        self.setup = setup
        self.draft: Draft = setup.typed(Step.CONNECTION) if draft is None else draft
        self.form = form or ConnectionForm(formdata=None, data=self.draft)
        saved = Scope.from_draft(self.draft)
        if self.form.scope.data is None:
            self.form.scope.data = "everyone" if saved.everyone else "specific"
        self.scope = replace(without_deleted(saved), everyone=self.form.scope.data != "specific")
        self.connectors = current_connectors()  # before the chosen one, which is then found among them
        self.connector = chosen_connector(setup)
        self.fields = self.connector.config_fields() if self.connector else None
        self.config = self.config_of(self.draft)

    def config_of(self, draft: Draft) -> ConfigForm:
        """The connector's fields with what was typed into them."""
        return ConfigForm(
            self.fields or (),
            draft.get("values", {}),
            draft.get("secrets", {}),
            origin=self.connector.origin if self.connector else "",
            language=current_language(),
            typed_in=draft.get("language"),
        )

    @cached_property
    def input(self) -> ConnectionInput:
        return ConnectionInput(
            **self.form.texts(TEXTS),
            connector_id=self.connector.id if self.connector else None,
            scope=self.scope,
            config=self.config.values,
        )

    def problems(self) -> Mapping[str, str]:
        """What keeps it from being saved, but for the configuration: codes for `ConnectionForm.add_problems`."""
        found = self.input.problems()
        unanswered = self.connector is not None and self.fields is None
        return found | {"connector_id": "unanswered"} if unanswered else found

    @cached_property
    def payload(self) -> bytes | None:
        """What a receipt has to cover; None while a value is missing or wrong."""
        if self.connector is None or self.fields is None or not self.config.complete:
            return None
        return connection_payload(self.connector, self.config.values)

    @cached_property
    def runs(self) -> ConnectionRuns:
        return connection_runs(self.setup, self.payload)

    @cached_property
    def fingerprint(self) -> str:
        """Of the fields and of the host that asks for them; empty while they are not known."""
        if self.connector is None or self.fields is None:
            return ""
        return f"{fields_fingerprint(self.fields)}.{host_fingerprint(self.connector)}"


def host_fingerprint(connector: Connector) -> str:
    """Of the host that a page's values are given to. It may stand on the page; the origin may hold a password."""
    return sha256(connector.origin.encode()).hexdigest()[:16]


def has_moved(connector: Connector | None, fingerprint: str) -> bool:
    """Whether a page with this fingerprint of its fields was rendered for another host than a connector is at now."""
    host = fingerprint.partition(".")[2]
    return connector is not None and host not in ("", host_fingerprint(connector))
