"""Step 3 as it stands: what was typed, what the connector asks for, and what has been tested of it."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256

from flask_babel import gettext as _

from wizard.domain.check import RunKind
from wizard.domain.fields.field import fields_fingerprint
from wizard.domain.steps import Step
from wizard.forms.config_fields import ConfigForm
from wizard.forms.setups import ConnectionForm
from wizard.models import CheckRun, Connector, Setup
from wizard.services.checks.receipts import connection_payload, find_usable_receipt
from wizard.services.checks.runs import latest_pass
from wizard.services.connections.scope import members_of_draft
from wizard.services.setups.find import chosen_connector
from wizard.web.language import current_language


class Filled:
    """Step 3 as it stands: what was typed, what the connector asks for, and what has been tested of it."""

    def __init__(self, setup: Setup, form: ConnectionForm | None = None) -> None:
        self.setup = setup
        self.typed = setup.typed(Step.CONNECTION)
        self.form = form or ConnectionForm(formdata=None, data=self.typed)
        if self.form.scope.data is None:
            self.form.scope.data = self.typed.get("scope", "everyone")
        self.groups, self.users = members_of_draft(setup)
        self.connector = chosen_connector(setup)
        fields = self.connector.config_fields() if self.connector else None
        self.fields = fields
        self.config = ConfigForm(
            fields or (),
            self.typed.get("values", {}),
            self.typed.get("secrets", {}),
            origin=self.connector.origin if self.connector else "",
            language=current_language(),
            typed_in=self.typed.get("language"),
        )

    @cached_property
    def message(self) -> bytes | None:
        """What a receipt has to cover; None while something is missing or wrong."""
        if self.connector is None or self.fields is None or not self.config.complete:
            return None
        return connection_payload(self.connector, self.config.values)

    @cached_property
    def proof(self) -> CheckRun | None:
        return find_usable_receipt(self.setup, self.message) if self.message else None

    @cached_property
    def passed(self) -> CheckRun | None:
        """The newest test that has passed, whatever it covers."""
        return latest_pass(self.setup, RunKind.CONNECTION)

    @cached_property
    def fingerprint(self) -> str:
        """Of the fields as they are asked for now, and by whom; empty while they are not known."""
        if self.connector is None or self.fields is None:
            return ""
        return f"{fields_fingerprint(self.fields)}.{asked_by(self.connector)}"

    @property
    def members_missing(self) -> bool:
        return self.form.scope.data == "specific" and not (self.groups or self.users)


def errors_of(filled: Filled, *, with_form: bool = True) -> dict[str, str]:
    """Every error by the id of its input, in the order of the page."""
    found: dict[str, str] = {}
    if with_form:
        found = {name: str(messages[0]) for name, messages in filled.form.errors.items() if name != "csrf_token"}
        if filled.members_missing:
            found["scope"] = _("Choose at least one user or group, or Everyone.")
    if filled.connector is None:
        found["connector_id"] = _("Choose a connector.")
    elif filled.fields is None:
        found["connector_id"] = _("This connector has not answered yet, so its fields are not known.")
    return found | filled.config.errors_by_id()


def asked_by(connector: Connector) -> str:
    """A short text for whom a page's values are given to; a URL may hold a password, so that it is not the origin."""
    return sha256(connector.origin.encode()).hexdigest()[:16]


def has_moved(connector: Connector | None, seen: str) -> bool:
    """Whether a page with these `fields_seen` was made for another host than a connector is at now."""
    made_for = seen.partition(".")[2]
    return connector is not None and made_for not in ("", asked_by(connector))
