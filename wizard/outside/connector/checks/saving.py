"""Stages `save`, `connection` and `catalog`: stores a connection at the connector and tests it there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wizard.domain.check import Stage
from wizard.domain.fields import FieldType
from wizard.outside.connector.checks.fields import config_field
from wizard.outside.connector.client import ConnectorClient
from wizard.outside.connector.results import evidence_of, explanation, is_error, refusal, send
from wizard.outside.connector.session import CheckSession
from wizard.outside.http import Evidence, Failure
from wizard.outside.soap.contract import (
    UNKNOWN_CONNECTION_ID,
    ActorTypeRequest,
    ConnectionRequest,
    Result,
    SaveConnectionRequest,
)

MAX_TYPES = 50
"""The contract has seven."""


def save(session: CheckSession, client: ConnectorClient, guid: str, values: Mapping[str, str]) -> None:
    with session.blaming(Stage.SAVE):
        request = SaveConnectionRequest(connection_guid=guid, connection_info=dict(values))
        session.is_stored = None
        result, evidence = send(client, "WSSaveConnection", request)
        session.is_stored = refusal(result) in (None, "config.contradiction")
        _require_accepted(session, Stage.SAVE, "save.rejected", result, evidence)


def test_saved_connection(session: CheckSession, client: ConnectorClient, guid: str, values: Mapping[str, str]) -> None:
    session.started(Stage.CONNECTION)
    with session.blaming(Stage.CONNECTION):
        result, evidence = client.call("WSTestConnection", ConnectionRequest(connection_guid=guid))
        if result.error_code == UNKNOWN_CONNECTION_ID:
            request = SaveConnectionRequest(connection_guid=guid, connection_info=dict(values))
            send(client, "WSSaveConnection", request)
            result, evidence = client.call("WSTestConnection", ConnectionRequest(connection_guid=guid))
        if result.error_code == UNKNOWN_CONNECTION_ID:
            facts = {"answer": explanation(result), "operation": "WSTestConnection"}
            raise Failure(Stage.CONNECTION, "connection.unknown", facts, evidence)
        _require_accepted(session, Stage.CONNECTION, "connection.rejected", result, evidence)


def _require_accepted(session: CheckSession, stage: Stage, rejected: str, result: Result, evidence: Evidence) -> None:
    operation = {Stage.SAVE: "WSSaveConnection", Stage.CONNECTION: "WSTestConnection"}[stage]
    facts = {"answer": explanation(result), "operation": operation}
    evidence = (*evidence_of(result), *evidence)
    if refusal(result):
        raise Failure(stage, rejected, facts, evidence)
    session.passed(stage, facts, evidence)


def read_catalog(session: CheckSession, client: ConnectorClient, guid: str) -> None:
    """Reads which records and fields can be synchronised. A failure is only a remark."""
    session.started(Stage.CATALOG)
    try:
        types = client.ask("WSGetSupportedActorTypes", ConnectionRequest(connection_guid=guid))
        _refuse(types, "WSGetSupportedActorTypes")
        names = [name for name in dict.fromkeys(types.items or ()) if name]
        session.catalog = {name: _actor_type(client, guid, name) for name in names[:MAX_TYPES]}
    except Failure as failure:
        session.passed(
            Stage.CATALOG, failure.facts, (*failure.evidence, ("reason", failure.reason)), "catalog.rejected"
        )
        return
    count = sum(len(actor["fields"]) for actor in session.catalog.values())
    facts = {"types": ", ".join(session.catalog), "fields": str(count)}
    session.passed(
        Stage.CATALOG, facts, tuple((name, f"{len(a['fields'])} fields") for name, a in session.catalog.items())
    )


def _actor_type(client: ConnectorClient, guid: str, name: str) -> dict[str, Any]:
    request = ActorTypeRequest(connection_guid=guid, actor_type=name)
    fields = client.ask("WSGetSupportedActorTypeFields", request)
    _refuse(fields, "WSGetSupportedActorTypeFields")
    searchable = client.ask("WSGetSearchableFields", request)
    _refuse(searchable, "WSGetSearchableFields")
    known = [each for each in fields.field_meta_data_objects or () if isinstance(each.field_type, FieldType)]
    return {"fields": [config_field(each).to_json() for each in known], "searchable": list(searchable.items or ())}


def _refuse(result: Result, operation: str) -> None:
    if is_error(result):
        raise Failure(Stage.CATALOG, "catalog.rejected", {"answer": explanation(result), "operation": operation})
