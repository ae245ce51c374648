"""Saves a Sync Connector in SuperOffice: looks whether it is there, saves it, reads it back and compares."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from wizard.domain.check import REGISTER_STAGES
from wizard.domain.superoffice import ConnectorValues, differences, matching_connectors
from wizard.extensions import db
from wizard.models import CheckRun, Connector, SuperOfficeWrite, WriteOperation
from wizard.outside.connector import CheckOptions, CheckReport
from wizard.outside.superoffice import SuperOffice, registry
from wizard.outside.superoffice.carriers import ErpSyncConnectorEntity
from wizard.services.checks import persistently
from wizard.services.superoffice.saving.carrier import changed_text, fingerprint
from wizard.services.superoffice.saving.find import adopted_connector, connectors_there, require_choice
from wizard.services.superoffice.saving.journal import made_for, open_writes, remember_of, written
from wizard.services.superoffice.saving.opened import superoffice_of
from wizard.services.superoffice.saving.recorder import Recorder, Refused
from wizard.services.superoffice.saving.task import ConnectorTask, load_connector_task


def register_in_superoffice(run: CheckRun, secrets: Collection[str], options: CheckOptions) -> CheckReport:
    """Saves what a run of kind `register` is about. Its row here is written by what follows it."""
    recorder = Recorder(REGISTER_STAGES, secrets, options)
    with recorder.running():
        task = persistently(lambda: load_connector_task(run))
        with superoffice_of(run, options) as so:
            saved, sent = save_connector(so, task)
            recorder.passed({"id": str(saved.erp_connector_id), "name": saved.display_name, "url": saved.url})
            kept = not_kept(sent, saved)
            recorder.passed({"member": kept} if kept else {}, reason="superoffice.not_kept" if kept else None)
    return recorder.report()


def save_connector(so: SuperOffice, task: ConnectorTask) -> tuple[ErpSyncConnectorEntity, ErpSyncConnectorEntity]:
    """Returns what SuperOffice has now, and what was sent. Raises Refused and SuperOfficeError."""
    before, ids = _before(so, task)
    carrier = before or ErpSyncConnectorEntity()
    name = changed_text(carrier.display_name, task.seen.display_name if task.seen else "", task.name)
    carrier = replace(carrier, display_name=name, url=task.url, deleted=False)
    saved = carrier
    if carrier != before:
        target = task.target(
            target_id=before and before.erp_connector_id, before={"ids": ids, "url": task.url, **_json(before)}
        )
        saved = written(
            WriteOperation.SAVE_CONNECTOR,
            target,
            carrier.to_json(),
            lambda: registry.save_connector(so, carrier),
            lambda answer: _remember(task, answer),
        )
    found = registry.get_connector(so, saved.erp_connector_id)
    if found is None:
        raise Refused("superoffice.no_answer", {"operation": "GetErpSyncConnectorEntity"})
    persistently(lambda: _remember_and_commit(task, found))
    return found, carrier


def connector_id_there(so: SuperOffice, task: ConnectorTask) -> int:
    """SuperOffice's id of a connector that is registered here; one that it does not have yet is saved there."""
    if task.there is None:
        return save_connector(so, task)[0].erp_connector_id
    found = registry.get_connector(so, task.there)
    if found is None or found.deleted:
        raise Refused("superoffice.gone", {"kind": "connector", "name": task.name})
    return task.there


def _before(so: SuperOffice, task: ConnectorTask) -> tuple[ErpSyncConnectorEntity | None, list[int]]:
    """What SuperOffice has of it, None for a new one, and the ids of those that look like it."""
    there, ids = task.there, list[int]()
    if there is None:
        rows = connectors_there(so)
        writes, made = persistently(lambda: _earlier(task))
        ids = [each.id for each in matching_connectors(rows, task.url, task.name)]
        there = adopted_connector(writes, rows, task.adopt) or (made if made in ids else None)
        there = there or require_choice(ids, task.adopt, add=task.add)
    if there is None:
        return None, ids
    found = registry.get_connector(so, there)
    if found is None:
        raise Refused("superoffice.gone", {"kind": "connector", "name": task.name})
    _require_unchanged(task, found)
    return found, ids


def _earlier(task: ConnectorTask) -> tuple[Sequence[SuperOfficeWrite], int | None]:
    """What earlier runs of the setup have begun and made."""
    found = (open_writes(setup_id=task.setup_id), made_for(task.setup_id)) if task.setup_id else ((), None)
    db.session.commit()
    return found


def _require_unchanged(task: ConnectorTask, found: ErpSyncConnectorEntity) -> None:
    if task.seen is None or task.shown == fingerprint(found):
        return
    if member := not_kept(task.seen, found):
        raise Refused("superoffice.differs", {"member": member, "shown": fingerprint(found)})


def not_kept(sent: ErpSyncConnectorEntity, found: ErpSyncConnectorEntity) -> str:
    """The members that differ."""
    return ", ".join(each.code for each in differences(_values(sent), _values(found)))


def _values(carrier: ErpSyncConnectorEntity) -> ConnectorValues:
    return ConnectorValues(carrier.display_name, carrier.url)


def _json(carrier: ErpSyncConnectorEntity | None) -> dict[str, object]:
    return {"carrier": carrier.to_json()} if carrier else {}


def _remember(task: ConnectorTask, carrier: ErpSyncConnectorEntity) -> dict[str, object]:
    if task.id:
        remember_of(Connector, task.id, carrier.erp_connector_id, carrier.to_json())
    return {"id": carrier.erp_connector_id}


def _remember_and_commit(task: ConnectorTask, carrier: ErpSyncConnectorEntity) -> None:
    _remember(task, carrier)
    db.session.commit()
