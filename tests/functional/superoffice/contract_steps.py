"""The steps of the contract test: a whole registration, each save read back, and everything deleted again."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from tests.functional.superoffice.contract_sites import POLICY, ContractSite
from wizard.outside.connector import Endpoint, delete_connection
from wizard.outside.superoffice import NOTHING, SuperOffice, archives, registry, users
from wizard.outside.superoffice.carriers import ErpConnection, ErpSyncConnectorEntity

TYPES = ("Customer", "Supplier", "Partner", "Person", "Project")
DIRECTIONS = ("CrmFieldKey", "SyncToCrm", "SyncToErp", "ShowInGui", "ShowInSearch")


@dataclass
class Registration:
    """One run: what it has made so far, and what it has learnt of what is not documented."""

    so: SuperOffice
    at: ContractSite
    name: str = field(default_factory=lambda: f"Contract test {uuid.uuid4().hex[:8]}")
    connector_id: int = 0
    connection: ErpConnection = ErpConnection()

    def ask(self, operation: str, **body: Any) -> Any:
        return self.so.agent("ErpSync", operation, body or NOTHING, may_be_null=True)

    def learn(self, what: str, found: object) -> None:
        """Prints one of the things to try on a sandbox; `pytest -s` shows it."""
        print(f"  {what}: {found}")

    def can_try(self, condition: object, what: str) -> bool:
        """Whether a part can be tried; at the practice SuperOffice every part can be."""
        assert condition or not self.at.is_practice, what
        if not condition:
            self.learn("NOT TRIED", what)
        return bool(condition)

    @property
    def connection_id(self) -> int:
        return self.connection.erp_connection_id


def look_around(run: Registration) -> None:
    """Version, who it is, the licence, whether the agent is open, users and groups."""
    run.learn("version", run.so.version().net_server_version)
    me = users.who_am_i(run.so)
    assert me.is_administrator, f"{me.full_name} is no administrator"
    run.learn("licences", ", ".join(sorted(each.name for each in me.licenses)))
    registry.connectors(run.so)
    run.learn("users", len(users.associates(run.so)))
    run.learn("groups", len(users.groups(run.so)))


def save_connector(run: Registration) -> None:
    """Tests the address from there, saves the connector, and reads it back."""
    url = run.at.connector_url
    assert registry.test_connector_url(run.so, url) == registry.NO_ERROR
    run.learn("an address that does not answer", registry.test_connector_url(run.so, f"{url}/nowhere"))
    run.learn("connectors there with this URL", [each.id for each in registry.find_connector(run.so, url, run.name)])
    saved = registry.save_connector(run.so, ErpSyncConnectorEntity(display_name=run.name, url=url))
    run.connector_id = saved.erp_connector_id
    read = registry.get_connector(run.so, run.connector_id)
    assert read is not None
    assert (read.display_name, read.url, read.deleted) == (run.name, url, False)
    assert [each.id for each in registry.connectors(run.so) if each.name == run.name] == [run.connector_id]


def save_connection(run: Registration) -> None:
    """Tests the values, saves the connection inactive, tests it by its id, and reads it back."""
    fields = registry.configuration_fields(run.so, run.connector_id)
    assert {each.field_key for each in fields} >= set(run.at.values)
    tested = registry.test_connection_by_config(run.so, run.connector_id, run.at.values)
    run.learn("TestConnectionByConfig with the connector's id", tested)
    me = users.who_am_i(run.so)
    new = ErpConnection(
        erp_connector_id=run.connector_id,
        display_name=run.name,
        config_fields=run.at.values,
        associate_access_ids=(me.associate_id,),
        user_group_access_ids=(me.group_id,),
    )
    run.connection = registry.save_connection(run.so, new)
    assert run.connection.connection_id
    assert registry.test_connection_by_id(run.so, run.connection_id)
    assert registry.update_connection_fields(run.so, run.connection_id)
    read = _read(run)
    assert (read.display_name, read.active, read.deleted) == (run.name, False, False)
    assert (read.associate_access_ids, read.user_group_access_ids) == ((me.associate_id,), (me.group_id,))
    secret = {each.field_key for each in fields if each.field_type == "Password"}
    assert {k: v for k, v in read.config_fields.items() if k not in secret}.items() >= {
        (key, value) for key, value in run.at.values.items() if key not in secret
    }
    run.learn("passwords come back", all(read.config_fields.get(key) == run.at.values.get(key) for key in secret))
    assert run.connection.connection_id in [each.erp_id for each in archives.archive_connections(run.so)]


def edit_texts(run: Registration) -> None:
    """A name in two languages comes back raw, and in one language where that is asked for."""
    raw = f'US:"{run.name}";NO:"{run.name} (no)"'
    registry.save_connection(run.so, replace(_read(run), display_name=raw))
    assert _read(run).display_name == raw
    body = {"ErpConnectionId": run.connection_id}
    shown: Any = run.so.agent("ErpSync", "GetConnection", body, language="nb")
    assert shown["DisplayName"] == f"{run.name} (no)"
    registry.save_connection(run.so, replace(_read(run), display_name=run.name))


def map_fields(run: Registration) -> list[str]:
    """Gives every mapped mandatory field a direction; the types that can be synchronised so."""
    ready = []
    for name in TYPES:
        mapping = _mapping(run, name)
        run.learn(f"fields of {name}", len(mapping["FieldMappings"]) if mapping else mapping)
        if not mapping or not mapping["FieldMappings"]:
            continue
        mandatory = [each for each in mapping["FieldMappings"] if each["Access"] == "Mandatory"]
        for each in mandatory:
            each["SyncToCrm"] = bool(each["CrmFieldKey"])
        mapping["IsActive"] = all(each["SyncToCrm"] for each in mandatory)
        run.ask("SaveActorTypeMapping", Mapping=mapping)
        read = _mapping(run, name)
        assert (read["IsActive"], _directions(read)) == (mapping["IsActive"], _directions(mapping))
        ready += [name] if mapping["IsActive"] else []
    for arguments in ({}, {"additional": "Customer"}):
        items: Any = run.so.get("MDOList/crmfields", arguments)
        run.learn(f"crmfields with {arguments}", f"{len(items)}, first {items[:1]}")
    run.can_try(ready, "no type has all its mandatory fields mapped automatically")
    return ready


def map_list_items(run: Registration) -> None:
    """Maps the first item of the first mapped list, and takes it back."""
    lists = run.ask("GetConnectionListMappings", ErpConnectionId=run.connection_id)
    first = next((each for each in lists["ErpListItemMappings"] if each["ErpCrmListItemMappings"]), None)
    if not run.can_try(first, "no list is mapped"):
        return
    row = first["ErpCrmListItemMappings"][0]
    before = row["CrmListItem"]
    fields = _mapping(run, first["ErpActorTypeName"])["FieldMappings"]
    reference = next(each["ListReference"] for each in fields if each["ErpFieldId"] == first["ErpFieldId"])
    name, _, additional = reference.removeprefix("table=").partition("&")
    items: Any = run.so.get(f"MDOList/{name}", {"flat": True} | ({"additional": additional} if additional else {}))
    for item in (items[0], before):
        row["CrmListItem"] = item
        saved = run.ask("SaveConnectionListMappings", ListMapping=lists)
        again = next(each for each in saved["ErpListItemMappings"] if each["ErpFieldId"] == first["ErpFieldId"])
        kept = again["ErpCrmListItemMappings"][0]["CrmListItem"]
        assert (kept or {}).get("Id", 0) == (item or {}).get("Id", 0)


def set_default_and_rank(run: Registration, name: str) -> None:
    """Has the user asked for a field, moves it down, and takes both back."""
    first = _mapping(run, name)["FieldMappings"][0]
    default = run.ask("GetDefaultValueInfo", ErpFieldId=first["ErpFieldId"])
    for change in ({"PromptUser": not default["PromptUser"]}, {"PromptUser": default["PromptUser"]}):
        run.ask("SaveDefaultValueInfo", ErpSyncDefaultValue=default | change)
        assert run.ask("GetDefaultValueInfo", ErpFieldId=first["ErpFieldId"]) == default | change
    before = _order(run, name)
    move = {"ErpFieldId": first["ErpFieldId"], "ErpConnectionId": run.connection_id, "ErpActorType": name}
    run.ask("MoveErpFieldItem", Direction=1, **move)
    moved = _order(run, name)
    run.learn("MoveErpFieldItem changes the order of the mapping", moved != before)
    run.ask("MoveErpFieldItem", Direction=-1, **move)
    assert _order(run, name) == before


def keep_priorities(run: Registration) -> None:
    """Saves the order that there is, so that nothing changes for others."""
    listed: Any = run.so.get("MDOList/erpconnections", {"flat": True, "additional": "useRank"})
    assert run.ask("SaveErpConnectionSyncPriorities", ErpConnectionIds=[each["Id"] for each in listed]) is True


def activate(run: Registration) -> None:
    """Switches it on and off again, unless the engine would synchronise meanwhile."""
    if not run.can_try(not registry.engine_status(run.so).is_running, "the engine runs; it would synchronise"):
        return
    reasons = registry.toggle_active(run.so, run.connection_id)
    if not run.can_try(not reasons, f"activation is refused: {reasons}"):
        return
    assert _read(run).active
    assert run.ask("GetErpSyncConnectionSummary", ErpSyncConnectionId=run.connection_id)["Active"]
    assert registry.toggle_active(run.so, run.connection_id) == []
    assert not _read(run).active


def preview_import(run: Registration, name: str) -> None:
    """Shows what an import would do with the records whose first text contains a 1; nothing is imported."""
    if not run.can_try(not registry.engine_status(run.so).is_running, "the engine runs; there is no import meanwhile"):
        return
    texts = [each["ErpFieldKey"] for each in _mapping(run, name)["FieldMappings"] if each["FieldType"] == "Text"]
    wanted = {"Name": texts[0], "Operator": "contains", "Values": ["1"], "IsActive": True, "InterOperator": "And"}
    others: dict[str, Any] = {
        "DisplayValues": [],
        "ColumnInfo": None,
        "SubRestrictions": [],
        "InterParenthesis": 0,
        "UniqueHash": 0,
    }
    body = {"ConnectionId": run.connection_id, "ErpActorType": name, "Columns": texts[:1]}
    data: Any = run.so.agent("Import", "CreateErpImportData", body | {"Restriction": [wanted | others]})
    run.learn("columns of an import", [each["Name"] for each in data["ColumnInfos"]])
    if run.can_try(data["ImportLines"], "no record was found"):
        body = {"ImportLines": data["ImportLines"], "ColumnDefinition": texts[:1], "Culture": "en", "Context": ""}
        lines: Any = run.so.agent("Import", "PreviewImport", body)
        assert len(lines) == len(data["ImportLines"])
        run.learn("what the import would do", sorted({each["Operation"] for each in lines}))


def delete_and_restore(run: Registration) -> None:
    """A deleted connection stays, is listed as deleted, and can be restored with its GUID."""
    before = _read(run)
    registry.delete_connection(run.so, run.connection_id)
    assert run.connection_id not in _ids(registry.connections(run.so))
    assert run.connection_id in _ids(registry.connections(run.so, include_deleted=True))
    restored = registry.save_connection(run.so, replace(before, deleted=False))
    run.learn("a restored connection keeps its GUID", restored.connection_id == before.connection_id)
    assert run.connection_id in _ids(registry.connections(run.so))


@contextmanager
def cleaning_up(run: Registration) -> Iterator[None]:
    """Deletes the connection and the connector, there and at the connector itself, however the block ends."""
    try:
        yield
    finally:
        if run.connection_id:
            registry.delete_connection(run.so, run.connection_id)
        if run.connector_id:
            run.learn("CanDelete with a deleted connection", registry.can_delete_connector(run.so, run.connector_id))
            registry.delete_connector(run.so, run.connector_id)
        if run.connection.connection_id and "://" in run.at.connector_url and run.at.connector_url.startswith("http"):
            report = delete_connection(Endpoint(run.at.connector_url), run.connection.connection_id, policy=POLICY)
            run.learn("deleted at the connector", report.verdict)
    assert run.connector_id not in [each.id for each in registry.connectors(run.so)]
    assert run.connection_id not in _ids(registry.connections(run.so))


def _read(run: Registration) -> ErpConnection:
    read = registry.get_connection(run.so, run.connection_id)
    assert read is not None
    return read


def _ids(connections: list[ErpConnection]) -> list[int]:
    return [each.erp_connection_id for each in connections]


def _mapping(run: Registration, name: str) -> Any:
    return run.ask("GetActorTypeMapping", ErpConnectionId=run.connection_id, ActorType=name)


def _directions(mapping: Any) -> dict[int, tuple[Any, ...]]:
    return {each["ErpFieldId"]: tuple(each[name] for name in DIRECTIONS) for each in mapping["FieldMappings"]}


def _order(run: Registration, name: str) -> list[int]:
    return [each["ErpFieldId"] for each in _mapping(run, name)["FieldMappings"]]
