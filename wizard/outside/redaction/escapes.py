"""The escape sequences of markup, URLs, programs, mail and hex dumps, and how to decode them."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

_BYTES = (
    r"(?:{0}[0-7][0-9a-f]|{0}[cd][0-9a-f]{0}[89ab][0-9a-f]|{0}e[0-9a-f](?:{0}[89ab][0-9a-f]){{2}}"
    r"|{0}f[0-4](?:{0}[89ab][0-9a-f]){{3}}|{0}[89a-f][0-9a-f])"
)
"""One character, as the bytes of utf-8 or as one of latin-1."""


def _escapes(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_IN_MARKUP = r"&(?:#0*\d{1,7};?|#x0*[0-9a-f]{1,6};?|[a-z][a-z0-9]{1,30};)"
_IN_URL = r"\+|%u[0-9a-f]{4}|" + _BYTES.format("%")
_IN_BACKSLASH = (
    r"\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(?-i:\\U000)[0-9a-f]{5}|(?-i:\\u)[0-9a-f]{4}|\\[^ux]|"
    + _BYTES.format(r"\\x")
)
MARKUP, URL, BACKSLASH = _escapes(_IN_MARKUP), _escapes(_IN_URL), _escapes(_IN_BACKSLASH)
MAIL = _escapes(r"=\r?\n", _BYTES.format("="))
ANY = _escapes(_IN_MARKUP, _IN_URL, _IN_BACKSLASH)
SOFT_BREAK = _escapes(r"=\r?\n")
OCTAL = _escapes(r"(?:\\[0-3][0-7]{2})+")
TAG = _escapes(r"<[^<>]{1,100}>")
BETWEEN_BYTES = _escapes(r"(?<=[0-9a-f]{2})[-:,][ \t]?(?:0x)?(?=[0-9a-f]{2}(?![0-9a-f]))")
"""What dumps have between two hexadecimal bytes."""
_AFTER_BACKSLASH = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "0": "\0"}


def without(text: str, escapes: re.Pattern[str]) -> str:
    """A text with one layer of escapes taken away."""
    return escapes.sub(lambda found: meant_by(found[0]), text)


@lru_cache(maxsize=4096)
def meant_by(escape: str) -> str:
    """The text that an escape stands for; nothing for a tag and for what is between bytes."""
    if escape == "+":
        return " "
    if escape[0] in "<-:,":
        return ""
    if OCTAL.fullmatch(escape):
        return _decoded(bytes(int(byte, 8) for byte in escape[1:].split("\\")))
    if escape[0] == "&":
        return unescape(escape)
    if escape[:2].lower() in ("\\u", "%u"):
        first, *second = (int(unit, 16) for unit in re.split(r"[\\%]u", escape[2:], flags=re.IGNORECASE))
        return chr(0x10000 + ((first - 0xD800) << 10) + second[0] - 0xDC00) if second else chr(first)
    if escape[:2].lower() == "\\x" or escape[0] in "%=":
        return _decoded(bytes.fromhex(re.sub(r"\\x|[%=\s]", "", escape, flags=re.IGNORECASE)))
    return _AFTER_BACKSLASH.get(escape[1], escape[1])


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
