"""Blacks out the secrets that were sent, in whatever a server sends back."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection
from html import escape
from urllib.parse import quote, quote_plus

BLACK = "••••"


class Blackout:
    """Replaces each secret as it is, and as XML, URLs, JSON and base64 spell it."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        spellings = {spelling for secret in secrets if secret for spelling in _spellings(secret)}
        longest_first = sorted(spellings, key=len, reverse=True)
        self.longest = len(longest_first[0]) if longest_first else 0
        self._pattern = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if longest_first else None

    def __call__(self, text: str) -> str:
        return self._pattern.sub(BLACK, text) if self._pattern else text

    def beginning(self, text: str, length: int) -> str:
        """The first characters of a long text; a secret that stands across the cut does not show its first half."""
        window = text[: 16 * length]
        whole = len(window) == len(text)
        shown = self(window)
        return (shown if whole else shown[: -self.longest or None])[:length]


def _spellings(secret: str) -> set[str]:
    raw = secret.encode()
    encoded = {base64.b64encode(raw).decode(), base64.b64encode(raw).decode().rstrip("=")}
    return {
        secret,
        escape(secret, quote=False),
        escape(secret, quote=True),
        escape(escape(secret, quote=False), quote=False),  # XML inside of XML
        quote(secret, safe=""),
        quote_plus(secret),
        secret.encode("unicode_escape").decode(),
        *encoded,
    }
