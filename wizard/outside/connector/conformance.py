"""A conformance run: all 17 operations on a throw-away connection, which is deleted at the end.

It tells what a connector does against the contract. Nothing is written to the ERP: WSCreateActor and WSSaveActors are
called with nothing to write, which a connector has to answer too.
"""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from wizard.domain.check import Outcome
from wizard.domain.fields.encoding import DecodeError, decode
from wizard.domain.fields.field import FieldType
from wizard.domain.fields.multilang import is_well_formed
from wizard.outside.connector.checks.run import CheckLimits, Endpoint, client_for
from wizard.outside.connector.client import ConnectorClient
from wizard.outside.http.address_policy import Policy
from wizard.outside.http.call import Failure
from wizard.outside.http.deadline import Deadline, TimeIsUp
from wizard.outside.redaction.redactor import Blackout
from wizard.outside.soap import contract as c

SLOW_MS = 5000
"""SuperOffice's mark for a slow call (NsApiSlow threshold, superoffice-facts §1)."""
MISSPELT_LIST_ITEM = ("UNKOWN_LISTITEM_ID", "UNKNOWN_LISTITEM_ID")
CLEAN_UP_SECONDS = 5.0
MAX_LISTS = 50
MAX_ACTORS = 50
"""Whose values are looked at, of one answer."""
KNOWN_TYPES = ("Customer", "Supplier", "Partner", "Person", "Project", "Employee", "Sale")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried: `outcome` passed, warning, failed or skipped; `says` why, in English for engineers."""

    name: str
    operation: str
    outcome: Outcome
    says: str
    elapsed_ms: int


class _Violation(Exception):
    """What a case found against the connector."""

    def __init__(self, says: str, outcome: Outcome = Outcome.FAILED) -> None:
        super().__init__(says)
        self.says, self.outcome = says, outcome


class _Needless(Exception):
    """A case that has nothing to try."""


@dataclass
class _Run:
    """The connection under test and what was found so far."""

    client: ConnectorClient
    values: Mapping[str, str]
    blackout: Blackout
    call_seconds: float
    deadline: Deadline
    """After which no call is begun."""
    told: Callable[[Finding], None] = lambda _: None
    guid: str = field(default_factory=lambda: str(uuid.uuid4()))
    findings: list[Finding] = field(default_factory=list)
    fields: Sequence[c.FieldMetadata] = ()
    types: Sequence[str] = ()
    type_fields: dict[str, Sequence[c.FieldMetadata]] = field(default_factory=dict)
    actors: dict[str, Sequence[c.Actor]] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    """Operations that did not answer in time: each more call would cost as much again."""
    saved: bool = False
    late: bool = False

    @contextmanager
    def case(self, name: str, operation: str) -> Iterator[None]:
        """Runs one case; a failure of any layer is its finding."""
        started = time.monotonic()
        outcome, says = Outcome.PASSED, ""
        try:
            yield
        except _Violation as objection:
            outcome, says = objection.outcome, objection.says
        except _Needless as needless:
            outcome, says = Outcome.SKIPPED, str(needless)
        except TimeIsUp:
            self.late = True
            outcome, says = Outcome.SKIPPED, "not tried, as the time was up"
        except Failure as failure:
            outcome, says = Outcome.FAILED, _told(failure)
        elapsed = round((time.monotonic() - started) * 1000)
        if outcome == Outcome.PASSED and elapsed > SLOW_MS:
            outcome, says = Outcome.WARNING, f"took {elapsed} ms; SuperOffice logs calls over {SLOW_MS} ms as slow"
        finding = Finding(self.blackout.beginning(name, 200), operation, outcome, self._shown(says), elapsed)
        self.findings.append(finding)
        self.told(finding)

    def _shown(self, says: str) -> str:
        return self.blackout.beginning(says, 500)

    def call(self, operation: str, **members: Any) -> Any:
        """A call about the throw-away connection."""
        return self.ask(operation, c.OPERATIONS[operation].request(connection_guid=self.guid, **members))

    def ask(self, operation: str, request: Any) -> Any:
        with self.limited(operation):
            return self.client.call(operation, request)[0]

    @contextmanager
    def limited(self, operation: str) -> Iterator[None]:
        """One call inside, which has a whole limit of its own or is not begun. Raises TimeIsUp."""
        if operation in self.silent:
            raise _Needless(f"not tried, as {operation} did not answer in time before")
        self.deadline.left()
        try:
            with self.client.within(Deadline(self.call_seconds)):
                yield
        except Failure as failure:
            if failure.reason.endswith(".timeout"):
                self.silent.add(operation)
            raise


def _told(failure: Failure) -> str:
    """A failure as its developer needs it: the reason, the facts, and what the connector says."""
    facts = ", ".join(f"{name} {text}" for name, text in failure.facts.items())
    rows = dict(failure.evidence)
    said = [rows[label] for label in ("fault", "fault detail", "error") if rows.get(label)]
    if not said and failure.reason != "contract.misread":  # its facts are the place in the body
        said = [rows.get("body", "")]
    return "; ".join(filter(None, [f"{failure.reason}: {facts}", *said]))


def run_conformance(
    endpoint: Endpoint,
    values: Mapping[str, str],
    secrets: Iterable[str],
    *,
    policy: Policy,
    limits: CheckLimits,
    seconds: float,
    told: Callable[[Finding], None] = lambda _: None,
) -> tuple[Finding, ...]:
    """Tries every operation with encoded `values`. `told` hears each finding as it is made.

    `limits` are those of one call; after `seconds` none is begun.
    """
    with client_for(endpoint, tuple(secrets), policy=policy, limits=limits) as (client, blackout):
        run = _Run(client, values, blackout, limits.seconds, Deadline(seconds), told)
        try:
            for case in _CASES:
                before = len(run.findings)
                case(run)
                if case in _NEEDED and run.findings[before].outcome in _BROKEN:
                    break  # nothing after it can be tried
            if run.late:
                with run.case("Every operation is tried within the time limit", run.findings[-1].operation):
                    raise _Violation(f"{seconds:g} s were not enough")
        finally:
            if run.saved:
                _clean_up(run)
    return tuple(run.findings)


def _clean_up(run: _Run) -> None:
    """The connection is not to stay there, however the run has ended."""
    with (
        run.client.within(Deadline(min(CLEAN_UP_SECONDS, run.call_seconds))),
        run.case("The throw-away connection is deleted in the end", "WSDeleteConnection"),
    ):
        request = c.ConnectionRequest(connection_guid=run.guid)
        _require_ok(run.client.call("WSDeleteConnection", request)[0], "deleting")


# --- before a connection exists


def _first_answer(run: _Run) -> None:
    operation = "WSGetConfigData"
    with run.case("The connector says which fields it needs", operation), run.limited(operation):
        run.fields = run.client.config_data().field_meta_data_objects or ()


def _configuration_fields(run: _Run) -> None:
    with run.case("Configuration fields are declared as the contract says", "WSGetConfigData"):
        ranks = [each.rank for each in run.fields]
        for each in run.fields:
            _require_lengths(each)
            _require_default(each)
        for text in (t for each in run.fields for t in (each.display_name, each.display_description) if t):
            if ':"' in text and not is_well_formed(text):
                raise _Violation(f"not a multi-language string: {text}", Outcome.WARNING)
        if len(set(ranks)) != len(ranks):
            raise _Violation("several fields have the same rank; the contract forbids it", Outcome.WARNING)


def _require_lengths(declared: c.FieldMetadata) -> None:
    for what, text, limit in (
        ("key", declared.field_key, 254),
        ("list name", declared.list_name, 254),
        ("default value", declared.default_value, 1023),
    ):
        if len(text or "") > limit:
            raise _Violation(f"{what} of {declared.field_key} is longer than {limit} characters")


def _require_default(declared: c.FieldMetadata) -> None:
    if not declared.default_value or not isinstance(declared.field_type, FieldType):
        return
    try:
        decode(declared.field_type, declared.default_value)
    except DecodeError:
        says = f"default of {declared.field_key} is no {declared.field_type.value}: {declared.default_value}"
        raise _Violation(says, Outcome.WARNING) from None


def _lists_before_saving(run: _Run) -> None:
    names = sorted({each.list_name for each in run.fields if each.field_type == FieldType.LIST and each.list_name})
    with run.case("Lists of the configuration are given before a connection is saved", "WSGetList"):
        for name in names:
            result = run.ask("WSGetList", c.GetListRequest(connection_guid=c.ZERO_GUID, list_name=name))
            _require_ok(result, f"list {name}")


def _good_configuration(run: _Run) -> None:
    with run.case("The given configuration is accepted", "WSTestConfigData"):
        request = c.TestConfigRequest(connection_info=dict(run.values))
        _require_ok(run.ask("WSTestConfigData", request), "the test")


def _empty_configuration(run: _Run) -> None:
    with run.case("An empty configuration is answered with an explanation", "WSTestConfigData"):
        result = run.ask("WSTestConfigData", c.TestConfigRequest(connection_info={}))
        needed = any(each.access == "Mandatory" for each in run.fields)
        if not needed:
            raise _Needless("no field is needed")
        _require_error(result, "an empty configuration")
        if not (result.user_explanation or "").strip():
            raise _Violation("an error without an explanation for the user", Outcome.WARNING)


def _unknown_connection(run: _Run) -> None:
    for operation in ("WSTestConnection", "WSGetSupportedActorTypes"):
        with run.case("A GUID that is not known is told by its error code", operation):
            result = run.call(operation)
            _require_error(result, "a GUID that is not known")
            if result.error_code != c.UNKNOWN_CONNECTION_ID:
                raise _Violation(
                    f"error code {result.error_code!r}; SuperOffice repairs only {c.UNKNOWN_CONNECTION_ID}"
                )


# --- with a connection


def _save(run: _Run) -> None:
    with run.case("A connection is saved", "WSSaveConnection"):
        run.deadline.left()
        run.saved = True  # who does not answer may have saved it
        result = run.call("WSSaveConnection", connection_info=dict(run.values))
        run.saved = result.state != c.State.ERROR
        _require_ok(result, "saving")
    if run.findings[-1].outcome in _BROKEN:
        return
    with run.case("The saved connection works by its GUID", "WSTestConnection"):
        _require_ok(run.call("WSTestConnection"), "the saved connection")
    with run.case("The same connection can be saved again", "WSSaveConnection"):
        _require_ok(run.call("WSSaveConnection", connection_info=dict(run.values)), "saving again")


def _actor_types(run: _Run) -> None:
    with run.case("Actor types are those of the contract", "WSGetSupportedActorTypes"):
        result = run.call("WSGetSupportedActorTypes")
        _require_ok(result, "actor types")
        told = [name for name in result.items or () if name]
        run.types = [name for name in KNOWN_TYPES if name in told]
        if not told:
            raise _Violation("no actor type: nothing could be synchronised", Outcome.WARNING)
        if foreign := [name for name in told if name not in KNOWN_TYPES]:
            raise _Violation(f"types that SuperOffice does not know: {', '.join(foreign[:20])}")
        if len(told) > len(run.types):
            raise _Violation("a type is named twice")


def _actor_fields(run: _Run) -> None:
    for name in run.types:
        with run.case(f"Fields of {name}", "WSGetSupportedActorTypeFields"):
            result = run.call("WSGetSupportedActorTypeFields", actor_type=name)
            _require_ok(result, f"fields of {name}")
            run.type_fields[name] = result.field_meta_data_objects or ()
            if not run.type_fields[name]:
                raise _Violation("no fields: nothing could be mapped", Outcome.WARNING)
        with run.case(f"Searchable fields of {name} are fields of it", "WSGetSearchableFields"):
            result = run.call("WSGetSearchableFields", actor_type=name)
            _require_ok(result, f"searchable fields of {name}")
            if name not in run.type_fields:
                raise _Needless("its fields are not known")
            known = {each.field_key for each in run.type_fields[name]}
            if foreign := [key for key in result.items or () if key not in known]:
                raise _Violation(f"not among its fields: {', '.join(map(str, foreign[:20]))}")


def _lists(run: _Run) -> None:
    declared = (each for fields in run.type_fields.values() for each in fields)
    names = sorted({each.list_name for each in declared if each.field_type == FieldType.LIST and each.list_name})
    for name in names[:MAX_LISTS]:
        with run.case(f"List {name} gives the items that are asked for", "WSGetListItems"):
            whole = run.call("WSGetList", list_name=name)
            _require_ok(whole, f"list {name}")
            wanted = dict(tuple((whole.list_items or {}).items())[:2])
            if not wanted:
                raise _Needless("the list is empty")
            some = run.call("WSGetListItems", list_name=name, list_item_keys=tuple(wanted))
            _require_ok(some, f"items of {name}")
            _require_items(some.list_items or {}, wanted)
    with run.case("A list that is not known is an error", "WSGetList"):
        _require_error(run.call("WSGetList", list_name=f"no-such-list-{run.guid[:8]}"), "a list that is not known")
    if not names:
        return
    with run.case("An item that is not known has its error code", "WSGetListItems"):
        result = run.call("WSGetListItems", list_name=names[0], list_item_keys=(f"no-such-item-{run.guid[:8]}",))
        if result.error_code not in MISSPELT_LIST_ITEM:
            raise _Violation(f"error code {result.error_code!r} instead of UNKOWN_LISTITEM_ID", Outcome.WARNING)


def _searching(run: _Run) -> None:
    for name in run.types:
        with run.case(f"Searching for {name}", "WSSearchActors"):
            run.actors[name] = _actors(run, name, "WSSearchActors", search_text="")
            _require_actors(run, name, run.actors[name])
        with run.case(f"{name} by its key", "WSGetActors"):
            _read_by_key(run, name)
        with run.case(f"{name} by a restriction", "WSSearchActorsAdvanced"):
            _search_by_restriction(run, name)
        with run.case(f"{name} of a parent", "WSSearchActorByParent"):
            _search_by_parent(run, name)
        with run.case(f"{name} changed since a day to come", "WSGetActorsByTimestamp"):
            day_to_come = "[DT:12/31/2199 00:00:00.0000000]"
            found = _actors(run, name, "WSGetActorsByTimestamp", updated_on_or_after=day_to_come)
            if found:
                raise _Violation(f"{len(found)} records claim to have changed in the future")


def _actors(run: _Run, name: str, operation: str, **members: Any) -> Sequence[c.Actor]:
    """What an operation gives of a type, with all of its fields."""
    keys = tuple(each.field_key for each in run.type_fields.get(name, ()))
    result = run.call(operation, actor_type=name, field_keys=keys, **members)
    _require_ok(result, "the answer")
    return result.actors or ()


def _read_by_key(run: _Run, name: str) -> None:
    first = _first_actor(run, name)
    found = _actors(run, name, "WSGetActors", erp_keys=(first.erp_key,))
    if [actor.erp_key for actor in found] != [first.erp_key]:
        raise _Violation(f"asked for {first.erp_key}, got {len(found)} records")
    _require_actors(run, name, found)


def _search_by_restriction(run: _Run, name: str) -> None:
    first = _first_actor(run, name)
    texts = [each.field_key for each in run.type_fields.get(name, ()) if each.field_type == FieldType.TEXT]
    key = next((key for key in texts if key and (first.field_values or {}).get(key)), None)
    if key is None:
        raise _Needless("no text field to search by")
    restriction = c.SearchRestriction(field_key=key, operator="=", values=((first.field_values or {})[key],))
    found = _actors(run, name, "WSSearchActorsAdvanced", restrictions=(restriction,))
    if first.erp_key not in [actor.erp_key for actor in found]:
        raise _Violation(f"{key} = {restriction.values} does not find {first.erp_key}")
    _require_actors(run, name, found)


def _search_by_parent(run: _Run, name: str) -> None:
    first = _first_actor(run, name)
    found = _actors(
        run,
        name,
        "WSSearchActorByParent",
        parent_actor_type=first.parent_actor_type or name,
        parent_actor_erp_key=first.parent_erp_key or first.erp_key,
        search_text="",
    )
    _require_actors(run, name, found)


def _writing_nothing(run: _Run) -> None:
    with run.case("Nothing to create is answered, not broken over", "WSCreateActor"):
        _require_error(run.call("WSCreateActor", actor=None), "nothing to create")
    with run.case("Nothing to save is answered", "WSSaveActors"):
        _require_ok(run.call("WSSaveActors", actors=()), "nothing to save")


def _delete(run: _Run) -> None:
    with run.case("The connection is deleted", "WSDeleteConnection"):
        _require_ok(run.call("WSDeleteConnection"), "deleting")
        run.saved = False
    with run.case("A deleted connection is not known any more", "WSTestConnection"):
        if run.saved:
            raise _Needless("the connection is not deleted")
        result = run.call("WSTestConnection")
        if result.error_code != c.UNKNOWN_CONNECTION_ID:
            raise _Violation(f"error code {result.error_code!r} instead of {c.UNKNOWN_CONNECTION_ID}")


_CASES = (
    _first_answer,
    _configuration_fields,
    _lists_before_saving,
    _good_configuration,
    _empty_configuration,
    _unknown_connection,
    _save,
    _actor_types,
    _actor_fields,
    _lists,
    _searching,
    _writing_nothing,
    _delete,
)
_NEEDED = (_first_answer, _save)
_BROKEN = (Outcome.FAILED, Outcome.SKIPPED)


# --- what an answer has to be


def _require_ok(result: c.Result, what: str) -> None:
    if result.is_ok is not None and result.is_ok != (result.state != c.State.ERROR):
        raise _Violation(f"{what}: State {result.state} and IsOk {result.is_ok} contradict each other")
    if result.state == c.State.ERROR or result.is_ok is False:
        raise _Violation(f"{what}: {result.user_explanation or result.error_code or 'an error without a word'}")


def _require_error(result: c.Result, what: str) -> None:
    if result.state != c.State.ERROR and result.is_ok is not False:
        raise _Violation(f"{what} is answered with {result.state}")


def _require_items(items: Mapping[str, str | None], wanted: Mapping[str, str | None]) -> None:
    if set(items) != set(wanted):
        raise _Violation(f"asked for {tuple(wanted)}, got {tuple(items)}")
    for key, label in wanted.items():
        if items[key] != label:
            raise _Violation(f"{key} is called {items[key]!r} here, and {label!r} in the list")


def _require_actors(run: _Run, name: str, actors: Sequence[c.Actor]) -> None:
    """Records are of the type that was asked for, each once, with values that can be read."""
    types = {each.field_key: each.field_type for each in run.type_fields.get(name, ())}
    key, times = next(iter(Counter(actor.erp_key for actor in actors if actor.erp_key).most_common(1)), ("", 0))
    if times > 1:
        raise _Violation(f"{times} records have the key {key}")
    for actor in actors[:MAX_ACTORS]:
        if not actor.erp_key:
            raise _Violation("a record without a key")
        if actor.actor_type != name:
            raise _Violation(f"a record of type {actor.actor_type}")
        values = actor.field_values or {}
        if types and not values.keys() & types.keys():
            raise _Violation(f"{actor.erp_key} has none of the fields that were asked for")
        for key, text in values.items():
            _require_encoded(types.get(key), key, text)


def _require_encoded(kind: FieldType | str | None, key: str, text: str | None) -> None:
    if not text or not isinstance(kind, FieldType):
        return
    try:
        decode(kind, text)
    except DecodeError:
        raise _Violation(f"{key} is no {kind.value}: {text}") from None


def _first_actor(run: _Run, name: str) -> c.Actor:
    if not run.actors.get(name):
        raise _Needless("no record to try it with")
    return run.actors[name][0]
