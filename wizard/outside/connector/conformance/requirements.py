"""What the contract requires of answers; each function raises Violation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from wizard.domain.fields import DecodeError, FieldType
from wizard.outside.connector.conformance.findings import Violation
from wizard.outside.connector.conformance.session import ConformanceSession
from wizard.outside.soap import contract as c

MAX_ACTORS = 50
"""Records of one answer whose values are looked at."""


def require_ok(result: c.Result, what: str) -> None:
    if result.is_ok is not None and result.is_ok != (result.state != c.State.ERROR):
        raise Violation(f"{what}: State {result.state} and IsOk {result.is_ok} contradict each other")
    if result.state == c.State.ERROR or result.is_ok is False:
        raise Violation(f"{what}: {result.user_explanation or result.error_code or 'an error without a word'}")


def require_error(result: c.Result, what: str) -> None:
    if result.state != c.State.ERROR and result.is_ok is not False:
        raise Violation(f"{what} is answered with {result.state}")


def require_items(items: Mapping[str, str | None], expected: Mapping[str, str | None]) -> None:
    if set(items) != set(expected):
        raise Violation(f"asked for {tuple(expected)}, got {tuple(items)}")
    for key, label in expected.items():
        if items[key] != label:
            raise Violation(f"{key} is called {items[key]!r} here, and {label!r} in the list")


def require_actors(session: ConformanceSession, name: str, actors: Sequence[c.Actor]) -> None:
    """Requires records of the requested type, each once, with values that can be decoded."""
    types = {each.field_key: each.field_type for each in session.type_fields.get(name, ())}
    key, times = next(iter(Counter(actor.erp_key for actor in actors if actor.erp_key).most_common(1)), ("", 0))
    if times > 1:
        raise Violation(f"{times} records have the key {key}")
    for actor in actors[:MAX_ACTORS]:
        if not actor.erp_key:
            raise Violation("a record without a key")
        if actor.actor_type != name:
            raise Violation(f"a record of type {actor.actor_type}")
        values = actor.field_values or {}
        if types and not values.keys() & types.keys():
            raise Violation(f"{actor.erp_key} has none of the fields that were asked for")
        for key, text in values.items():
            require_encoded(types.get(key), key, text)


def require_encoded(kind: FieldType | str | None, key: str, text: str | None) -> None:
    if not text or not isinstance(kind, FieldType):
        return
    try:
        kind.value_type.decode(text)
    except DecodeError:
        raise Violation(f"{key} is no {kind.value}: {text}") from None
