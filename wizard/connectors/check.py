"""Runs the stages of a check against a connector, in order; the first failure skips the rest.

Facts by reason (texts; times are ISO 8601 in UTC). Every stage from `dns` on has `host` and `port`.

========================================  =============================================================================
address.malformed, .app_scheme            url
address.unsupported_scheme                scheme
address.credentials                       host
address.too_long                          length, limit
address.not_allowed                       host, address (the forbidden one; at stage dns also addresses)
address.plain_http                        host
dns.*                                     host
connect.*                                 address (the last one tried), from, limit_seconds for timeout
tls.self_signed ... hostname_mismatch     address, subject, issuer, since, until, names
tls.timeout, http.timeout                 limit_seconds
http.<status reasons>                     status, content_type, server
http.redirect                             status, location
http.too_large                            limit (bytes)
contract.*                                status, content_type
contract.charset                          charset
contract.fault, .wrong_service            operation, element (of an answer to another operation)
contract.misread                          operation, member, kind (codec.MisreadKind), text, refused (yes or no), count
contract.namespace                        namespace
fields.error                              answer
fields.duplicate_key, .unknown_type       key, field_type
fields.list_unavailable                   list, key, count
config.*, save.rejected, connection.*     answer (multi-language), operation
catalog.rejected                          answer, operation
passed: address                           scheme, host, port
passed: dns                               address, addresses, literal (yes for an address that needs no look-up)
passed: connect                           address, from (this machine's own)
passed: tls                               version, subject, issuer, since, until, names
passed: http                              status, content_type, server
passed: fields                            count, needed
skipped: tls                              scheme (http, where no encryption is asked for)
passed: catalog                           types, fields
========================================  =============================================================================
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from wizard.connectors.address_policy import Address, AddressError, Policy, read_address
from wizard.connectors.blackout import Blackout
from wizard.connectors.call import NOBODY, Evidence, Facts, Failure, Resolve
from wizard.connectors.certificates import Trust
from wizard.connectors.client import ConnectorClient
from wizard.connectors.codec import Unsendable
from wizard.connectors.contract import (
    NAMESPACE,
    UNKNOWN_CONNECTION_ID,
    ZERO_GUID,
    ActorTypeRequest,
    ConnectionRequest,
    FieldMetadata,
    FieldsResult,
    GetListRequest,
    Namespaces,
    Result,
    SaveConnectionRequest,
    State,
    TestConfigRequest,
)
from wizard.connectors.deadline import Cancelled, Deadline, TimeIsUp
from wizard.connectors.layers import system_resolve
from wizard.connectors.transport import Transport
from wizard.domain.check import (
    CONNECTION_STAGES,
    CONNECTOR_STAGES,
    REASONS,
    SAVE_STAGES,
    Outcome,
    Stage,
    StageResult,
    Verdict,
    verdict_of,
)
from wizard.domain.config_field import Access, ConfigField, FieldType, ListItem
from wizard.domain.multilang import in_language
from wizard.errors import ConnectorError

__all__ = [
    "CheckLimits",
    "CheckReport",
    "Endpoint",
    "Trust",
    "check_connection",
    "check_connector",
    "delete_connection",
    "save_connection",
]

WSDL_SECONDS = 5.0
MOST_LIST_ITEMS = 100_000
MOST_LIST_CHARACTERS = 8_000_000
"""Over all lists together; a hundred lists that are each as large as an answer may be would fill the memory."""
MOST_ROWS = 100
"""Of one kind in the technical detail."""
LONGEST_TEXT = 4000
LONGEST_READ = 20_000
LONGEST_LABEL = 254
_OWN_FACTS = frozenset(
    [
        *("host", "port", "address", "addresses", "from", "scheme", "literal", "version", "since", "until"),
        *("status", "limit", "limit_seconds", "length", "count", "needed", "missing", "fields"),
        *("kind", "refused", "operation"),
    ]
)
"""Facts that are not a server's to write; a secret that is a mere `4` would make a port or a date unreadable."""
Listener = Callable[[Stage | StageResult], None]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What to call, and which authority to trust for it."""

    url: str
    trust: Trust = Trust()


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """`seconds` for the whole check, all its calls together."""

    seconds: float = 30.0


@dataclass(frozen=True)
class CheckReport:
    """What a check has found. `fields` is None until the connector has told them."""

    results: tuple[StageResult, ...]
    verdict: Verdict
    fields: tuple[ConfigField, ...] | None = None
    catalog: dict[str, Any] | None = None
    namespaces: Namespaces = Namespaces()

    def without(self, secrets: Collection[str]) -> CheckReport:
        """The same without secrets that a connector may have kept from an earlier call, in its fields too."""
        blackout = Blackout(secrets)
        results = tuple(_blacked_out(result, blackout) for result in self.results)
        fields = None if self.fields is None else tuple(each.map_texts(blackout) for each in self.fields)
        return replace(self, results=results, fields=fields)


def check_connector(
    endpoint: Endpoint,
    secrets: Collection[str] = (),
    *,
    policy: Policy,
    limits: CheckLimits = CheckLimits(),
    listener: Listener = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    resolve: Resolve = system_resolve,
) -> CheckReport:
    """From the address to the fields that the connector asks for. It changes nothing anywhere.

    `secrets`, of an earlier call, are blacked out in what the connector says.
    """
    check = _Check(CONNECTOR_STAGES, endpoint, secrets, policy, limits, listener, cancelled, resolve)
    with check.steps(), check.client() as client:
        _connector(check, client)
    return check.report()


def check_connection(
    endpoint: Endpoint,
    values: Mapping[str, str],
    secrets: Collection[str] = (),
    *,
    policy: Policy,
    limits: CheckLimits = CheckLimits(),
    listener: Listener = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    resolve: Resolve = system_resolve,
) -> CheckReport:
    """A connector's check, then a test of encoded `values`. `secrets` are blacked out in all that comes back."""
    check = _Check(CONNECTION_STAGES, endpoint, secrets, policy, limits, listener, cancelled, resolve)
    with check.steps(), check.client() as client:
        _connector(check, client)
        _config(check, client, values)
    return check.report()


def save_connection(
    endpoint: Endpoint,
    guid: str,
    values: Mapping[str, str],
    secrets: Collection[str] = (),
    *,
    policy: Policy,
    limits: CheckLimits = CheckLimits(),
    listener: Listener = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    resolve: Resolve = system_resolve,
) -> CheckReport:
    """Tells the connector a connection, tests it by its GUID, and reads what the ERP offers for it."""
    check = _Check(SAVE_STAGES, endpoint, secrets, policy, limits, listener, cancelled, resolve)
    with check.steps():
        check.begin(Stage.SAVE)
        with check.client() as client:
            with check.late(Stage.SAVE):
                client.config_data()  # teaches the namespaces
            _save(check, client, guid, values)
            _saved_connection(check, client, guid, values)
            _catalog(check, client, guid)
    return check.report()


def delete_connection(
    endpoint: Endpoint,
    guid: str,
    *,
    policy: Policy,
    limits: CheckLimits = CheckLimits(),
    resolve: Resolve = system_resolve,
) -> None:
    """Lets the connector forget a connection. Raises ConnectorError with the reason."""
    check = _Check((Stage.SAVE,), endpoint, (), policy, limits, lambda _: None, lambda: False, resolve)
    with check.steps(), check.client() as client, check.late(Stage.SAVE):
        client.config_data()
        result, evidence = client.call("WSDeleteConnection", ConnectionRequest(connection_guid=guid))
        if _is_error(result):
            raise Failure(Stage.SAVE, "save.rejected", {"answer": _explanation(result)}, evidence)
        check.passed(Stage.SAVE, {}, ())
    if check.report().verdict == Verdict.FAILED:
        raise ConnectorError(check.results[Stage.SAVE].reason or "")


@contextmanager
def client_for(
    endpoint: Endpoint, secrets: Collection[str], *, policy: Policy, limits: CheckLimits
) -> Iterator[tuple[ConnectorClient, Blackout]]:
    """A client that has not called yet. Raises Failure for an address that may not be called."""
    check = _Check((Stage.SAVE,), endpoint, secrets, policy, limits, lambda _: None, lambda: False, system_resolve)
    with check.client() as client:
        yield client, check.blackout


@dataclass
class _Check:
    """Where a check stands. It is the transport's watcher until the first answer; later stages report here too."""

    stages: Sequence[Stage]
    endpoint: Endpoint
    secrets: Collection[str]
    policy: Policy
    limits: CheckLimits
    listener: Listener
    cancelled: Callable[[], bool]
    resolve: Resolve
    results: dict[Stage, StageResult] = field(default_factory=dict)
    fields: tuple[ConfigField, ...] | None = None
    catalog: dict[str, Any] | None = None
    namespaces: Namespaces = Namespaces()

    def __post_init__(self) -> None:
        self.deadline = Deadline(self.limits.seconds, self.cancelled)
        self.blackout = Blackout(self.secrets)
        self.was_cancelled = False
        self._started = time.monotonic()
        self._where: Facts = {}

    # --- the watcher

    def begin(self, stage: Stage) -> None:
        if stage == Stage.HTTP and self._is_open(Stage.TLS):
            self._end(StageResult(Stage.TLS, Outcome.SKIPPED, facts={"scheme": "http"}))
        if self._is_open(stage):
            self._started = time.monotonic()
            self.listener(stage)

    def passed(self, stage: Stage, facts: Facts, evidence: Evidence, reason: str | None = None) -> None:
        if self._is_open(stage):
            outcome = REASONS[reason].outcome if reason else Outcome.PASSED
            self._end(StageResult(stage, outcome, reason, self._where | facts, evidence, self._elapsed()))

    def _is_open(self, stage: Stage) -> bool:
        return stage in self.stages and stage not in self.results

    # --- the course of a check

    @contextmanager
    def steps(self) -> Iterator[None]:
        """Ends the check at its first failure, and when it is cancelled."""
        try:
            yield
        except Failure as failure:
            self._fail(failure)
        except TimeIsUp:
            stage = next(filter(self._is_open, self.stages), self.stages[-1])
            self._fail(Failure(stage, "http.timeout", {"limit_seconds": f"{self.limits.seconds:g}"}))
        except Cancelled:
            self.was_cancelled = True

    def _fail(self, failure: Failure) -> None:
        stage = failure.stage if failure.stage in self.stages else self.stages[0]
        evidence = (*failure.evidence, ("reason", failure.reason))
        facts = self._where | failure.facts
        self._end(StageResult(stage, Outcome.FAILED, failure.reason, facts, evidence, self._elapsed()))
        for later in self.stages[self.stages.index(stage) + 1 :]:
            self.results.pop(later, None)

    @contextmanager
    def late(self, stage: Stage) -> Iterator[None]:
        """A failure inside is this stage's, whatever layer it is of."""
        try:
            yield
        except Failure as failure:
            raise Failure(stage, failure.reason, failure.facts, failure.evidence) from failure

    @contextmanager
    def client(self) -> Iterator[ConnectorClient]:
        """A client at the endpoint, once its address may be called."""
        address = self._address()

        def aside() -> Transport:
            deadline = self.deadline.part(min(WSDL_SECONDS, self.deadline.left() / 2))
            return self._transport(address, deadline, NOBODY)

        with self._transport(address, self.deadline, self) as transport:
            client = ConnectorClient(transport, self.blackout, aside)
            yield client

    def report(self) -> CheckReport:
        results = tuple(self.results[stage] for stage in self.stages if stage in self.results)
        if self.was_cancelled:
            return CheckReport(results, Verdict.CANCELLED, self.fields, self.catalog, self.namespaces)
        whole = tuple(self.results.get(stage, StageResult(stage, Outcome.SKIPPED)) for stage in self.stages)
        return CheckReport(whole, verdict_of(whole), self.fields, self.catalog, self.namespaces)

    def _address(self) -> Address:
        self.begin(Stage.ADDRESS)
        try:
            address = read_address(self.endpoint.url, self.policy)
        except AddressError as error:
            raise Failure(Stage.ADDRESS, error.reason, error.facts) from error
        self._where = {"host": address.host, "port": str(address.port)}
        facts = {"scheme": address.scheme, **self._where}
        evidence = (*facts.items(), ("path", address.target))
        self.passed(Stage.ADDRESS, facts, evidence, "address.plain_http" if address.is_plain_http else None)
        return address

    def _transport(self, address: Address, deadline: Deadline, watcher: Any) -> Transport:
        return Transport(
            address,
            policy=self.policy,
            trust=self.endpoint.trust,
            deadline=deadline,
            watcher=watcher,
            resolve=self.resolve,
        )

    def _end(self, result: StageResult) -> None:
        """Keeps a result, without secrets: nothing of what a server says gets past here as it was."""
        self.results[result.stage] = _blacked_out(result, self.blackout)
        self.listener(self.results[result.stage])

    def _elapsed(self) -> int:
        return round((time.monotonic() - self._started) * 1000)


def _blacked_out(result: StageResult, blackout: Blackout) -> StageResult:
    def shown(text: str) -> str:
        return blackout.beginning(text, LONGEST_TEXT)

    facts = {name: text if name in _OWN_FACTS else shown(text) for name, text in result.facts.items()}
    evidence = tuple((blackout.beginning(label, LONGEST_LABEL), shown(text)) for label, text in result.evidence)
    return replace(result, facts=facts, evidence=evidence)


def _connector(check: _Check, client: ConnectorClient) -> None:
    result = client.config_data(check)
    check.namespaces = client.namespaces
    foreign = client.namespaces.service != NAMESPACE
    rows = (("operation", "WSGetConfigData"), ("namespace", client.namespaces.service), ("state", str(result.state)))
    check.passed(
        Stage.CONTRACT, {"namespace": client.namespaces.service}, rows, "contract.namespace" if foreign else None
    )
    check.begin(Stage.FIELDS)
    _fields(check, client, result)


# --- fields


def _fields(check: _Check, client: ConnectorClient, result: FieldsResult) -> None:
    declared = result.field_meta_data_objects or ()
    if _is_error(result):
        raise Failure(Stage.FIELDS, "fields.error", {"answer": _explanation(result)}, _told(result))
    for each in declared:
        if not isinstance(each.field_type, FieldType):
            facts = {"key": each.field_key or "", "field_type": str(each.field_type)}
            raise Failure(Stage.FIELDS, "fields.unknown_type", facts)
        if not (each.field_key or "").strip():
            raise Failure(
                Stage.FIELDS, "fields.error", {"answer": "", "label": in_language(each.display_name or "", "en")}
            )
    repeated = [key for key, times in Counter(each.field_key for each in declared).items() if times > 1]
    if repeated:
        raise Failure(Stage.FIELDS, "fields.duplicate_key", {"key": repeated[0] or ""})
    fields, missing = _with_lists(check, client, tuple(map(_config_field, declared)))
    check.fields = fields
    needed = sum(field.access == Access.MANDATORY for field in fields)
    facts = {"count": str(sum(field.type != FieldType.LABEL for field in fields)), "needed": str(needed)}
    evidence = tuple(
        (field.key, f"{field.type.value}, {field.access.value}, rank {field.rank}") for field in fields[:MOST_ROWS]
    )
    reason = "fields.none" if not fields else None
    if missing:
        reason = "fields.list_unavailable"
        facts |= {"list": missing[0][0], "key": missing[0][1], "missing": str(len(missing))}
        evidence = (*((f"list {name}", why) for name, _, why in missing[:MOST_ROWS]), *evidence)
    check.passed(Stage.FIELDS, facts, evidence, reason)


def _config_field(declared: FieldMetadata) -> ConfigField:
    """As a form needs it. A password's default is nobody's to see, keep or send."""
    return ConfigField(
        key=declared.field_key or "",
        type=FieldType(declared.field_type),
        access=Access(declared.access),
        label=_readable(declared.display_name),
        description=_readable(declared.display_description),
        default=_readable(declared.default_value) if declared.field_type != FieldType.PASSWORD else "",
        list_name=declared.list_name or "",
        max_length=max(0, declared.max_length),
        rank=declared.rank,
    )


def _readable(text: str | None) -> str:
    """As much of a text as somebody may read."""
    return (text or "")[:LONGEST_READ]


def _with_lists(
    check: _Check, client: ConnectorClient, fields: tuple[ConfigField, ...]
) -> tuple[tuple[ConfigField, ...], list[tuple[str, str, str]]]:
    """The fields with their choices, and the lists that could not be had: name, key of a field, why.

    Half of the time that is left is kept for what comes after.
    """
    names = {field.list_name: field.key for field in fields if field.type == FieldType.LIST}
    deadline = check.deadline.part(check.deadline.left() / 2)
    lists = _Lists(client, deadline)
    with client.within(deadline):
        missing = [(name, key, why) for name, key in names.items() if (why := lists.ask_for(name)) is not None]
    items = lists.found
    return tuple(replace(f, items=items.get(f.list_name)) if f.type == FieldType.LIST else f for f in fields), missing


@dataclass
class _Lists:
    """Asks for lists, until their time is up or all of them together are more than a form can hold."""

    client: ConnectorClient
    deadline: Deadline
    found: dict[str, tuple[ListItem, ...]] = field(default_factory=dict)
    items: int = 0
    characters: int = 0
    ended: str | None = None
    """Why no further list is asked for."""

    def ask_for(self, name: str) -> str | None:
        """Why it could not be had; None if it could."""
        if self.ended is None and self.deadline.is_over():
            self.ended = "http.timeout"
        if self.ended is not None:
            return self.ended
        try:
            items = _list_items(self.client, name)
        except Failure as failure:
            return failure.reason
        self.items += 1 + len(items)
        self.characters += sum(len(item.key) + len(item.label) for item in items)
        if self.items > MOST_LIST_ITEMS or self.characters > MOST_LIST_CHARACTERS:
            self.ended = "too many choices"
            return self.ended
        self.found[name] = items
        return None


def _list_items(client: ConnectorClient, name: str) -> tuple[ListItem, ...]:
    result, evidence = client.call("WSGetList", GetListRequest(connection_guid=ZERO_GUID, list_name=name))
    if _is_error(result) or result.list_items is None:
        raise Failure(Stage.FIELDS, _explanation(result) or "no list", {}, evidence)
    return tuple(ListItem(key, label or key) for key, label in result.list_items.items())


# --- the configuration


def _config(check: _Check, client: ConnectorClient, values: Mapping[str, str]) -> None:
    check.begin(Stage.CONFIG)
    with check.late(Stage.CONFIG):
        result, evidence = _send(client, "WSTestConfigData", TestConfigRequest(connection_info=dict(values)))
        facts = {"answer": _explanation(result), "operation": "WSTestConfigData"}
        evidence = (*_told(result), ("sent", ", ".join(values)), *evidence)
        if reason := _refusal(result):
            raise Failure(Stage.CONFIG, f"config.{reason}", facts, evidence)
        remark = {State.OK_WITH_INFO: "config.info", State.WARNING: "config.warning"}.get(State(result.state))
        check.passed(Stage.CONFIG, facts, evidence, remark)


def _refusal(result: Result) -> str | None:
    if result.is_ok is not None and result.is_ok != (result.state != State.ERROR):
        return "contradiction"
    if not _is_error(result):
        return None
    return "rejected" if _explanation(result).strip() else "no_explanation"


# --- saving


def _save(check: _Check, client: ConnectorClient, guid: str, values: Mapping[str, str]) -> None:
    with check.late(Stage.SAVE):
        request = SaveConnectionRequest(connection_guid=guid, connection_info=dict(values))
        result, evidence = _send(client, "WSSaveConnection", request)
        _require(check, Stage.SAVE, "WSSaveConnection", result, evidence)


def _saved_connection(check: _Check, client: ConnectorClient, guid: str, values: Mapping[str, str]) -> None:
    check.begin(Stage.CONNECTION)
    with check.late(Stage.CONNECTION):
        result, evidence = client.call("WSTestConnection", ConnectionRequest(connection_guid=guid))
        if result.error_code == UNKNOWN_CONNECTION_ID:
            request = SaveConnectionRequest(connection_guid=guid, connection_info=dict(values))
            _send(client, "WSSaveConnection", request)
            result, evidence = client.call("WSTestConnection", ConnectionRequest(connection_guid=guid))
        if result.error_code == UNKNOWN_CONNECTION_ID:
            facts = {"answer": _explanation(result), "operation": "WSTestConnection"}
            raise Failure(Stage.CONNECTION, "connection.unknown", facts, evidence)
        _require(check, Stage.CONNECTION, "WSTestConnection", result, evidence)


def _require(check: _Check, stage: Stage, operation: str, result: Result, evidence: Evidence) -> None:
    facts = {"answer": _explanation(result), "operation": operation}
    evidence = (*_told(result), *evidence)
    if _refusal(result):
        raise Failure(stage, f"{stage.value}.rejected", facts, evidence)
    check.passed(stage, facts, evidence)


def _catalog(check: _Check, client: ConnectorClient, guid: str) -> None:
    """What the ERP offers to map; without it the connection is saved all the same."""
    check.begin(Stage.CATALOG)
    try:
        types, _ = client.call("WSGetSupportedActorTypes", ConnectionRequest(connection_guid=guid))
        _refuse(types, "WSGetSupportedActorTypes")
        check.catalog = {name: _actor_type(client, guid, name) for name in types.items or () if name}
    except Failure as failure:
        check.passed(Stage.CATALOG, failure.facts, (*failure.evidence, ("reason", failure.reason)), "catalog.rejected")
        return
    count = sum(len(actor["fields"]) for actor in check.catalog.values())
    facts = {"types": ", ".join(check.catalog), "fields": str(count)}
    check.passed(Stage.CATALOG, facts, tuple((name, f"{len(a['fields'])} fields") for name, a in check.catalog.items()))


def _actor_type(client: ConnectorClient, guid: str, name: str) -> dict[str, Any]:
    request = ActorTypeRequest(connection_guid=guid, actor_type=name)
    fields, _ = client.call("WSGetSupportedActorTypeFields", request)
    _refuse(fields, "WSGetSupportedActorTypeFields")
    searchable, _ = client.call("WSGetSearchableFields", request)
    _refuse(searchable, "WSGetSearchableFields")
    known = [each for each in fields.field_meta_data_objects or () if isinstance(each.field_type, FieldType)]
    return {"fields": [_config_field(each).to_json() for each in known], "searchable": list(searchable.items or ())}


def _refuse(result: Result, operation: str) -> None:
    if _is_error(result):
        raise Failure(Stage.CATALOG, "catalog.rejected", {"answer": _explanation(result), "operation": operation})


# --- what a result says


def _send(client: ConnectorClient, operation: str, request: Any) -> tuple[Any, Evidence]:
    try:
        return client.call(operation, request)
    except Unsendable as error:
        facts = {"answer": "", "operation": operation}
        raise Failure(
            Stage.CONFIG, "config.rejected", facts, (("error", "a character that XML cannot carry"),)
        ) from error


def _is_error(result: Result) -> bool:
    """The worse of State and IsOk."""
    return result.state == State.ERROR or result.is_ok is False


def _explanation(result: Result) -> str:
    return (result.user_explanation or "").strip()


def _told(result: Result) -> Evidence:
    rows = (
        ("state", str(result.state)),
        ("is ok", "" if result.is_ok is None else str(result.is_ok)),
        ("error code", result.error_code or ""),
        ("explanation", result.user_explanation or ""),
        ("technical explanation", result.tech_explanation or ""),
    )
    return tuple((label, text) for label, text in rows if text)
