"""Step 2: registers a Sync Connector, or changes one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from wizard.domain import receipt
from wizard.domain.steps import Step
from wizard.errors import InvalidInput, NotProven, StaleVersion
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connector, Setup, SetupKind
from wizard.models.columns import name_key, now
from wizard.models.database import locked
from wizard.services import audit
from wizard.services.check_runs import health_of, is_unreachable, proof_of

COLUMNS = ("name", "url", "endpoint", "ca_pem")


def register_connector(account: Account, setup: Setup, wanted: dict[str, str], *, unreachable: bool = False) -> None:
    """Writes `wanted` (the keys of COLUMNS) to the setup's connector, a new one where it has none.

    Raises NotProven without a passed check of this address, unless `unreachable` is said and a check has found that;
    InvalidInput for a name that is taken; StaleVersion when somebody else has changed the connector since the form was
    opened. The form stays.
    """
    message = receipt.connector_message(wanted["endpoint"] or wanted["url"], wanted["ca_pem"])
    proof = proof_of(message)
    if proof is None and not (unreachable and is_unreachable(message)):
        raise NotProven(("connector",))
    if name_is_taken(wanted["name"], setup.connector_id):
        raise InvalidInput({"name": "taken"})
    try:
        with db.session.begin_nested():
            connector = _write(account, setup, wanted, proof)
    except IntegrityError as error:  # the same name, added at the same moment
        raise InvalidInput({"name": "taken"}) from error
    setup.connector, setup.base_version = connector, connector.version
    _advance(setup)
    db.session.commit()


def go_on(run: CheckRun) -> None:
    """Registers what a passed check was asked to go on with; a refusal leaves the form to tell why."""
    setup = locked(Setup, run.setup_id)
    if setup is None or setup.finished_at is not None:
        return
    db.session.flush()
    wanted = {column: setup.typed(Step.CONNECTOR).get(column, "") for column in COLUMNS}
    try:
        register_connector(run.account, setup, wanted)
    except (InvalidInput, NotProven, StaleVersion):
        run.goes_on = False


def name_is_taken(name: str, own_id: int | None) -> bool:
    """Whether another undeleted connector has this name; case does not count."""
    others = select(Connector.id).where(
        Connector.name_key == name_key(name), Connector.deleted_at.is_(None), Connector.id != (own_id or 0)
    )
    return db.session.scalar(others) is not None


def _write(account: Account, setup: Setup, wanted: dict[str, str], proof: CheckRun | None) -> Connector:
    connector = _row(setup, wanted)
    for column in COLUMNS:
        setattr(connector, column, wanted[column])
    connector.updated_at, connector.updated_by = now(), account.name
    connector.deleted_at = None
    connector.sync_app = setup.sync_app or connector.sync_app
    connector.health = health_of(proof) if proof else None
    if proof is not None:
        connector.fields = proof.fields
    action = "connector.changed" if connector.id else "connector.added"
    audit.note(account, action, connector.name, audit.without_login(connector.url))
    db.session.add(connector)
    return connector


def _row(setup: Setup, wanted: dict[str, Any]) -> Connector:
    """The row to write. One that was deleted meanwhile counts as changed, and comes back when it is saved again."""
    connector = locked(Connector, setup.connector_id) if setup.connector_id else None
    if connector is None:
        return Connector()
    if setup.base_version is not None and connector.version != setup.base_version:
        theirs = {column: getattr(connector, column) for column in COLUMNS}
        raise StaleVersion(theirs | {"deleted": connector.deleted_at is not None}, wanted | {"deleted": False})
    connector.version += 1
    return connector


def _advance(setup: Setup) -> None:
    if setup.kind == SetupKind.CONNECTOR:
        setup.finished_at = now()
    elif setup.step != Step.CONNECTION:
        setup.step = Step.CONNECTION.value
