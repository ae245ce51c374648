"""Masks secrets that were sent wherever a server's text repeats them.

A text is searched as it is and with the escapes of XML, URLs, JSON and mail decoded, repeatedly where they are nested;
what is found in any of these forms is masked at its place in the text.
"""

from __future__ import annotations

import base64
import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from typing import Self

from wizard.outside.redaction import escapes
from wizard.outside.redaction.spellings import Spellings

MASK = "••••"
MAX_ESCAPED_LENGTH = 2_000_000
"""Characters of texts with escapes that are looked through; of all others together nothing is shown. Each is read in
some thirty ways, and a check has to end in time."""
_MIN_COST = 50
"""What even the shortest text with escapes costs, in characters of a long one."""
_CHUNK_LENGTH = 20_000
"""Characters of short texts that are looked through together."""
_MIN_ENCODED_LENGTH = 6
"""Fewer characters of a base64 or hexadecimal text would be found in many innocent ones."""
_MAX_SPELLING_LENGTH = 28
"""Hardly any spelling of one character is longer."""
_ESCAPED = re.compile(
    "|".join(f"(?:{kind.pattern})" for kind in (escapes.ANY, escapes.MAIL, escapes.TAG, escapes.BETWEEN_BYTES)), re.I
)


class Secrets(frozenset[str]):
    """Secrets, and how a text may spell them: found once for all redactors, when the first one looks through a text."""

    def __new__(cls, secrets: Iterable[str] = ()) -> Self:
        return super().__new__(cls, filter(None, secrets))

    @cached_property
    def longest(self) -> int:
        """How long the longest spelling may be."""
        return _MAX_SPELLING_LENGTH * max(map(len, self), default=0)

    @cached_property
    def exact(self) -> Spellings:
        return Spellings(self)

    @cached_property
    def folded(self) -> Spellings:
        return Spellings({_fold(text) for secret in self for text in _spellings(secret)} - {""})


class Redactor:
    """Replaces each secret, however it is spelled, in upper or lower case, with blanks or line breaks inside or not."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        self._secrets = secrets if isinstance(secrets, Secrets) else Secrets(secrets)
        self._left = MAX_ESCAPED_LENGTH
        self.longest = self._secrets.longest

    def __call__(self, text: str) -> str:
        if not self._secrets:
            return text
        is_escaped = _ESCAPED.search(text) is not None
        self._left -= max(len(text), _MIN_COST) if is_escaped else 0
        if is_escaped and self._left < 0:
            return MASK
        masked, last = [], 0
        for start, end in _together(self._found(text, is_escaped=is_escaped)):
            masked += [text[last:start], MASK]
            last = end
        return "".join([*masked, text[last:]])

    def each(self, texts: Sequence[str]) -> list[str]:
        """Every text of a long list of short ones. Those without a secret, nearly all, are looked through together."""
        if not self._secrets:
            return list(texts)
        masked = dict(zip(texts, texts, strict=True))
        for chunk in _chunks(masked):
            joined = "\n".join(chunk)
            if self(joined) != joined:
                masked.update((text, self(text)) for text in chunk)
        return [masked[text] for text in texts]

    def beginning(self, text: str, length: int) -> str:
        """The first characters of a long text; a secret that stands across the cut does not show its first half."""
        if not self._secrets:
            return text[:length]
        window = text[: 4 * length + self.longest]
        whole = len(window) == len(text)
        masked = self(window)
        return (masked if whole else masked[: -self.longest or None])[:length]

    def _found(self, text: str, *, is_escaped: bool) -> Iterator[tuple[int, int]]:
        """Where secrets stand, in any order."""
        yield from self._secrets.exact.places_in(text)
        for view in _views(text) if is_escaped else (_View(text, text),):
            yield from view.places_of(self._secrets.folded)


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts with escapes apart from those without, as their escapes make a chunk expensive."""
    chunks: dict[bool, list[str]] = {True: [], False: []}
    lengths = {True: 0, False: 0}
    for text in texts:
        is_escaped = _ESCAPED.search(text) is not None
        chunks[is_escaped].append(text)
        lengths[is_escaped] += len(text) + 1
        if lengths[is_escaped] >= _CHUNK_LENGTH:
            yield chunks[is_escaped]
            chunks[is_escaped], lengths[is_escaped] = [], 0
    yield from filter(None, chunks.values())


@dataclass(frozen=True, slots=True)
class _View:
    """`text` is how the original reads without `layers` of escapes."""

    original: str
    text: str
    layers: tuple[re.Pattern[str], ...] = ()

    def without(self, kind: re.Pattern[str]) -> _View:
        """This text with one layer more taken away."""
        return _View(self.original, escapes.without(self.text, kind), (*self.layers, kind))

    def places_of(self, spellings: Spellings) -> Iterator[tuple[int, int]]:
        """Where folded spellings stand in the original."""
        found = list(spellings.places_in(_fold(self.text)))
        if not found:
            return
        at = self._places()
        lengths = [0, *accumulate(len(_fold(character)) for character in self.text)]  # folded, up to each character
        for start, end in found:
            yield at[bisect_right(lengths, start) - 1], at[bisect_left(lengths, end)]

    def _places(self) -> Sequence[int]:
        """Where in the original each character stands, and where the text ends."""
        text, at = self.original, list(range(len(self.original) + 1))
        for kind in self.layers:
            inner: list[int] = []
            last = 0
            for found in kind.finditer(text):
                inner += at[last : found.start()]
                inner += [at[found.start()]] * len(escapes.meant_by(found[0]))
                last = found.end()
            text, at = escapes.without(text, kind), [*inner, *at[last:]]
        return at


def _views(text: str) -> Iterator[_View]:
    """The text, how it reads without one kind of escape, without a second one inside, and without layers of all."""
    plain = _View(text, text)
    seen: set[str] = set()
    for view in chain(
        [plain],
        _without(plain, (escapes.MARKUP, escapes.URL, escapes.BACKSLASH, escapes.MAIL), 2),
        _without(plain, (escapes.ANY,), 3),
        _without(plain, (escapes.SOFT_BREAK, escapes.MAIL), 2),
        _without(plain, (escapes.OCTAL, escapes.TAG, escapes.BETWEEN_BYTES), 1),
    ):
        if view.text not in seen:
            seen.add(view.text)
            yield view


def _without(view: _View, kinds: Sequence[re.Pattern[str]], layers: int) -> Iterator[_View]:
    """How it reads without escapes of these kinds, in any order; a page may show JSON that holds a URL."""
    for kind in kinds if layers else ():
        inner = view.without(kind)
        if inner.text != view.text:
            yield inner
            yield from _without(inner, kinds, layers - 1)


# --- spellings


class _Folding(dict[int, str]):
    """Maps characters to what is compared: without case or accents; blanks and invisible ones are dropped."""

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
    raw = secret.encode("utf-8", "surrogatepass")
    yield raw.decode("latin-1")
    yield raw.decode("cp1252", "replace")
    for each in dict.fromkeys(_raws(secret)):
        yield from (text for text in _encoded(each) if len(text) >= _MIN_ENCODED_LENGTH)


def _raws(secret: str) -> Iterator[bytes]:
    """The bytes that a program may have of it; of a whole message, those of markup."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield secret.encode(encoding, "surrogatepass")
    with suppress(UnicodeEncodeError):
        yield secret.encode("latin-1")
    for quotes in (False, True):
        yield html.escape(secret, quotes).encode("utf-8", "surrogatepass")


def _encoded(raw: bytes) -> Iterator[str]:
    """As numbers, in hexadecimal and base64: the characters that stay the same wherever it stands in a longer text."""
    yield from (between.join(map(str, raw)) for between in (",", " "))
    yield raw.hex()
    for text in (base64.b64encode(raw).decode().rstrip("="), *_inside_base64(raw)):
        yield text
        yield text.replace("+", "-").replace("/", "_")


def _inside_base64(raw: bytes) -> Iterator[str]:
    for before in range(3):
        text = base64.b64encode(b"\0" * before + raw).decode()
        yield text[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]


# --- places


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
