"""Every secret that a connector may know, so that it is blacked out in whatever the connector says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

from flask import current_app
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    LargeBinary,
    Select,
    String,
    case,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)

from wizard.domain.check import RunKind
from wizard.domain.fields import FieldType
from wizard.domain.steps import Step
from wizard.errors import DecryptionError
from wizard.extensions import db
from wizard.models import CheckRun, Connection, Connector, Setup, SuperOfficeLink
from wizard.models.columns import folded
from wizard.models.encrypted import Encrypted
from wizard.outside.redaction import Secrets
from wizard.services.lists import contains

LINK_SECRETS = ("client_secret", "access_token", "refresh_token", "password")
MAX_RUNS = 1000
"""How many of the newest runs are asked for what was typed for a connector and neither saved nor is in a draft."""
NEWEST_RUNS = 20
"""How many of them tell whether there is a new one."""


class KnownSecrets:
    """The secrets in the request of a run, and what was saved, sent or typed for the connectors on the same host.

    A host is one party, whatever its ports, paths and rows are. `public` are those that its fields may name: the
    practice connector tells everybody its password.
    """

    def __init__(self, request: Mapping[str, Any]) -> None:
        self._request = request
        self.public: Collection[str] = current_app.config["PUBLIC_SECRETS"].get(_split(request["url"]).path, ())
        self._host = _host_of(request["url"])
        self._sent: dict[_Sent, set[str]] = {}
        self._added: set[str] = set()
        self._seen = self._as_stored()
        self.at_start = Secrets(self._load())

    def added(self) -> set[str]:
        """What was saved, sent or typed since."""
        stored = self._as_stored()
        if stored != self._seen:
            self._seen = stored
            self._added |= self._load() - self.at_start
        return self._added

    def _as_stored(self) -> frozenset[_Stored]:
        """As long as it is the same, there are no new secrets."""
        return frozenset(_Stored(*row) for row in db.session.execute(_select_stored(self._host)))

    def _load(self) -> set[str]:
        by_kind: defaultdict[str, list[_Stored]] = defaultdict(list)
        for row in self._seen:
            by_kind[row.kind].append(row)
        own = {*_values(self._request.get("values"), self._request.get("secret_keys", ()))}
        own.update(_of_the_link(by_kind["link"]))
        if not self._host:
            return own
        connectors = _connectors_on(self._host, by_kind["connector"])
        self._sent = _sent(connectors, self._sent)
        saved = _saved(connectors, self._host, by_kind["connection"])
        return {*own, *saved, *_typed(connectors, self._host, by_kind["setup"]), *chain(*self._sent.values())}


class _Stored(NamedTuple):
    """A row that may have secrets, encrypted as it is. `text` is an address, `owner` a connection's connector."""

    kind: str
    id: str
    text: str
    owner: int | None
    first: bytes | None
    second: bytes | None
    third: bytes | None


@lru_cache(maxsize=64)
def _select_stored(host: str) -> CompoundSelect[Any]:
    """All that secrets are read from; in one statement, as a check asks for it at each stage."""
    parts = [_part("link", SuperOfficeLink, SuperOfficeLink.credentials_token)]
    if host:
        on_host = contains(Connector.search_key, folded(host))
        address = case((Connector.real_url != "", Connector.real_url), else_=Connector.url)
        runs = select(CheckRun.id).order_by(CheckRun.created_at.desc(), CheckRun.id).limit(NEWEST_RUNS).subquery()
        values = Connection.config_token, Connection.fields_token, Connection.pending_token
        may_be_of = _may_be_of(select(Connector.id).where(on_host), host)
        parts += [
            _part("connector", Connector, Connector.fields_token, text=address).where(on_host),
            _part("connection", Connection, *values, text=Connection.origin, owner=Connection.connector_id).where(
                may_be_of
            ),
            _part("run", runs.c),
            _part("setup", Setup, Setup.draft_token).where(Setup.finished_at.is_(None)),
        ]
    return union_all(*parts)


def _part(kind: str, table: Any, *tokens: Any, text: Any = literal(""), owner: Any = None) -> Select[Any]:
    """Rows of one shape: see `_Stored`."""
    columns = [*tokens, *[cast(null(), LargeBinary)] * (3 - len(tokens))]
    return select(
        literal(kind), cast(table.id, String), text, cast(null(), Integer) if owner is None else owner, *columns
    )


def _may_be_of(connectors: Select[int], host: str) -> ColumnElement[bool]:
    """Of connections: those of the connectors, and those that were given to this host by one that has moved since."""
    return or_(Connection.connector_id.in_(connectors), contains(Connection.origin, f"//{host}"))


def _read(column: Encrypted[Any], row_id: str, token: bytes | None) -> Any:
    """What a column holds; None where no key decrypts it."""
    try:
        return column.value_of(row_id, token)
    except DecryptionError:
        return None


def _of_the_link(links: Iterable[_Stored]) -> Iterator[str]:
    """What the wizard signs in at SuperOffice with, which may call the connector during a check."""
    if given := current_app.config["SETTINGS"].superoffice_client_secret:
        yield given
    for link in links:
        yield from _values(_read(SuperOfficeLink.credentials, link.id, link.first), LINK_SECRETS)


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _host_of(url: str) -> str:
    return (_split(url).hostname or "").rstrip(".")


def _connectors_on(host: str, connectors: Iterable[_Stored]) -> dict[int, set[str]]:
    """The ids of the connectors there, each with the keys of what is secret for it."""
    found = (each for each in connectors if _host_of(each.text) == host)
    return {int(each.id): _secret_keys(_read(Connector.fields, each.id, each.first)) for each in found}


def _saved(connectors: Mapping[int, set[str]], host: str, connections: Iterable[_Stored]) -> Iterator[str]:
    """Of deleted connections too, and of those that were given to this host by a connector that has moved since."""
    for each in connections:
        if each.owner in connectors or _host_of(each.text.partition(" ")[2]) == host:
            keys = connectors.get(each.owner or 0, set()) | _secret_keys(_read(Connection.fields, each.id, each.second))
            yield from _values(_read(Connection.config, each.id, each.first), keys)
            pending = _read(Connection.pending, each.id, each.third)
            if isinstance(pending, dict):
                yield from _values(pending["config"], keys | _secret_keys(pending["fields"]))


_Sent = tuple[str, frozenset[str]]
"""The id of a run, whose request never changes, and the keys of what is secret for its connector."""


def _sent(connectors: Mapping[int, set[str]], known: Mapping[_Sent, set[str]]) -> dict[_Sent, set[str]]:
    """With tests and saves, those that run now among them; those that are `known` are not decrypted again."""
    sent = select(CheckRun.id, CheckRun.connector_id).where(
        CheckRun.kind != RunKind.CONNECTOR, CheckRun.connector_id.in_(connectors)
    )
    newest = db.session.execute(sent.order_by(CheckRun.created_at.desc()).limit(MAX_RUNS))
    keys: dict[int | None, frozenset[str]] = {each: frozenset(secret) for each, secret in connectors.items()}
    runs = {(run_id, keys[connector_id]) for run_id, connector_id in newest}
    new = runs - known.keys()
    return {run: known[run] for run in runs & known.keys()} | (_sent_by(new) if new else {})


def _sent_by(runs: Collection[_Sent]) -> dict[_Sent, set[str]]:
    keys = dict(runs)
    rows = db.session.execute(select(CheckRun.id, CheckRun.request_token).where(CheckRun.id.in_(keys)))
    return {(run_id, keys[run_id]): _secrets_of(run_id, token, keys[run_id]) for run_id, token in rows}


def _secrets_of(run_id: str, token: bytes, keys: Collection[str]) -> set[str]:
    """Of the request of a run; none of one that no key decrypts."""
    request = _read(CheckRun.request, run_id, token)
    return set(_values(request["values"], {*keys, *request["secret_keys"]})) if request else set()


def _typed(connectors: Mapping[int, set[str]], host: str, setups: Iterable[_Stored]) -> Iterator[str]:
    """In forms that are not saved yet."""
    for setup in setups:
        draft = _read(Setup.draft, setup.id, setup.first)
        typed = draft.get(Step.CONNECTION, {}) if isinstance(draft, dict) else {}
        for each in typed.get("secrets", {}).values():
            connector_id, _, address = each["origin"].partition(" ")
            if _host_of(address) == host or connector_id in map(str, connectors):
                yield each["value"]


def _secret_keys(fields: Any) -> set[str]:
    """Of stored fields; none of those that no key decrypts."""
    if not isinstance(fields, list):
        return set()
    return {each["key"] for each in fields if FieldType(each["type"]).value_type.is_secret}


def _values(config: Any, keys: Collection[str]) -> Iterator[str]:
    """Nothing of values that no key decrypts."""
    return (config[key] for key in keys if config.get(key)) if isinstance(config, dict) else iter(())
