"""Applies the entry of a connector."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from wizard.cli.transfer.applying import discarded_on_error, require_no_errors, require_pass
from wizard.cli.transfer.document import (
    AppEntry,
    ConnectorEntry,
)
from wizard.cli.transfer.export import app_entry
from wizard.domain.check import RunKind
from wizard.domain.connector import ConnectorInput
from wizard.domain.steps import Step
from wizard.errors import StaleVersion
from wizard.forms import AppForm, ConnectorForm
from wizard.models import Account, Connector, Continuation, Setup, SetupKind, SyncApp
from wizard.services.checks import check_input, latest_run
from wizard.services.connectors import begin_registration, register_connector
from wizard.services.in_superoffice import may_save_there
from wizard.services.setups import open_form, register_app


@dataclass(frozen=True)
class ConnectorApplication:
    """A connector's entry, and the row that has its name; `adopt` is the number of the one to take over there."""

    account: Account
    entry: ConnectorEntry
    row: Connector | None
    adopt: int | None

    def apply(self) -> None:
        values, app = self._input(), self._app()
        row = self.row
        setup = open_form(
            self.account,
            SetupKind.CONNECTOR,
            Step.CONNECTOR,
            draft={Step.CONNECTOR: values.to_json()},
            connector_id=row.id if row else None,
            base_version=row.version if row else None,
            sync_app=row.sync_app if row else None,
        )
        with discarded_on_error(self.account, setup):
            require_pass(check_input(self.account, setup, values))
            self._register(setup, values)
        if app is not None:
            register_app(self.account, setup, app)

    def _register(self, setup: Setup, values: ConnectorInput) -> None:
        if not may_save_there():
            return register_connector(self.account, setup, values)
        begin_registration(self.account, setup, values, adopt=self.adopt)
        run = latest_run(setup, RunKind.REGISTER)
        if run is not None:
            require_pass(run)
            if run.continuation == Continuation.REFUSED:
                raise StaleVersion

    def _input(self) -> ConnectorInput:
        values = self.entry.to_input(self.row.to_input() if self.row else ConnectorInput())
        form = ConnectorForm(MultiDict(values.to_json()), meta={"csrf": False})
        form.validate()
        require_no_errors(form)
        return form.input

    def _app(self) -> dict[str, Any] | None:
        if self.entry.app is None:
            return None
        app = _app_values(self.entry.app, self.row.sync_app if self.row else None)
        ticked = {"installed": "y", "registered": "y"}  # a form wants both; a file may say what is still to be done
        form = AppForm(MultiDict(app | ticked), meta={"csrf": False})
        form.validate()
        require_no_errors(form)
        return app | {name: form[name].data for name in ("erp", "provider", "contact")}


def _app_values(entry: AppEntry, before: SyncApp | None) -> dict[str, Any]:
    registered = asdict(app_entry(before)) if before else {"route": "standard", "provider": "", "contact": ""}
    return registered | {name: value for name, value in asdict(entry).items() if value is not None}
