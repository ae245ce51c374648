"""What an administrator has done in SuperOffice: the ticked steps, and the values that were entered there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wizard.domain.connection import ConnectionInput
from wizard.domain.next_steps import NextStep, steps_that_follow
from wizard.errors import StaleVersion
from wizard.extensions import db
from wizard.models import Account, Connection, DoneStep
from wizard.models.columns import now
from wizard.models.database import reload_for_update
from wizard.models.encrypted import Undecryptable
from wizard.services import audit


def tick_step(account: Account, connection: Connection, step: NextStep, versions: str) -> None:
    """Ticks a step. To tick that the values are entered makes those of now the ones that SuperOffice has.

    Raises StaleVersion if they are not those of the page that was ticked, of which `versions` came.
    """
    reload_for_update(Connection, connection.id)
    steps = [each for each in steps_that_follow(step, done=True) if each == step or each not in connection.done]
    if NextStep.ENTER in steps:
        if versions != versions_of(connection):
            raise StaleVersion
        connection.entered = _values_of(connection)
    for each in steps:
        _set_done(account, connection, each)
        audit.note(account, "connection.step_done", connection.name, each.value)
    db.session.commit()


def untick_step(account: Account, connection: Connection, step: NextStep) -> None:
    reload_for_update(Connection, connection.id)
    for each in steps_that_follow(step, done=False):
        if each in connection.done:
            connection.done_steps.remove(connection.done[each])
            audit.note(account, "connection.step_undone", connection.name, each.value)
    if step == NextStep.ENTER:
        connection.entered = None
    db.session.commit()


def mark_entered(account: Account, connection: Connection) -> None:
    """SuperOffice has the values of now: the wizard has saved them there itself."""
    connection.entered = _values_of(connection)
    _set_done(account, connection, NextStep.ENTER)


def versions_of(connection: Connection) -> str:
    """Of the values that a page shows, those of the connector too."""
    return f"{connection.version}.{connection.connector.version}"


def remember_entered(connection: Connection) -> None:
    """Keeps the values before they are changed, which may be in SuperOffice even if nobody has said so."""
    if connection.entered is None and _can_be_read(connection):
        connection.entered = _values_of(connection)


def has_changed(connection: Connection) -> bool:
    """Whether SuperOffice has other values than there are here now, as far as that is known."""
    entered = known_entered(connection)
    return entered is not None and _comparable(entered) != _comparable(_values_of(connection))


def known_entered(connection: Connection) -> dict[str, Any] | None:
    """What SuperOffice has; None where that is not known, or cannot be compared because a value cannot be decrypted."""
    entered = connection.entered
    return None if isinstance(entered, Undecryptable) or not _can_be_read(connection) else entered


def _can_be_read(connection: Connection) -> bool:
    return not any(isinstance(each, Undecryptable) for each in (connection.config, connection.fields))


def _comparable(values: Mapping[str, Any]) -> tuple[Any, ...]:
    connection = ConnectionInput.from_json(values["connection"])
    return values["connector"], replace(connection, scope=connection.scope.sorted())


def _values_of(connection: Connection) -> dict[str, Any]:
    connector = connection.connector
    return {
        "connector": {"name": connector.name, "url": connector.url},
        "connection": connection.to_input().to_json(),
        "fields": connection.fields,
    }


def _set_done(account: Account, connection: Connection, step: NextStep) -> None:
    if before := connection.done.get(step):
        before.who, before.at = account.name, now()
    else:
        connection.done_steps.append(DoneStep(step=step, who=account.name, at=now()))
