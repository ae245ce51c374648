"""The link by which a provider fills in a customer's forms: a connector and plain values, never a secret.

docs/provider-link.md has the format for those who make such links.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from wizard.domain.connector import ConnectorInput
from wizard.domain.fields import MAX_VALUE_LENGTH

MAX_LINK = 20_000
"""Characters of all that stands behind the `?` or the `#`."""
MAX_VALUES = 200
VALUE = "v."
"""Begins the name of a configuration field's value."""
_NAMES = {"name": "name", "url": "url", "real_url": "real_url", "ca": "ca_pem"}
_SIGNATURE = "&sig="
_SECRET = re.compile(
    r"pass(?:word|wd|phrase)?|secret|token|pwd|pin\b|api_?key|credential|passord|wachtwoord|kennwort|lösen", re.I
)


class InvalidLink(ValueError):
    """A text is no provider's link: `empty`, `too_long`, `twice` (the same name two times) or `no_url`."""


@dataclass(frozen=True)
class ProviderLink:
    """What a link says. `left_out` are the names of values that look like secrets, which it must not have.

    `signed` is the part that the signature is of, and `key_id` the fingerprint of the key it claims to be made with.
    """

    connector: ConnectorInput
    values: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    key_id: str = ""
    signed: bytes = b""
    signature: bytes = b""


def read_link(text: str) -> ProviderLink:
    """From a whole address, or from what stands behind its `?` or `#`. Raises InvalidLink."""
    query = _query_of(text.strip())
    if len(query) > MAX_LINK:
        raise InvalidLink("too_long")
    signed, _, end = query.partition(_SIGNATURE)
    members = _members(signed)
    typed = {own: members.get(name, "").strip() for name, own in _NAMES.items()}
    if not typed["url"]:
        raise InvalidLink("no_url" if members else "empty")
    values = {name.removeprefix(VALUE): text for name, text in members.items() if name.startswith(VALUE)}
    plain = {key: text for key, text in values.items() if not _SECRET.search(key)}
    return ProviderLink(
        ConnectorInput(**typed),
        dict(list(plain.items())[:MAX_VALUES]),
        tuple(key for key in values if key not in plain),
        members.get("key", ""),
        signed.encode(),
        _signature(end),
    )


def write_query(connector: ConnectorInput, values: Mapping[str, str] | None = None) -> str:
    """What stands behind the `?` of an unsigned link."""
    typed = connector.to_json()
    named = [(name, typed[own]) for name, own in _NAMES.items() if typed[own]]
    return urlencode([*named, *((f"{VALUE}{key}", text) for key, text in (values or {}).items())])


def read_values(lines: str) -> dict[str, str]:
    """Configuration values from lines `key=value`. Raises InvalidLink with the line that is none."""
    values: dict[str, str] = {}
    for line in filter(str.strip, lines.splitlines()):
        key, equals, text = line.partition("=")
        if not equals or not key.strip() or len(text) > MAX_VALUE_LENGTH:
            raise InvalidLink(line.strip())
        values[key.strip()] = text.strip()
    return values


def looks_secret(keys: Iterable[str]) -> list[str]:
    """Those of the names that are probably passwords."""
    return [key for key in keys if _SECRET.search(key)]


def _query_of(text: str) -> str:
    """Without the address before it; a fragment goes first, as browsers do not send it to servers."""
    for mark in "#?":
        before, found, query = text.partition(mark)
        if found and "=" not in before.partition("?")[0]:
            return query
    return text


def _members(query: str) -> dict[str, str]:
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=None)
    known = [(name, text) for name, text in pairs if name in (*_NAMES, "key") or name.startswith(VALUE)]
    if len(dict(known)) < len(known):
        raise InvalidLink("twice")
    return dict(known)


def _signature(end: str) -> bytes:
    """What comes behind it was not signed: mail programs add names of their own."""
    text = end.partition("&")[0].rstrip("=")
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return b""
