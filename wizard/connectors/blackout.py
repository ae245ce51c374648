"""Blacks out the secrets that were sent, in whatever a server sends back.

A text is looked at as it is and as it reads once XML's, URLs', JSON's and mail's escapes are taken away, several times
if they stand inside of each other; what is found in any of these is blacked out where it stands in the text.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from itertools import accumulate

BLACK = "••••"
_SHORTEST_ENCODED = 6
"""Fewer characters of a base64 or hexadecimal text would be found in many innocent ones."""
_LONGEST_CHARACTER = 28
"""Hardly any spelling of one character is longer."""


class Blackout:
    """Replaces each secret, however it is spelled, in upper or lower case, with blanks or line breaks inside or not."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        self._secrets = sorted({secret for secret in secrets if secret}, key=len, reverse=True)
        self._folded = sorted({_fold(text) for secret in self._secrets for text in _spellings(secret)} - {""})
        self.longest = _LONGEST_CHARACTER * len(self._secrets[0]) if self._secrets else 0

    def __call__(self, text: str) -> str:
        shown, last = [], 0
        for start, end in _together(self._found(text)) if self._secrets else ():
            shown += [text[last:start], BLACK]
            last = end
        return "".join([*shown, text[last:]])

    def beginning(self, text: str, length: int) -> str:
        """The first characters of a long text; a secret that stands across the cut does not show its first half."""
        if not self._secrets:
            return text[:length]
        window = text[: 4 * length + self.longest]
        whole = len(window) == len(text)
        shown = self(window)
        return (shown if whole else shown[: -self.longest or None])[:length]

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        """Where secrets stand, in any order."""
        for secret in self._secrets:
            yield from _occurrences(text, secret)
        for view in _views(text):
            yield from view.places_of(self._folded)


@dataclass(frozen=True, slots=True)
class _View:
    """A text as it reads without escapes. `at` tells where each of its characters stands, and where the text ends."""

    text: str
    at: Sequence[int]

    def places_of(self, spellings: Collection[str]) -> Iterator[tuple[int, int]]:
        """Where folded spellings stand in the original."""
        folded = _fold(self.text)
        found = [place for spelling in spellings for place in _occurrences(folded, spelling)]
        if not found:
            return
        lengths = [0, *accumulate(len(_fold(character)) for character in self.text)]  # folded, up to each character
        for start, end in found:
            yield self.at[bisect_right(lengths, start) - 1], self.at[bisect_left(lengths, end)]

    def read(self, escapes: re.Pattern[str]) -> _View:
        """This text with one layer of escapes taken away."""
        texts: list[str] = []
        at: list[int] = []
        last = 0
        for found in escapes.finditer(self.text):
            meant = _meant_by(found[0])
            texts += (self.text[last : found.start()], meant)
            at += self.at[last : found.start()]
            at += [self.at[found.start()]] * len(meant)
            last = found.end()
        return _View("".join([*texts, self.text[last:]]), [*at, *self.at[last:]]) if texts else self


def _views(text: str) -> Iterator[_View]:
    """The text, how it reads without one kind of escape, without a second one inside, and without layers of all."""
    plain = _View(text, range(len(text) + 1))
    yield plain
    if not _ESCAPING.search(text):
        return
    seen = {text}
    for view in (*_without(plain, (_MARKUP, _URL, _BACKSLASH, _MAIL), 2), *_without(plain, (_ANY,), 3)):
        if view.text not in seen:
            seen.add(view.text)
            yield view


def _without(view: _View, kinds: Sequence[re.Pattern[str]], layers: int) -> Iterator[_View]:
    """How it reads without escapes of these kinds, in any order; a page may show JSON that holds a URL."""
    for escapes in kinds if layers else ():
        inner = view.read(escapes)
        if inner is not view:
            yield inner
            yield from _without(inner, kinds, layers - 1)


# --- escapes


_ESCAPING = re.compile(r"[&%=+\\]")
_BYTES = (
    r"(?:{0}[0-7][0-9a-f]|{0}[cd][0-9a-f]{0}[89ab][0-9a-f]|{0}e[0-9a-f](?:{0}[89ab][0-9a-f]){{2}}"
    r"|{0}f[0-4](?:{0}[89ab][0-9a-f]){{3}}|{0}[89a-f][0-9a-f])"
)
"""One character, as the bytes of utf-8 or as one of latin-1."""


def _escapes(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_IN_MARKUP = r"&(?:#0*\d{1,7};?|#x0*[0-9a-f]{1,6};?|[a-z][a-z0-9]{1,30};)"
_IN_URL = r"\+|" + _BYTES.format("%")
_IN_BACKSLASH = (
    r"\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(?-i:\\U000)[0-9a-f]{5}|(?-i:\\u)[0-9a-f]{4}|\\[^ux]|"
    + _BYTES.format(r"\\x")
)
_MARKUP, _URL, _BACKSLASH = _escapes(_IN_MARKUP), _escapes(_IN_URL), _escapes(_IN_BACKSLASH)
_MAIL = _escapes(r"=\r?\n", _BYTES.format("="))
_ANY = _escapes(_IN_MARKUP, _IN_URL, _IN_BACKSLASH)
_AFTER_BACKSLASH = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "0": "\0"}


def _meant_by(escape: str) -> str:
    """The text that an escape stands for."""
    if escape == "+":
        return " "
    if escape[0] == "&":
        return unescape(escape)
    if escape[:2].lower() == "\\u":
        first, *second = (int(unit, 16) for unit in re.split(r"\\u", escape[2:], flags=re.IGNORECASE))
        return chr(0x10000 + ((first - 0xD800) << 10) + second[0] - 0xDC00) if second else chr(first)
    if escape[:2].lower() == "\\x" or escape[0] in "%=":
        raw = bytes.fromhex(re.sub(r"\\x|[%=\s]", "", escape, flags=re.IGNORECASE))
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return raw.decode("latin-1")
    return _AFTER_BACKSLASH.get(escape[1], escape[1])


# --- spellings


class _Folding(dict[int, str]):
    """What is compared of a character: no case, no accent of its own, and nothing of blanks and of what is not seen."""

    def __missing__(self, code: int) -> str:
        character = unicodedata.normalize("NFKD", chr(code)).casefold()
        return "".join(part for part in character if unicodedata.category(part)[0] not in "CZ")


_FOLDING = _Folding()
_FOLDING.update({code: _FOLDING[code] for code in range(0x600)})


def _fold(text: str) -> str:
    return text.translate(_FOLDING)


def _spellings(secret: str) -> Iterator[str]:
    """A secret as a text holds it once its escapes are taken away, which may take away some of the secret's own."""
    for view in _views(secret):
        yield view.text
    raws = [secret.encode(encoding, "surrogatepass") for encoding in ("utf-8", "utf-16-le")]
    with suppress(UnicodeEncodeError):
        raws.append(secret.encode("latin-1"))
    yield raws[0].decode("latin-1")
    yield raws[0].decode("cp1252", "replace")
    for raw in raws:
        yield from (text for text in _encoded(raw) if len(text) >= _SHORTEST_ENCODED)


def _encoded(raw: bytes) -> Iterator[str]:
    """In hexadecimal and base64: the characters that stay the same wherever it stands in a longer text."""
    yield raw.hex()
    for text in (base64.b64encode(raw).decode().rstrip("="), *_inside_base64(raw)):
        yield text
        yield text.replace("+", "-").replace("/", "_")


def _inside_base64(raw: bytes) -> Iterator[str]:
    for before in range(3):
        text = base64.b64encode(b"\0" * before + raw).decode()
        yield text[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]


# --- places


def _occurrences(text: str, part: str) -> Iterator[tuple[int, int]]:
    at = text.find(part)
    while at >= 0:
        yield at, at + len(part)
        at = text.find(part, at + len(part))


def _together(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """In order, those that overlap as one."""
    open_at = closed_at = 0
    for start, end in sorted(places):
        if start >= closed_at and closed_at > open_at:
            yield open_at, closed_at
        if start >= closed_at:
            open_at = start
        closed_at = max(end, closed_at)
    if closed_at > open_at:
        yield open_at, closed_at
