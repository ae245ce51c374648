"""URLs as they may be shown."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST_ALONE = re.compile(r"[a-z][a-z0-9+.-]*://(?:\[[^\[\]@]*\]|[^\s:/?#@\\\[\]]+)/", re.IGNORECASE)


def without_password(url: str) -> str:
    """Nothing of what stands before an @, however the URL was mistyped, unless the host before it is beyond doubt."""
    if "@" not in url or _HOST_ALONE.match(url):
        return url
    scheme = _SCHEME.match(url)
    return f"{scheme[0] if scheme else ''}••••@{url.rpartition('@')[2]}"
