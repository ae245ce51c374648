"""Names of inputs with a key of the ERP in them, as browsers send them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from werkzeug.datastructures import MultiDict


def key_of(text: str, keys: Iterable[str]) -> str:
    """The key that was sent as this text: browsers send each line break as CR and LF."""
    return _sent_as(keys).get(text, text)


def with_keys(form: MultiDict[str, str], keys: Iterable[str]) -> MultiDict[str, str]:
    """The form with these keys in the names of its inputs, which are `front:key`, as they are."""
    sent_as = _sent_as(keys)
    if not sent_as:
        return form
    return MultiDict((_with_key(name, sent_as), text) for name, text in form.items(multi=True))


def _sent_as(keys: Iterable[str]) -> dict[str, str]:
    """Of the keys that are sent otherwise than they are."""
    found = {re.sub(r"\r\n|\r|\n", "\r\n", key): key for key in keys if "\r" in key or "\n" in key}
    return {text: key for text, key in found.items() if text != key}


def _with_key(name: str, sent_as: Mapping[str, str]) -> str:
    front, colon, key = name.partition(":")
    return f"{front}{colon}{sent_as.get(key, key)}"
