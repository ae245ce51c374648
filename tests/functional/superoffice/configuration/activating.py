"""A connection on both sides whose fields were read, with a run that checks or activates it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.factories import in_app
from tests.functional.superoffice.configuration.configuring import TO_SUPEROFFICE, Configuring
from wizard.domain.check import Stage, StageResult
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connection
from wizard.models.database import writing
from wizard.services.checks import start_activation
from wizard.services.configuration import read_schema


@dataclass
class Activating:
    """Runs it, and says how it has ended."""

    sides: Configuring

    def run(self, *, activate: bool = True) -> dict[Stage, StageResult]:
        """The results of a run by their stages."""
        with self.sides.app.app_context(), writing():
            account = db.session.get_one(Account, self.sides.account_id)
            run_id = start_activation(account, self._connection(), activate=activate).id
        return in_app(
            self.sides.app, lambda: {each.stage: each for each in db.session.get_one(CheckRun, run_id).stages}
        )

    def reasons(self, *, activate: bool = True) -> dict[Stage, str | None]:
        """Of the stages that did not simply pass."""
        return {stage: each.reason for stage, each in self.run(activate=activate).items() if each.reason}

    @property
    def is_active_there(self) -> bool:
        return bool(self.sides.both.there()["Active"])

    def toggle_there(self) -> None:
        """As somebody does in SuperOffice."""
        body = {"ErpConnectionId": self.sides.both.there_id}
        assert self.sides.api.agent("ErpSync/ToggleErpConnectionActive", body) == []

    def configure(self, **fields: dict[str, Any]) -> None:
        self.sides.set("Customer", **({"Name": {"direction": TO_SUPEROFFICE}} | fields))

    def _connection(self) -> Connection:
        return db.session.get_one(Connection, self.sides.both.connection_id)


def ready_to_activate(sides: Configuring) -> Activating:
    """With all that is needed: customers are synchronised by their name."""
    activating = Activating(sides)
    with sides.app.app_context(), writing():
        read_schema(activating._connection())
    activating.configure()
    return activating
