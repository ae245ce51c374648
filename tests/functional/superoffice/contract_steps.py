"""The steps of the contract test: a whole registration, each save read back, and everything deleted again."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from tests.functional.superoffice.contract_sites import POLICY, ContractSite
from wizard.outside.connector import Endpoint, delete_connection
from wizard.outside.superoffice import SuperOffice, archives, configuration, registry, users
from wizard.outside.superoffice.carriers import (
    ErpConnection,
    ErpSyncActorTypeMapping,
    ErpSyncConnectorEntity,
    ErpSyncFieldMapping,
)
from wizard.services.configuration.there.carriers import MANDATORY, items_of, lists_with, mapping_state

TYPES = ("Customer", "Supplier", "Partner", "Person", "Project")


@dataclass
class Registration:
    """One run: what it has made so far, and what it has learnt of what is not documented."""

    so: SuperOffice
    at: ContractSite
    name: str = field(default_factory=lambda: f"Contract test {uuid.uuid4().hex[:8]}")
    connector_id: int = 0
    connection: ErpConnection = ErpConnection()

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
        mapping = configuration.actor_type_mapping(run.so, run.connection_id, name)
        run.learn(f"fields of {name}", len(mapping.field_mappings) if mapping else mapping)
        if not mapping or not mapping.field_mappings:
            continue
        is_active = all(each.crm_field_key for each in mapping.field_mappings if _is_mandatory(each))
        fields = tuple(
            replace(each, sync_to_crm=bool(each.crm_field_key)) if _is_mandatory(each) else each
            for each in mapping.field_mappings
        )
        wanted = replace(mapping, is_active=is_active, field_mappings=fields)
        configuration.save_actor_type_mapping(run.so, wanted)
        assert mapping_state(_mapping(run, name)) == mapping_state(wanted)
        ready += [name] if is_active else []
        run.learn(f"crmfields of {name}", len(configuration.crm_fields(run.so, wanted.actor_type_crm)))
    run.can_try(ready, "no type has all its mandatory fields mapped automatically")
    return ready


def map_list_items(run: Registration) -> None:
    """Maps the first item of the first mapped list, and takes it back."""
    before = configuration.list_mappings(run.so, run.connection_id)
    first = next((each for each in before.erp_list_item_mappings if each.erp_crm_list_item_mappings), None)
    if first is None:
        run.can_try(first, "no list is mapped")
        return
    fields = _mapping(run, first.erp_actor_type_name).field_mappings
    reference = next(each.list_reference for each in fields if each.erp_field_id == first.erp_field_id)
    item = configuration.list_items(run.so, reference)[0]
    key = first.erp_crm_list_item_mappings[0].erp_list_item_id
    for items in ({key: item.id}, items_of(before)[first.erp_field_id]):
        sent = lists_with(before, {first.erp_field_id: items})
        saved = configuration.save_list_mappings(run.so, sent)
        assert items_of(saved)[first.erp_field_id] == items


def set_default_and_rank(run: Registration, name: str) -> None:
    """Has the user asked for a field, moves it down, and takes both back."""
    field_id = _mapping(run, name).field_mappings[0].erp_field_id
    default = configuration.default_value(run.so, field_id)
    for asks in (not default.prompt_user, default.prompt_user):
        wanted = replace(default, prompt_user=asks)
        configuration.save_default_value(run.so, wanted)
        assert configuration.default_value(run.so, field_id) == wanted
    before = _order(run, name)
    configuration.move_field(run.so, run.connection_id, name, field_id, 1)
    moved = _order(run, name)
    run.learn("MoveErpFieldItem changes the order of the mapping", moved != before)
    run.learn("a positive direction moves to the back", moved[:2] == [before[1], before[0]])
    configuration.move_field(run.so, run.connection_id, name, field_id, -1)
    assert _order(run, name) == before


def keep_priorities(run: Registration) -> None:
    """Saves the order that there is, so that nothing changes for others."""
    assert configuration.save_priorities(run.so, configuration.priorities(run.so))


def activate(run: Registration) -> None:
    """Switches it on and off again, unless the engine would synchronise meanwhile."""
    if not run.can_try(not registry.engine_status(run.so).is_running, "the engine runs; it would synchronise"):
        return
    reasons = registry.toggle_active(run.so, run.connection_id)
    if not run.can_try(not reasons, f"activation is refused: {reasons}"):
        return
    assert _read(run).active
    summary = configuration.summary(run.so, run.connection_id)
    assert summary is not None
    assert summary.active
    assert registry.toggle_active(run.so, run.connection_id) == []
    assert not _read(run).active


def preview_import(run: Registration, name: str) -> None:
    """Shows what an import would do with the records whose first text contains a 1; nothing is imported."""
    if not run.can_try(not registry.engine_status(run.so).is_running, "the engine runs; there is no import meanwhile"):
        return
    fields = _mapping(run, name).field_mappings
    columns = [next(each.erp_field_key for each in fields if each.field_type == "Text")]
    run.learn("advanced search", configuration.supports_advanced_search(run.so, run.connection_id, name))
    wanted = configuration.Restriction(columns[0], "contains", ("1",))
    data = configuration.create_import(run.so, run.connection_id, name, [wanted], columns)
    run.learn("columns of an import", [each.name for each in data.column_infos])
    if run.can_try(data.import_lines, "no record was found"):
        lines = configuration.preview_import(run.so, data.import_lines, columns, "en")
        assert len(lines) == len(data.import_lines[: configuration.PREVIEW_LINES])
        run.learn("what the import would do", sorted({each.operation for each in lines}))


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


def _mapping(run: Registration, name: str) -> ErpSyncActorTypeMapping:
    found = configuration.actor_type_mapping(run.so, run.connection_id, name)
    assert found is not None
    return found


def _is_mandatory(field: ErpSyncFieldMapping) -> bool:
    return field.access == MANDATORY


def _order(run: Registration, name: str) -> list[int]:
    return [each.erp_field_id for each in _mapping(run, name).field_mappings]
