"""Starts a check: of an address, of a configuration, or of what is already registered."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy import update

from wizard.domain.check import SAVES, RunKind, RunState, StageResult, Verdict
from wizard.domain.connector import ConnectorInput
from wizard.domain.fields import secret_keys
from wizard.errors import InvalidState
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import (
    UNFINISHED,
    Account,
    CheckRun,
    Connection,
    Connector,
    Continuation,
    Removal,
    Setup,
    SuperOfficeLink,
)
from wizard.models.columns import now
from wizard.services import audit
from wizard.services.checks.receipts import (
    connection_payload,
    connector_payload,
    input_payload,
    registering_payload,
    sign_payload,
)
from wizard.services.in_superoffice import may_save_there


def check_input(account: Account, setup: Setup, connector: ConnectorInput, *, then_register: bool = False) -> CheckRun:
    """Checks what is typed for a connector. `then_register`: a pass registers it and leads to the next step."""
    request = {"name": connector.name, "url": connector.address, "ca_pem": connector.ca_pem}
    return _start(
        account,
        RunKind.CONNECTOR,
        request | _for_superoffice(connector.url),
        sign_payload(input_payload(connector)),
        connector.name or connector.address,
        setup=setup,
        connector_id=setup.connector_id,
        continuation=Continuation.ASKED if then_register else Continuation.NONE,
    )


def check_connector(account: Account, connector: Connector, setup: Setup | None = None) -> CheckRun:
    """Checks a registered connector, for a list or for step 3 of a setup."""
    request = {"name": connector.name, "url": connector.reachable_at, "ca_pem": connector.ca_pem}
    request |= _for_superoffice(connector.url)
    receipt_signature = sign_payload(connector_payload(connector))
    return _start(
        account, RunKind.CONNECTOR, request, receipt_signature, connector.name, setup=setup, connector_id=connector.id
    )


def test_values(account: Account, setup: Setup, connector: Connector, name: str, values: dict[str, str]) -> CheckRun:
    """Tests the values that are typed for a connection, encoded as they travel."""
    request = _connection_request(connector, name, values)
    if connector.superoffice_id is not None:
        request |= _for_superoffice(connector.url) | {"superoffice_id": connector.superoffice_id}
    return _start_test(account, connector, request, setup=setup)


def test_connection(account: Account, connection: Connection) -> CheckRun:
    """Tests a saved connection with its saved values, for a list.

    Raises InvalidState if its connector has moved to another host, which must not receive its secrets.
    """
    if connection.has_secrets_of_another:
        raise InvalidState(connection.name)
    return _start_test(account, connection.connector, request_of_saved(connection), connection_id=connection.id)


def start_activation(account: Account, connection: Connection, *, activate: bool) -> CheckRun:
    """Checks whether a connection can be activated in SuperOffice, and activates it where that is asked for.

    Raises InvalidState if its connector has moved to another host, which must not receive its secrets.
    """
    if connection.has_secrets_of_another:
        raise InvalidState(connection.name)
    request = request_of_saved(connection) | {"activate": activate}
    references = {"connector_id": connection.connector_id, "connection_id": connection.id}
    return _start(account, RunKind.ACTIVATE, request, "", connection.name, **references)


def request_of_saved(connection: Connection) -> dict[str, Any]:
    """What its connector is asked with: the address, the saved values, and which of them are secret."""
    request = _connection_request(connection.connector, connection.name, connection.config)
    request["secret_keys"] = sorted({*request["secret_keys"], *connection.secret_keys()})
    return request


def start_saving(account: Account, connection: Connection, setup: Setup | None) -> CheckRun:
    """Sends the pending values of a connection in state `saving` to its connector, or to SuperOffice."""
    pending = connection.pending or {}
    connector = db.session.get_one(Connector, pending["connector_id"])
    request = _connection_request(connector, pending["name"], pending["config"]) | {"guid": connection.guid}
    receipt_signature = sign_payload(connection_payload(connector, pending["config"]))
    return _start(
        account,
        RunKind.SAVE_BOTH if pending.get("in_superoffice") else RunKind.SAVE,
        request,
        receipt_signature,
        pending["name"],
        setup=setup,
        connector_id=connector.id,
        connection_id=connection.id,
    )


def check_link(account: Account, link: SuperOfficeLink, name: str) -> CheckRun:
    """Checks the link to SuperOffice; `name` is what its events and notes call it."""
    return _start(account, RunKind.LINK, _link_request(link, name), "", name)


def repeat_link_check(before: CheckRun, link: SuperOfficeLink) -> CheckRun:
    """Checks the link once more. Nobody has asked for it, so nothing is noted."""
    run = CheckRun(
        id=uuid.uuid4().hex,
        kind=RunKind.LINK,
        account_id=before.account_id,
        request=_link_request(link, before.request["name"]),
        receipt_signature="",
        limit_seconds=current_app.config["CHECK_SECONDS"],
    )
    db.session.add(run)
    db.session.commit()
    job_queue().submit(run.id)
    return run


def record_failed_link_check(account: Account, link: SuperOfficeLink, name: str, result: StageResult) -> CheckRun:
    """Adds a check of the link that has stopped at once, as nobody could sign in."""
    run = CheckRun(
        id=uuid.uuid4().hex,
        kind=RunKind.LINK,
        account=account,
        request=_link_request(link, name),
        receipt_signature="",
        state=RunState.FINISHED,
        verdict=Verdict.FAILED,
        stages=(result,),
        limit_seconds=current_app.config["CHECK_SECONDS"],
        started_at=now(),
        finished_at=now(),
    )
    db.session.add(run)
    audit.note(account, "link.check_started", name, run=run)
    db.session.flush()
    audit.note_result(run)
    return run


def _link_request(link: SuperOfficeLink, name: str) -> dict[str, Any]:
    """`version` is that of the link: a check of what was typed before says nothing of what is typed now."""
    place = {"name": name, "url": link.address or link.environment.login_url, "ca_pem": link.ca_pem}
    return place | {"version": link.version, "values": {}, "secret_keys": []}


def add_registration(
    account: Account, setup: Setup, connector: ConnectorInput, choice: Mapping[str, Any]
) -> Callable[[], None]:
    """A run that saves in SuperOffice what is typed for a connector, before it is registered here.

    Returns what starts it, once the transaction is committed. `choice` has `adopt`, the id of one to take over there,
    or `add`, and `shown` and `unreachable`.
    """
    request = {"name": connector.name, "url": connector.address, "typed_url": connector.url, "ca_pem": connector.ca_pem}
    run = _add(
        account,
        RunKind.REGISTER,
        {**request, **choice, "values": {}, "secret_keys": []},
        sign_payload(registering_payload(connector)),
        connector.name,
        setup=setup,
        connector_id=setup.connector_id,
        continuation=Continuation.ASKED,
    )
    return partial(job_queue().submit, run.id)


def start_removal(removal: Removal) -> CheckRun:
    """Lets a connector forget a connection. Nobody has asked for it, so nothing is noted."""
    place = {"name": removal.name, "url": removal.url, "ca_pem": removal.ca_pem, "guid": removal.guid}
    run = CheckRun(
        id=uuid.uuid4().hex,
        kind=RunKind.REMOVAL,
        connector_id=removal.connector_id,
        account_id=removal.account_id,
        request=place | {"values": {}, "secret_keys": []},
        receipt_signature="",
        limit_seconds=current_app.config["CHECK_SECONDS"],
    )
    db.session.add(run)
    removal.run_id = run.id
    db.session.commit()
    job_queue().submit(run.id)
    return run


def _for_superoffice(url: str) -> dict[str, str]:
    """What has SuperOffice, where it is linked and lets the wizard do so, look at a connector too."""
    return {"superoffice_url": url} if may_save_there() else {}


def _start_test(account: Account, connector: Connector, request: dict[str, Any], **references: Any) -> CheckRun:
    receipt_signature = sign_payload(connection_payload(connector, request["values"]))
    return _start(
        account,
        RunKind.CONNECTION,
        request,
        receipt_signature,
        request["name"],
        connector_id=connector.id,
        **references,
    )


def _connection_request(connector: Connector, name: str, values: dict[str, str]) -> dict[str, Any]:
    fields = connector.config_fields() or ()
    secret = sorted(secret_keys(fields))
    return {
        "name": name,
        "connector": connector.name,
        "url": connector.reachable_at,
        "ca_pem": connector.ca_pem,
        "values": values,
        "secret_keys": secret,
    }


def _start(
    account: Account, kind: RunKind, request: dict[str, Any], receipt_signature: str, subject: str, **references: Any
) -> CheckRun:
    run = _add(account, kind, request, receipt_signature, subject, **references)
    db.session.commit()
    job_queue().submit(run.id)
    return run


def _add(
    account: Account,
    kind: RunKind,
    request: dict[str, Any],
    receipt_signature: str,
    subject: str,
    *,
    setup: Setup | None = None,
    connector_id: int | None = None,
    connection_id: int | None = None,
    continuation: Continuation = Continuation.NONE,
) -> CheckRun:
    if setup is not None:
        _cancel_others(setup)
    run = CheckRun(
        id=uuid.uuid4().hex,
        kind=kind,
        setup_id=setup.id if setup else None,
        connector_id=connector_id,
        connection_id=connection_id,
        account=account,
        request=request,
        receipt_signature=receipt_signature,
        continuation=continuation,
        limit_seconds=current_app.config["CHECK_SECONDS"],
    )
    db.session.add(run)
    audit.note(account, f"{kind.value}.check_started", *map(audit.without_login, (subject, request["url"])), run=run)
    return run


def _cancel_others(setup: Setup) -> None:
    others = (
        (CheckRun.setup_id == setup.id)
        & CheckRun.kind.not_in((*SAVES, RunKind.REGISTER))
        & CheckRun.state.in_(UNFINISHED)
    )
    db.session.execute(update(CheckRun).where(others).values(cancel_requested=True, continuation=Continuation.NONE))
