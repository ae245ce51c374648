"""The 17 operations on the made-up ERP."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from wizard.domain.fields import Datetime, FieldType
from wizard.outside.soap import contract as c
from wizard.practice import erp
from wizard.practice.connector.fields import FIELDS, OUTCOME
from wizard.practice.connector.outcomes import OK, OUTCOMES, verdict_on
from wizard.practice.connector.store import Store

_ActorsRequest = (
    c.GetActorsRequest
    | c.SearchActorsRequest
    | c.SearchByParentRequest
    | c.SearchAdvancedRequest
    | c.ByTimestampRequest
)
MAX_RECORD_BYTES = 16 * 1024
MAX_RESTRICTIONS = 20
MAX_VALUES = 100
MAX_RECORDS_AT_ONCE = 20
_TOO_LARGE = "The record is too large"

UNKNOWN_FIELD, UNKNOWN_LIST_ITEM = "UNKOWN_FIELDKEY", "UNKOWN_LISTITEM_ID"
"""Misspelt in the product too (docs/superoffice.md: States and error codes)."""


class MalformedGuid(Exception):
    """A text that is no GUID, over which a host breaks down."""


class PracticeConnector:
    """One of the connectors behind the endpoint, selected by name."""

    def __init__(self, name: str, store: Store) -> None:
        self._name = name
        self._store = store

    def answer(self, operation: str, request: Any) -> c.Result:
        """Raises MalformedGuid. Faults below the level of an answer are the server's, see `outcome_of`."""
        return _OPERATIONS[operation](self, request)

    def fields(self, _: c.NoRequest) -> c.FieldsResult:
        return c.FieldsResult(is_ok=True, field_meta_data_objects=FIELDS[self._name])

    def test_config(self, request: c.TestConfigRequest) -> c.Result:
        return verdict_on(request.connection_info, FIELDS[self._name])

    def save(self, request: c.SaveConnectionRequest) -> c.Result:
        guid = _guid(request)
        verdict = verdict_on(request.connection_info, FIELDS[self._name])
        if verdict.is_ok:
            secret = {field.field_key for field in FIELDS[self._name] if field.field_type == FieldType.PASSWORD}
            info = {key: text for key, text in (request.connection_info or {}).items() if key not in secret}
            self._store.save_connection(guid, self._name, info)
        return verdict

    def test(self, request: c.ConnectionRequest) -> c.Result:
        return OK if self._store.connection(_guid(request)) is not None else _unknown(c.Result)

    def delete(self, request: c.ConnectionRequest) -> c.Result:
        return OK if self._store.delete_connection(_guid(request)) else _unknown(c.Result)

    def actor_types(self, request: c.ConnectionRequest) -> c.Result:
        return self._known(request, c.StringsResult) or c.StringsResult(is_ok=True, items=tuple(erp.FIELDS))

    def actor_fields(self, request: c.ActorTypeRequest) -> c.Result:
        fields = tuple(erp.FIELDS.get(request.actor_type or "", ()))
        return self._known(request, c.FieldsResult) or c.FieldsResult(is_ok=True, field_meta_data_objects=fields)

    def searchable(self, request: c.ActorTypeRequest) -> c.Result:
        keys = erp.SEARCHABLE.get(request.actor_type or "", ())
        return self._known(request, c.StringsResult) or c.StringsResult(is_ok=True, items=keys)

    def list(self, request: c.GetListRequest) -> c.Result:
        if request.connection_guid != c.ZERO_GUID and (unknown := self._known(request, c.ListResult)) is not None:
            return unknown
        items = _list(request.list_name)
        if items is None:
            return _error(c.ListResult, f"No list '{request.list_name}'")
        return c.ListResult(is_ok=True, list_items=items)

    def list_items(self, request: c.GetListItemsRequest) -> c.Result:
        whole = self.list(c.GetListRequest(connection_guid=request.connection_guid, list_name=request.list_name))
        if not isinstance(whole, c.ListResult) or whole.list_items is None:
            return whole
        items = whole.list_items
        keys = set(request.list_item_keys or ())
        found = {key: label for key, label in items.items() if key in keys}
        if missing := sorted(str(key) for key in keys - set(items)):
            return c.ListResult(
                is_ok=True,
                state=c.State.WARNING,
                error_code=UNKNOWN_LIST_ITEM,
                user_explanation=f"Not in the list: {', '.join(missing)}",
                list_items=found,
            )
        return c.ListResult(is_ok=True, list_items=found)

    def get_actors(self, request: c.GetActorsRequest) -> c.Result:
        keys = set(request.erp_keys or ())
        return self._actors(request, lambda actor: actor.erp_key in keys)

    def search(self, request: c.SearchActorsRequest) -> c.Result:
        return self._actors(request, lambda actor: erp.matches(actor, request.search_text or ""))

    def search_by_parent(self, request: c.SearchByParentRequest) -> c.Result:
        def belongs(actor: c.Actor) -> bool:
            parent = (actor.parent_actor_type, actor.parent_erp_key)
            asked = (request.parent_actor_type, request.parent_actor_erp_key)
            return parent == asked and erp.matches(actor, request.search_text or "")

        return self._actors(request, belongs)

    def search_advanced(self, request: c.SearchAdvancedRequest) -> c.Result:
        kind, restrictions = request.actor_type or "", request.restrictions or ()
        if len(restrictions) > MAX_RESTRICTIONS or any(len(each.values or ()) > MAX_VALUES for each in restrictions):
            return _error(c.ActorsResult, "There are too many restrictions or values")
        try:
            conditions = [erp.condition(kind, each) for each in restrictions if kind in erp.FIELDS]
            return self._actors(request, lambda actor: all(is_met(actor) for is_met in conditions))
        except KeyError as error:
            return _error(c.ActorsResult, f"Not known: {error.args[0]}", code=UNKNOWN_FIELD)
        except (ValueError, IndexError):
            return _error(c.ActorsResult, "A restriction has a value that cannot be read, or none")

    def by_timestamp(self, request: c.ByTimestampRequest) -> c.Result:
        if (unknown := self._known(request, c.ActorsResult)) is not None:
            return unknown
        try:
            since = Datetime().decode(request.updated_on_or_after or "")
        except ValueError:
            return _error(c.ActorsResult, "The timestamp cannot be read")
        return self._actors(request, lambda actor: _modified(actor) >= since)

    def create(self, request: c.CreateActorRequest) -> c.Result:
        if (unknown := self._known(request, c.ActorResult)) is not None:
            return unknown
        if request.actor is None or request.actor.actor_type not in erp.FIELDS:
            return _error(c.ActorResult, "No record was sent, or one of an unknown type")
        if _is_too_large(request.actor):
            return _error(c.ActorResult, _TOO_LARGE)
        made = self._save(replace(request.actor, erp_key=f"N{uuid.uuid4().hex[:8]}"))
        return c.ActorResult(is_ok=True, actor=made)

    def save_actors(self, request: c.SaveActorsRequest) -> c.Result:
        if (unknown := self._known(request, c.ActorsResult)) is not None:
            return unknown
        if len(request.actors or ()) > MAX_RECORDS_AT_ONCE:
            return _error(c.ActorsResult, "There are too many records")
        known = self._all()
        changed = []
        for actor in request.actors or ():
            before = known.get((actor.actor_type or "", actor.erp_key or ""))
            if before is None:
                return _error(c.ActorsResult, f"No {actor.actor_type} '{actor.erp_key}'")
            values = {**(before.field_values or {}), **(actor.field_values or {})}
            changed.append(replace(before, field_values=values))
        if any(map(_is_too_large, changed)):
            return _error(c.ActorsResult, _TOO_LARGE)
        return c.ActorsResult(is_ok=True, actors=tuple(map(self._save, changed)))

    def _save(self, actor: c.Actor) -> c.Actor:
        saved = replace(actor, last_modified=Datetime().encode(datetime.now()))
        self._store.save_actor(saved)
        return saved

    def _all(self) -> dict[tuple[str, str], c.Actor]:
        changed = {(actor.actor_type or "", actor.erp_key or ""): actor for actor in self._store.actors()}
        return erp.actors() | changed

    def _actors(self, request: _ActorsRequest, condition: Callable[[c.Actor], bool]) -> c.Result:
        if (unknown := self._known(request, c.ActorsResult)) is not None:
            return unknown
        found = (actor for actor in self._all().values() if actor.actor_type == request.actor_type and condition(actor))
        return c.ActorsResult(is_ok=True, actors=tuple(_only(found, request.field_keys)))

    def _known(self, request: c.ConnectionRequest, kind: type[c.Result]) -> c.Result | None:
        return None if self._store.connection(_guid(request)) is not None else _unknown(kind)


def outcome_of(operation: str, request: Any) -> str:
    """The chosen outcome of a test; `ok` for everything else."""
    if operation != "WSTestConfigData":
        return "ok"
    return (request.connection_info or {}).get(OUTCOME) or "ok"


def _list(name: str | None) -> Mapping[str, str] | None:
    return OUTCOMES if name == "Outcomes" else erp.LISTS.get(name or "")


def _error(kind: type[c.Result], explanation: str, tech: str | None = None, code: str | None = None) -> c.Result:
    return kind(is_ok=False, state=c.State.ERROR, user_explanation=explanation, tech_explanation=tech, error_code=code)


def _unknown(kind: type[c.Result]) -> c.Result:
    return kind(is_ok=False, state=c.State.ERROR, error_code=c.UNKNOWN_CONNECTION_ID)


def _guid(request: c.ConnectionRequest) -> str:
    try:
        return str(uuid.UUID(request.connection_guid or ""))
    except ValueError as error:
        raise MalformedGuid(request.connection_guid) from error


def _is_too_large(actor: c.Actor) -> bool:
    """The endpoint is open to everyone, and every search would have to read a large record."""
    return len(repr(actor)) > MAX_RECORD_BYTES


def _modified(actor: c.Actor) -> datetime:
    return Datetime().decode(actor.last_modified or "")


def _only(actors: Iterable[c.Actor], keys: Iterable[str | None] | None) -> Iterable[c.Actor]:
    """With the requested fields only; with all of them where none are requested."""
    names = set(keys or ())
    for actor in actors:
        values = actor.field_values or {}
        yield replace(actor, field_values={k: v for k, v in values.items() if k in names}) if names else actor


_OPERATIONS: Mapping[str, Callable[[PracticeConnector, Any], c.Result]] = {
    "WSGetConfigData": PracticeConnector.fields,
    "WSTestConfigData": PracticeConnector.test_config,
    "WSSaveConnection": PracticeConnector.save,
    "WSTestConnection": PracticeConnector.test,
    "WSDeleteConnection": PracticeConnector.delete,
    "WSGetSupportedActorTypes": PracticeConnector.actor_types,
    "WSGetSupportedActorTypeFields": PracticeConnector.actor_fields,
    "WSGetSearchableFields": PracticeConnector.searchable,
    "WSGetList": PracticeConnector.list,
    "WSGetListItems": PracticeConnector.list_items,
    "WSGetActors": PracticeConnector.get_actors,
    "WSSearchActors": PracticeConnector.search,
    "WSSearchActorByParent": PracticeConnector.search_by_parent,
    "WSSearchActorsAdvanced": PracticeConnector.search_advanced,
    "WSCreateActor": PracticeConnector.create,
    "WSSaveActors": PracticeConnector.save_actors,
    "WSGetActorsByTimestamp": PracticeConnector.by_timestamp,
}
