"""Cases on a throw-away connection: saving it, what can be synchronised, searching, and deleting it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wizard.domain.check import Outcome
from wizard.domain.fields import FieldType
from wizard.outside.connector.conformance.findings import NothingToTry, Violation
from wizard.outside.connector.conformance.requirements import require_actors, require_error, require_items, require_ok
from wizard.outside.connector.conformance.session import ConformanceSession
from wizard.outside.soap import contract as c

MISSPELT_LIST_ITEM = ("UNKOWN_LISTITEM_ID", "UNKNOWN_LISTITEM_ID")
MAX_LISTS = 50
KNOWN_TYPES = ("Customer", "Supplier", "Partner", "Person", "Project", "Employee", "Sale")
BROKEN = (Outcome.FAILED, Outcome.SKIPPED)


def save_connection(session: ConformanceSession) -> None:
    with session.case("A connection is saved", "WSSaveConnection"):
        session.deadline.left()
        session.saved = True  # who does not answer may have saved it
        result = session.call("WSSaveConnection", connection_info=dict(session.values))
        session.saved = result.state != c.State.ERROR
        require_ok(result, "saving")
    if session.findings[-1].outcome in BROKEN:
        return
    with session.case("The saved connection works by its GUID", "WSTestConnection"):
        require_ok(session.call("WSTestConnection"), "the saved connection")
    with session.case("The same connection can be saved again", "WSSaveConnection"):
        require_ok(session.call("WSSaveConnection", connection_info=dict(session.values)), "saving again")


def actor_types(session: ConformanceSession) -> None:
    with session.case("Actor types are those of the contract", "WSGetSupportedActorTypes"):
        result = session.call("WSGetSupportedActorTypes")
        require_ok(result, "actor types")
        on_finding = [name for name in result.items or () if name]
        session.types = [name for name in KNOWN_TYPES if name in on_finding]
        if not on_finding:
            raise Violation("no actor type: nothing could be synchronised", Outcome.WARNING)
        if foreign := [name for name in on_finding if name not in KNOWN_TYPES]:
            raise Violation(f"types that SuperOffice does not know: {', '.join(foreign[:20])}")
        if len(on_finding) > len(session.types):
            raise Violation("a type is named twice")


def actor_fields(session: ConformanceSession) -> None:
    for name in session.types:
        with session.case(f"Fields of {name}", "WSGetSupportedActorTypeFields"):
            result = session.call("WSGetSupportedActorTypeFields", actor_type=name)
            require_ok(result, f"fields of {name}")
            session.type_fields[name] = result.field_meta_data_objects or ()
            if not session.type_fields[name]:
                raise Violation("no fields: nothing could be mapped", Outcome.WARNING)
        with session.case(f"Searchable fields of {name} are fields of it", "WSGetSearchableFields"):
            result = session.call("WSGetSearchableFields", actor_type=name)
            require_ok(result, f"searchable fields of {name}")
            if name not in session.type_fields:
                raise NothingToTry("its fields are not known")
            known = {each.field_key for each in session.type_fields[name]}
            if foreign := [key for key in result.items or () if key not in known]:
                raise Violation(f"not among its fields: {', '.join(map(str, foreign[:20]))}")


def lists(session: ConformanceSession) -> None:
    declared = (each for fields in session.type_fields.values() for each in fields)
    names = sorted({each.list_name for each in declared if each.field_type == FieldType.LIST and each.list_name})
    for name in names[:MAX_LISTS]:
        with session.case(f"List {name} gives the items that are asked for", "WSGetListItems"):
            whole = session.call("WSGetList", list_name=name)
            require_ok(whole, f"list {name}")
            expected = dict(tuple((whole.list_items or {}).items())[:2])
            if not expected:
                raise NothingToTry("the list is empty")
            some = session.call("WSGetListItems", list_name=name, list_item_keys=tuple(expected))
            require_ok(some, f"items of {name}")
            require_items(some.list_items or {}, expected)
    with session.case("A list that is not known is an error", "WSGetList"):
        require_error(
            session.call("WSGetList", list_name=f"no-such-list-{session.guid[:8]}"), "a list that is not known"
        )
    if not names:
        return
    with session.case("An item that is not known has its error code", "WSGetListItems"):
        result = session.call(
            "WSGetListItems", list_name=names[0], list_item_keys=(f"no-such-item-{session.guid[:8]}",)
        )
        if result.error_code not in MISSPELT_LIST_ITEM:
            raise Violation(f"error code {result.error_code!r} instead of UNKOWN_LISTITEM_ID", Outcome.WARNING)


def searching(session: ConformanceSession) -> None:
    for name in session.types:
        with session.case(f"Searching for {name}", "WSSearchActors"):
            session.actors[name] = _actors(session, name, "WSSearchActors", search_text="")
            require_actors(session, name, session.actors[name])
        with session.case(f"{name} by its key", "WSGetActors"):
            _read_by_key(session, name)
        with session.case(f"{name} by a restriction", "WSSearchActorsAdvanced"):
            _search_by_restriction(session, name)
        with session.case(f"{name} of a parent", "WSSearchActorByParent"):
            _search_by_parent(session, name)
        with session.case(f"{name} changed since a day to come", "WSGetActorsByTimestamp"):
            day_to_come = "[DT:12/31/2199 00:00:00.0000000]"
            found = _actors(session, name, "WSGetActorsByTimestamp", updated_on_or_after=day_to_come)
            if found:
                raise Violation(f"{len(found)} records claim to have changed in the future")


def _actors(session: ConformanceSession, name: str, operation: str, **members: Any) -> Sequence[c.Actor]:
    """What an operation gives of a type, with all of its fields."""
    keys = tuple(each.field_key for each in session.type_fields.get(name, ()))
    result = session.call(operation, actor_type=name, field_keys=keys, **members)
    require_ok(result, "the answer")
    return result.actors or ()


def _read_by_key(session: ConformanceSession, name: str) -> None:
    first = _first_actor(session, name)
    found = _actors(session, name, "WSGetActors", erp_keys=(first.erp_key,))
    if [actor.erp_key for actor in found] != [first.erp_key]:
        raise Violation(f"asked for {first.erp_key}, got {len(found)} records")
    require_actors(session, name, found)


def _search_by_restriction(session: ConformanceSession, name: str) -> None:
    first = _first_actor(session, name)
    texts = [each.field_key for each in session.type_fields.get(name, ()) if each.field_type == FieldType.TEXT]
    key = next((key for key in texts if key and (first.field_values or {}).get(key)), None)
    if key is None:
        raise NothingToTry("no text field to search by")
    restriction = c.SearchRestriction(field_key=key, operator="=", values=((first.field_values or {})[key],))
    found = _actors(session, name, "WSSearchActorsAdvanced", restrictions=(restriction,))
    if first.erp_key not in [actor.erp_key for actor in found]:
        raise Violation(f"{key} = {restriction.values} does not find {first.erp_key}")
    require_actors(session, name, found)


def _search_by_parent(session: ConformanceSession, name: str) -> None:
    first = _first_actor(session, name)
    found = _actors(
        session,
        name,
        "WSSearchActorByParent",
        parent_actor_type=first.parent_actor_type or name,
        parent_actor_erp_key=first.parent_erp_key or first.erp_key,
        search_text="",
    )
    require_actors(session, name, found)


def writing_nothing(session: ConformanceSession) -> None:
    with session.case("Nothing to create is answered, not broken over", "WSCreateActor"):
        require_error(session.call("WSCreateActor", actor=None), "nothing to create")
    with session.case("Nothing to save is answered", "WSSaveActors"):
        require_ok(session.call("WSSaveActors", actors=()), "nothing to save")


def delete(session: ConformanceSession) -> None:
    with session.case("The connection is deleted", "WSDeleteConnection"):
        require_ok(session.call("WSDeleteConnection"), "deleting")
        session.saved = False
    with session.case("A deleted connection is not known any more", "WSTestConnection"):
        if session.saved:
            raise NothingToTry("the connection is not deleted")
        result = session.call("WSTestConnection")
        if result.error_code != c.UNKNOWN_CONNECTION_ID:
            raise Violation(f"error code {result.error_code!r} instead of {c.UNKNOWN_CONNECTION_ID}")


def _first_actor(session: ConformanceSession, name: str) -> c.Actor:
    if not session.actors.get(name):
        raise NothingToTry("no record to try it with")
    return session.actors[name][0]
