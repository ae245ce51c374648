"""The actor types of a connection, their lists, and the records of its ERP, within the limits of a check."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeVar, Unpack

from wizard.domain.check import Stage, StageResult
from wizard.domain.fields import ConfigField, FieldType, ListItem
from wizard.outside.connector.checks.fields import config_field
from wizard.outside.connector.checks.lists import Lists
from wizard.outside.connector.checks.saving import MAX_TYPES
from wizard.outside.connector.client import ConnectorClient
from wizard.outside.connector.results import explanation, is_error, send
from wizard.outside.connector.session import CheckOptions, CheckSession, Endpoint
from wizard.outside.http import Deadline, Failure
from wizard.outside.redaction import Redactor
from wizard.outside.soap.contract import (
    UNKNOWN_CONNECTION_ID,
    Actor,
    ActorTypeRequest,
    ConnectionRequest,
    GetActorsRequest,
    Result,
    SaveConnectionRequest,
    SearchActorsRequest,
    SearchAdvancedRequest,
    SearchRestriction,
)

MAX_TEXT_LENGTH = 1000
"""Of a value of a record, to be shown."""
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class ActorTypeRead:
    """An actor type with its fields, as the connector declares them, and the keys of those that can be searched."""

    name: str
    fields: tuple[ConfigField, ...]
    searchable: frozenset[str]


@dataclass(frozen=True)
class ActorTypesRead:
    """The actor types, and the items of their lists; without those that could not be had."""

    types: tuple[ActorTypeRead, ...]
    lists: Mapping[str, tuple[ListItem, ...]]


@dataclass(frozen=True)
class ErpRecord:
    """A record of the ERP: encoded values by field key, only those that were asked for."""

    key: str
    values: Mapping[str, str]


class ErpActors:
    """Asks the connector about one connection, which is told to it again where it has forgotten it.

    What it returns has no secret of the connection in it.
    """

    def __init__(
        self, client: ConnectorClient, guid: str, values: Mapping[str, str] | None, deadline: Deadline, mask: Redactor
    ) -> None:
        self._client, self._guid, self._values = client, guid, values
        self._deadline, self._mask = deadline, mask

    def read_types(self) -> ActorTypesRead:
        """Every type with its fields, and their lists. Raises Failure and TimeIsUp."""
        found = self._ask("WSGetSupportedActorTypes", ConnectionRequest(connection_guid=self._guid))
        names = [name for name in dict.fromkeys(found.items or ()) if name][:MAX_TYPES]
        types = tuple(self._type(name) for name in names)
        return ActorTypesRead(types, self._lists(types))

    def search(self, actor_type: str, text: str, keys: Sequence[str], limit: int) -> list[ErpRecord]:
        """The records whose searchable fields have this text. Raises Failure and TimeIsUp."""
        request = SearchActorsRequest(
            connection_guid=self._guid, actor_type=actor_type, field_keys=tuple(keys), search_text=text
        )
        return self._records(self._ask("WSSearchActors", request), actor_type, keys, limit)

    def search_advanced(
        self,
        actor_type: str,
        restrictions: Iterable[tuple[str, str, Sequence[str]]],
        keys: Sequence[str],
        limit: int,
    ) -> list[ErpRecord]:
        """The records that meet all restrictions: key, operator and values. Raises Failure and TimeIsUp."""
        request = SearchAdvancedRequest(
            connection_guid=self._guid,
            actor_type=actor_type,
            field_keys=tuple(keys),
            restrictions=tuple(
                SearchRestriction(field_key=key, operator=operator, values=tuple(values))
                for key, operator, values in restrictions
            ),
        )
        return self._records(self._ask("WSSearchActorsAdvanced", request), actor_type, keys, limit)

    def get(self, actor_type: str, erp_keys: Sequence[str], keys: Sequence[str]) -> list[ErpRecord]:
        """The records with these keys. Raises Failure and TimeIsUp."""
        request = GetActorsRequest(
            connection_guid=self._guid, actor_type=actor_type, erp_keys=tuple(erp_keys), field_keys=tuple(keys)
        )
        return self._records(self._ask("WSGetActors", request), actor_type, keys, len(erp_keys))

    def _ask(self, operation: str, request: ConnectionRequest) -> Any:
        result = self._answer(operation, request)
        if result.error_code == UNKNOWN_CONNECTION_ID and self._values is not None:
            saved = SaveConnectionRequest(connection_guid=self._guid, connection_info=dict(self._values))
            send(self._client, "WSSaveConnection", saved)
            result = self._answer(operation, request)
        if result.error_code == UNKNOWN_CONNECTION_ID:
            raise _failure("connection.unknown", operation, result)
        if is_error(result):
            raise _failure("connection.rejected", operation, result)
        return result

    def _answer(self, operation: str, request: ConnectionRequest) -> Result:
        result: Result = send(self._client, operation, request)[0]
        return result

    def _type(self, name: str) -> ActorTypeRead:
        request = ActorTypeRequest(connection_guid=self._guid, actor_type=name)
        declared = self._ask("WSGetSupportedActorTypeFields", request).field_meta_data_objects or ()
        searchable = self._ask("WSGetSearchableFields", request).items or ()
        fields = {
            each.field_key: config_field(each)
            for each in declared
            if isinstance(each.field_type, FieldType) and (each.field_key or "").strip()
        }
        masked = tuple(replace(each.masked(self._mask), key=self._mask(each.key)) for each in fields.values())
        return ActorTypeRead(self._mask(name), masked, frozenset(map(self._mask, filter(None, searchable))))

    def _lists(self, types: Iterable[ActorTypeRead]) -> dict[str, tuple[ListItem, ...]]:
        names = dict.fromkeys(field.list_name for each in types for field in each.fields if field.list_name)
        lists = Lists(self._client, self._deadline, guid=self._guid)
        for name in names:
            lists.fetch(name)
        return {name: self._masked_items(items) for name, items in lists.found.items()}

    def _masked_items(self, items: Sequence[ListItem]) -> tuple[ListItem, ...]:
        labels = self._mask.each([item.label for item in items])
        return tuple(ListItem(item.key, label) for item, label in zip(items, labels, strict=True))

    def _records(self, result: Any, actor_type: str, keys: Collection[str], limit: int) -> list[ErpRecord]:
        """Records of another type and values that were not asked for are left out: nobody has wanted to show them."""
        own = (each for each in result.actors or () if each.actor_type in (actor_type, None, "") and each.erp_key)
        return [self._record(each, keys) for each in islice(own, limit)]

    def _record(self, actor: Actor, keys: Collection[str]) -> ErpRecord:
        asked = {key: text for key, text in (actor.field_values or {}).items() if text and key in keys}
        texts = self._mask.each([text[:MAX_TEXT_LENGTH] for text in asked.values()])
        return ErpRecord(actor.erp_key or "", dict(zip(asked, texts, strict=True)))


def ask_actors(
    endpoint: Endpoint,
    guid: str,
    values: Mapping[str, str] | None,
    ask: Callable[[ErpActors], Answer],
    secrets: Collection[str] = (),
    **options: Unpack[CheckOptions],
) -> tuple[Answer | None, StageResult | None]:
    """What `ask` has found out, else the failure in the words of a check.

    `values` are told the connector where it does not know the connection any more; None: it is not told again.
    """
    session = CheckSession((Stage.CATALOG,), endpoint, secrets, **options)
    answer: list[Answer] = []
    with session.running(), session.client() as client, session.blaming(Stage.CATALOG):
        client.config_data()  # finds out the namespaces, too
        answer.append(ask(ErpActors(client, guid, values, session.deadline, session.redactor)))
    if answer:
        return answer[0], None
    results, _ = session.findings()
    return None, next(iter(results), None)


def _failure(reason: str, operation: str, result: Result) -> Failure:
    return Failure(Stage.CATALOG, reason, {"answer": explanation(result), "operation": operation})
