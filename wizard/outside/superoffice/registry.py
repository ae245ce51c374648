"""Sync Connectors and ERP connections as SuperOffice keeps them: agent ErpSync, and archives where it is closed."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.outside.superoffice import agent_answers
from wizard.outside.superoffice.carriers import (
    EngineStatus,
    ErpConnection,
    ErpSyncConnectorEntity,
    FieldMetadata,
    ListItem,
)
from wizard.outside.superoffice.client import NOTHING, SuperOffice
from wizard.outside.superoffice.members import Json, Misread

NO_ERROR = "NoError"
HAS_CONNECTIONS = "ErrorConnectorHasConnections"
RESPONSE_CODES = (NO_ERROR, HAS_CONNECTIONS, "ErrorNotFound")


# --- connectors


def connectors(so: SuperOffice) -> list[ListItem]:
    """All Sync Connectors that are not deleted; `tool_tip` is the URL. Raises SuperOfficeError."""
    return agent_answers.array(so, ListItem, "GetAllConnectors")


def find_connector(so: SuperOffice, url: str, name: str) -> list[ListItem]:
    """The connectors with this URL, else those with this name. Raises SuperOfficeError."""
    every = connectors(so)
    return [each for each in every if each.tool_tip.strip() == url.strip()] or [
        each for each in every if each.name.strip() == name.strip()
    ]


def save_connector(so: SuperOffice, entity: ErpSyncConnectorEntity) -> ErpSyncConnectorEntity:
    """Saves a whole connector; id 0 is a new one. Raises SuperOfficeError."""
    return agent_answers.one(so, ErpSyncConnectorEntity, "SaveErpSyncConnectorEntity", entity.to_json())


def get_connector(so: SuperOffice, connector_id: int) -> ErpSyncConnectorEntity | None:
    """Raises SuperOfficeError."""
    query = {"erpSyncConnectorEntityId": connector_id}
    return agent_answers.one_or_none(so, ErpSyncConnectorEntity, "GetErpSyncConnectorEntity", query=query)


def can_delete_connector(so: SuperOffice, connector_id: int) -> str:
    """One of RESPONSE_CODES. Raises SuperOfficeError."""
    return _code(so, "CanDeleteErpSyncConnectorEntity", {"ErpSyncConnectorId": connector_id})


def delete_connector(so: SuperOffice, connector_id: int) -> None:
    """Marks a connector as deleted. Raises SuperOfficeError."""
    so.agent("ErpSync", "DeleteErpSyncConnectorEntity", query={"erpSyncConnectorEntityId": connector_id})


def test_connector_url(so: SuperOffice, url: str) -> str:
    """Has SuperOffice call the URL: one of RESPONSE_CODES. Raises SuperOfficeError."""
    return _code(so, "TestConnectorUrl", {"Url": url})


def configuration_fields(so: SuperOffice, connector_id: int) -> list[FieldMetadata]:
    """The fields that the connector declares to SuperOffice. Raises SuperOfficeError."""
    return agent_answers.array(so, FieldMetadata, "GetConfigurationFields", {"ErpConnectorId": connector_id})


# --- connections


def connections(so: SuperOffice, *, include_deleted: bool = False) -> list[ErpConnection]:
    """All connections; their configuration is empty here. Raises SuperOfficeError."""
    return agent_answers.array(so, ErpConnection, "GetAllConnections", {"IncludeDeleted": include_deleted})


def get_connection(so: SuperOffice, connection_id: int) -> ErpConnection | None:
    """Raises SuperOfficeError."""
    return agent_answers.one_or_none(so, ErpConnection, "GetConnection", _id(connection_id))


def save_connection(so: SuperOffice, connection: ErpConnection) -> ErpConnection:
    """Saves a whole connection; id 0 is a new one. Raises SuperOfficeError."""
    return agent_answers.one(so, ErpConnection, "SaveConnection", {"Connection": connection.to_json()})


def delete_connection(so: SuperOffice, connection_id: int) -> None:
    """Marks a connection as deleted. Raises SuperOfficeError."""
    so.agent("ErpSync", "DeleteConnection", _id(connection_id))


def test_connection_by_config(so: SuperOffice, connector_id: int, values: Mapping[str, str]) -> bool:
    """Has SuperOffice test values of a new connection. Raises SuperOfficeError.

    Assumption: the id is the connector's, though its member is called ErpConnectionId.
    """
    return agent_answers.truth(so, "TestConnectionByConfig", {**_id(connector_id), "ConfigFields": dict(values)})


def test_connection_by_id(so: SuperOffice, connection_id: int) -> bool:
    """Has SuperOffice test a saved connection. Raises SuperOfficeError."""
    return agent_answers.truth(so, "TestConnectionById", _id(connection_id))


def update_connection_fields(so: SuperOffice, connection_id: int) -> bool:
    """Has SuperOffice read the connector's fields anew. Raises SuperOfficeError."""
    return agent_answers.truth(so, "UpdateConnectionFields", _id(connection_id))


def toggle_active(so: SuperOffice, connection_id: int) -> list[str]:
    """Turns a connection on or off, whichever it is not: read it first. Returns the reasons why it was refused.

    Raises SuperOfficeError.
    """
    answer = so.agent("ErpSync", "ToggleErpConnectionActive", _id(connection_id))
    with so.reading("ToggleErpConnectionActive"):
        if not isinstance(answer, list) or not all(isinstance(each, str) for each in answer):
            raise Misread("ToggleErpConnectionActive", "array", answer)
        return answer


def engine_status(so: SuperOffice) -> EngineStatus:
    """Whether SuperOffice synchronises at all. Raises SuperOfficeError."""
    return agent_answers.one(so, EngineStatus, "GetEngineStatus", NOTHING)


# --- parts of a call


def _id(connection_id: int) -> dict[str, Json]:
    return {"ErpConnectionId": connection_id}


def _code(so: SuperOffice, operation: str, body: Json) -> str:
    answer = so.agent("ErpSync", operation, body)
    with so.reading(operation):
        if answer not in RESPONSE_CODES:
            raise Misread(operation, "enum", answer)
        return str(answer)
