"""Step 2: registers a Sync Connector, or changes one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, count
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from wizard.domain.connector import ConnectorInput
from wizard.domain.steps import Step
from wizard.errors import InvalidInput, ReceiptMissing, StaleVersion
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connector, Continuation, Setup, SetupKind
from wizard.models.columns import name_key, now
from wizard.models.database import reload_for_update
from wizard.services import audit
from wizard.services.checks import (
    AfterCommit,
    add_registration,
    find_failure_after_address,
    find_receipt,
    input_payload,
)
from wizard.services.in_superoffice import may_save_there
from wizard.services.versions import require_version


def register_connector(account: Account, setup: Setup, values: ConnectorInput, *, unreachable: bool = False) -> None:
    """Writes the values to the setup's connector, a new one where it has none.

    Raises what `require_registrable` does. The form stays.
    """
    run = require_registrable(setup, values, unreachable=unreachable)
    try:
        with db.session.begin_nested():
            connector = _write(account, setup, values, run)
    except IntegrityError as error:  # the same name, added at the same moment
        raise InvalidInput({"name": "taken"}) from error
    _choose(setup, connector)
    setup.connector, setup.base_version = connector, connector.version
    _advance(setup)
    db.session.commit()


def require_registrable(setup: Setup, values: ConnectorInput, *, unreachable: bool = False) -> CheckRun:
    """The passed check of this address; the failed one for an address that is `unreachable`, if that is said.

    Raises InvalidInput for what is missing, too long or a name that is taken, ReceiptMissing without such a check, and
    StaleVersion when another administrator has changed the connector since the form was opened.
    """
    if problems := values.problems():
        raise InvalidInput(problems)
    message = input_payload(values)
    run = find_receipt(message) or (find_failure_after_address(message) if unreachable else None)
    if run is None:
        raise ReceiptMissing(("connector",))
    if name_is_taken(values.name, setup.connector_id):
        raise InvalidInput({"name": "taken"})
    if setup.connector is not None and setup.base_version is not None:
        require_version(setup.connector, setup.base_version)
    return run


def begin_registration(
    account: Account, setup: Setup, values: ConnectorInput, *, unreachable: bool = False, **choice: Any
) -> None:
    """Begins to save the connector in SuperOffice too; it is registered here once it is there.

    Raises what `require_registrable` does. For `choice` see `wizard.services.checks.start.add_registration`.
    """
    start = add_registration_of(account, setup, values, unreachable=unreachable, **choice)
    db.session.commit()
    start()


def add_registration_of(
    account: Account, setup: Setup, values: ConnectorInput, *, unreachable: bool = False, **choice: Any
) -> Callable[[], None]:
    """The same; what is returned starts it, once the transaction is committed."""
    require_registrable(setup, values, unreachable=unreachable)
    shown = setup.draft.get("in_superoffice", {}).get("shown", "")
    return add_registration(account, setup, values, {"unreachable": unreachable, "shown": shown, **choice})


def register_after_check(run: CheckRun) -> AfterCommit | None:
    """Registers the connector after a check that Continue has started, if the check covers the draft as it is by then.

    Why it cannot be registered, the form says. Where it is saved in SuperOffice first, returns what begins that.
    """
    setup = reload_for_update(Setup, run.setup_id)
    if setup is None or setup.finished_at is not None:
        return None
    db.session.flush()
    values = ConnectorInput.from_draft(setup.typed(Step.CONNECTOR))
    try:
        if not may_save_there():
            register_connector(run.account, setup, values)
            return None
        start = add_registration_of(run.account, setup, values)
    except (InvalidInput, ReceiptMissing, StaleVersion):
        run.continuation = Continuation.REFUSED
        return None
    run.continuation = Continuation.NONE  # the page goes on after the run that is started now
    return lambda _: start()


def name_is_taken(name: str, own_id: int | None) -> bool:
    """Whether another undeleted connector has this name; case does not count."""
    others = select(Connector.id).where(
        Connector.name_key == name_key(name), Connector.deleted_at.is_(None), Connector.id != (own_id or 0)
    )
    return db.session.scalar(others) is not None


def free_name(name: str) -> str:
    """The name, or with the first number behind it that no undeleted connector has."""
    numbered = (f"{name} {number}" for number in count(2))
    return next(each for each in chain([name], numbered) if not name_is_taken(each, None))


def _write(account: Account, setup: Setup, values: ConnectorInput, run: CheckRun) -> Connector:
    connector = _row(setup)
    connector.assign(values)
    connector.updated_at, connector.updated_by = now(), account.name
    connector.deleted_at = None
    connector.sync_app = setup.sync_app or connector.sync_app
    connector.health = run.health
    if run.passed:
        connector.fields = run.fields
    action = "connector.changed" if connector.id else "connector.added"
    audit.note(account, action, connector.name, audit.without_login(connector.url))
    db.session.add(connector)
    return connector


def _row(setup: Setup) -> Connector:
    """The row to write. One that was deleted meanwhile counts as changed, and comes back when it is saved again."""
    connector = reload_for_update(Connector, setup.connector_id) if setup.connector_id else None
    if connector is None:
        return Connector()
    connector.version += 1
    return connector


def _choose(setup: Setup, connector: Connector) -> None:
    """Step 3 goes on with a connector that is added, even if another one was chosen before."""
    typed = setup.typed(Step.CONNECTION)
    if setup.connector_id is None and "connector_id" in typed:
        setup.draft = {**setup.draft, Step.CONNECTION: {**typed, "connector_id": connector.id}}


def _advance(setup: Setup) -> None:
    if setup.kind == SetupKind.CONNECTOR:
        setup.finished_at = now()
    else:
        setup.complete(Step.CONNECTOR)
