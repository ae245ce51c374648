"""Blacks out the secrets that were sent, in whatever a server sends back."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Collection, Iterator
from html import escape

BLACK = "••••"
_SHORTEST_BASE64 = 6
"""Fewer characters of a base64 text would be found in many innocent ones."""
_XML_NAMES = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos"}


class Blackout:
    """Replaces each secret as it is, and as XML, URLs, JSON and base64 spell it, each character in its own way."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        longest_first = sorted({secret for secret in secrets if secret}, key=len, reverse=True)
        patterns = [pattern for secret in longest_first for pattern in _spellings(secret)]
        self.longest = 14 * len(longest_first[0]) if longest_first else 0
        """Hardly any spelling of a secret is longer than this many characters."""
        self._pattern = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None

    def __call__(self, text: str) -> str:
        return self._pattern.sub(BLACK, text) if self._pattern else text

    def beginning(self, text: str, length: int) -> str:
        """The first characters of a long text; a secret that stands across the cut does not show its first half."""
        window = text[: 16 * length + self.longest]
        whole = len(window) == len(text)
        shown = self(window)
        return (shown if whole else shown[: -self.longest or None])[:length]


def _spellings(secret: str) -> Iterator[str]:
    yield "".join(f"(?:{'|'.join(_character(character))})" for character in secret)
    for text in _in_base64(secret.encode()):
        yield re.escape(text)
        yield re.escape(text.replace("+", "-").replace("/", "_"))


def _character(character: str) -> list[str]:
    """The spellings of one character as patterns, longest first: a short one may begin a long one."""
    plain = {
        character,
        json.dumps(character)[1:-1],
        character.encode("unicode_escape").decode(),
        "".join(f"%{byte:02X}" for byte in character.encode()),
        "+" if character == " " else character,
    }
    if name := _XML_NAMES.get(character):
        plain.add(f"&{name};")
    texts = plain | {escape(text, quote=False) for text in plain}  # XML inside of XML
    number = rf"&(?:amp;)?\#(?:0*{ord(character)}|x0*{ord(character):x});"
    return [number, *map(re.escape, sorted(texts, key=len, reverse=True))]


def _in_base64(raw: bytes) -> Iterator[str]:
    """The characters that stay the same wherever the secret stands in a longer text, as in `user:secret`."""
    yield base64.b64encode(raw).decode().rstrip("=")
    for before in range(3):
        text = base64.b64encode(b"\0" * before + raw).decode()
        first, last = -(-before * 8 // 6), (before + len(raw)) * 8 // 6
        if last - first >= _SHORTEST_BASE64:
            yield text[first:last]
