"""Saves an ERP connection in SuperOffice: looks, saves it inactive, has it tested, reads it back and compares.

SuperOffice tells the connector; its GUID is the connection's. Every step begins by reading, so that a run that has
broken off is simply begun again. What somebody else has changed there is shown and never overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from wizard.domain.check import NO_OBSERVER, SAVE_BOTH_STAGES
from wizard.domain.superoffice import readable_secrets
from wizard.extensions import db
from wizard.models import CheckRun, Connection, WriteOperation
from wizard.models.database import asynchronous_commit
from wizard.outside.connector import Catalog, CheckOptions, CheckReport, Endpoint, read_saved_catalog
from wizard.outside.http import Trust
from wizard.outside.superoffice import SuperOffice, registry
from wizard.outside.superoffice.carriers import ErpConnection
from wizard.services.checks import persistently
from wizard.services.superoffice.carrier_values import connection_values
from wizard.services.superoffice.saving.carrier import connection_carrier, differing, fingerprint
from wizard.services.superoffice.saving.find import (
    adopted_connection,
    connections_there,
    matching_ids,
    require_choice,
)
from wizard.services.superoffice.saving.journal import remember_of, written
from wizard.services.superoffice.saving.opened import superoffice_of
from wizard.services.superoffice.saving.recorder import Recorder, Refused
from wizard.services.superoffice.saving.save_connector import connector_id_there
from wizard.services.superoffice.saving.task import ConnectionTask, load_connection_task, update_pending


def save_in_superoffice(run: CheckRun, secrets: Collection[str], options: CheckOptions) -> CheckReport:
    """Saves what a run of kind `save_both` is about. What follows it makes the pending values our row's own."""
    recorder, catalog = Recorder(SAVE_BOTH_STAGES, secrets, options), None
    with recorder.running(at_once=True):
        with asynchronous_commit():
            task = persistently(lambda: load_connection_task(run))
        recorder.passed()
        with superoffice_of(run, options) as so:
            sent, saved, activate = _save(so, task)
            recorder.passed({"id": str(saved.erp_connection_id)})
            if not registry.test_connection_by_id(so, saved.erp_connection_id):
                raise Refused("superoffice.test_failed", {"operation": "TestConnectionById"})
            recorder.passed()
            catalog = _update_fields(so, task, saved, run, secrets, options, recorder)
            _compare(so, task, sent, saved, recorder, activate=activate)
    return recorder.report(catalog)


def _save(so: SuperOffice, task: ConnectionTask) -> tuple[ErpConnection, ErpConnection, bool]:
    """Returns what was sent and what SuperOffice has answered, and whether it has to be activated again."""
    parent = connector_id_there(so, task.connector)
    before, ids = _before(so, task, parent)
    activate = task.activate
    if before is not None and before.active:
        before, activate = _deactivated(so, task, before), True
    carrier = connection_carrier(before, task.values, task.texts_before, task.scope, parent)
    if carrier == before:
        persistently(lambda: _remember_and_commit(task, carrier))
        return carrier, carrier, activate
    target = task.target(
        target_id=before and before.erp_connection_id, parent_id=parent, before={"ids": ids, **_json(before)}
    )
    saved = written(
        WriteOperation.SAVE_CONNECTION,
        target,
        carrier.to_json(),
        lambda: registry.save_connection(so, carrier),
        lambda answer: _remember(task, answer),
    )
    return carrier, saved, activate


def _before(so: SuperOffice, task: ConnectionTask, parent: int) -> tuple[ErpConnection | None, list[int]]:
    """What SuperOffice has of it, None for a new one, and the ids of those that look like it."""
    there, ids = task.there, list[int]()
    if there is None:
        rows = connections_there(so)
        ids = matching_ids(rows, parent, task.values.name)
        there = adopted_connection(task.open_writes, rows, task.adopt) or require_choice(ids, task.adopt)
    else:
        adopted_connection(task.open_writes, (), None)
    if there is None:
        return None, ids
    found = registry.get_connection(so, there)
    if found is None:
        raise Refused("superoffice.gone", {"kind": "connection", "name": task.values.name})
    persistently(lambda: _require_ours(task, found))
    _require_unchanged(task, found)
    return found, ids


def _require_ours(task: ConnectionTask, found: ErpConnection) -> None:
    """One of SuperOffice's connections is one of ours, also when that one is deleted."""
    if task.is_current and (task.guid, task.there) == (found.connection_id, found.erp_connection_id):
        return  # no other row can have them
    same = (Connection.guid == found.connection_id) | (
        (Connection.superoffice_id == found.erp_connection_id) & Connection.deleted_at.is_(None)
    )
    name = db.session.scalar(select(Connection.name).where(same, Connection.id != task.id).limit(1))
    db.session.commit()
    if name is not None:
        raise Refused("superoffice.here_already", {"name": name})


def _require_unchanged(task: ConnectionTask, found: ErpConnection) -> None:
    """Neither what was seen last nor what this save has left half done counts as somebody else's change.

    That it was activated or deactivated there neither: it is as active after the save as before.
    """
    if task.seen is None or task.shown == fingerprint(found) or _is_what_we_want(task, found):
        return
    seen = replace(task.seen, active=found.active)
    if member := differing(seen, found, task.fields, task.secrets):
        raise Refused("superoffice.differs", {"member": member, "shown": fingerprint(found)})


def _is_what_we_want(task: ConnectionTask, found: ErpConnection) -> bool:
    wanted = connection_carrier(found, task.values, task.texts_before, task.scope, found.erp_connector_id)
    readable = readable_secrets(connection_values(wanted), connection_values(found), task.fields)
    return not differing(wanted, found, task.fields, readable)


def _deactivated(so: SuperOffice, task: ConnectionTask, before: ErpConnection) -> ErpConnection:
    persistently(lambda: update_pending(task.id, activate=True))
    _toggle(so, task, before)
    return _read(so, before.erp_connection_id)


def _toggle(so: SuperOffice, task: ConnectionTask, before: ErpConnection) -> list[str]:
    wanted = {"active": not before.active}
    target = task.target(target_id=before.erp_connection_id, before={"active": before.active})
    return written(
        WriteOperation.TOGGLE_ACTIVE,
        target,
        wanted,
        lambda: registry.toggle_active(so, before.erp_connection_id),
        lambda reasons: {"reasons": reasons},
    )


def _update_fields(
    so: SuperOffice,
    task: ConnectionTask,
    saved: ErpConnection,
    run: CheckRun,
    secrets: Collection[str],
    options: CheckOptions,
    recorder: Recorder,
) -> Catalog | None:
    """Has SuperOffice read the fields of the ERP, and reads them too: that they cannot be read is only a remark."""
    target = task.target(target_id=saved.erp_connection_id)
    updated = written(
        WriteOperation.UPDATE_FIELDS,
        target,
        {},
        lambda: registry.update_connection_fields(so, saved.erp_connection_id),
        lambda done: {"done": done},
    )
    endpoint = Endpoint(run.request["url"], Trust(run.request["ca_pem"] or None))
    quietly: CheckOptions = {**options, "observer": NO_OBSERVER}
    report = read_saved_catalog(endpoint, saved.connection_id, secrets, **quietly)
    (result,) = report.results or (None,)
    reason = (result.reason if result else None) or (None if updated else "catalog.rejected")
    facts = dict(result.facts) if result else {}
    recorder.passed(facts, result.evidence if result else (), reason)
    return report.catalog


def _compare(
    so: SuperOffice,
    task: ConnectionTask,
    sent: ErpConnection,
    saved: ErpConnection,
    recorder: Recorder,
    *,
    activate: bool,
) -> None:
    found = _read(so, saved.erp_connection_id)
    reasons: list[str] = []
    if activate and not found.active:
        reasons = _toggle(so, task, found)
        found = _read(so, saved.erp_connection_id)
    if found != saved:
        persistently(lambda: _remember_and_commit(task, found))
    sent = replace(sent, active=found.active) if activate else sent
    member = differing(sent, found, task.fields)
    evidence = tuple(("reason", each) for each in reasons)
    if activate and not found.active:
        recorder.passed({"answer": "\n".join(reasons)}, evidence, "superoffice.activation_refused")
    else:
        recorder.passed({"member": member} if member else {}, evidence, "superoffice.not_kept" if member else None)


def _read(so: SuperOffice, connection_id: int) -> ErpConnection:
    found = registry.get_connection(so, connection_id)
    if found is None:
        raise Refused("superoffice.no_answer", {"operation": "GetConnection"})
    return found


def _json(carrier: ErpConnection | None) -> dict[str, object]:
    return {"carrier": carrier.to_json()} if carrier else {}


def _remember(task: ConnectionTask, carrier: ErpConnection) -> dict[str, Any]:
    remember_of(Connection, task.id, carrier.erp_connection_id, carrier.to_json())
    return {"id": carrier.erp_connection_id, "guid": carrier.connection_id}


def _remember_and_commit(task: ConnectionTask, carrier: ErpConnection) -> None:
    _remember(task, carrier)
    db.session.commit()
