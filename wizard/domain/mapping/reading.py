"""Reads a field's key or name: its words, the parts of its compounds, and what they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from wizard.domain.mapping.vocabulary import LINKS, WORDS

MAX_LENGTH = 120
"""Of a name; a longer one is prose and is not read."""
MAX_SPAN = 4
"""Words that one term can have."""
MAX_COMPOUND = 40
"""Letters of a word that is taken apart: the ways to do so grow with its length."""
MIN_PART = 3
"""Letters of a part of a compound; shorter words would be found in anything."""
SHORT_ENDS = ("nr", "by", "id")

_SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ł": "l"})
_DOUBLES = re.compile(r"ae|oe|ue|aa")
_WORD = re.compile(r"\d+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

Terms = Mapping[str, frozenset[str]]
"""By a word as `fold` makes it, the meanings it has."""


@dataclass(frozen=True)
class Reading:
    """What a name says. `index` is the number behind it, 0 where it has none."""

    meanings: frozenset[str]
    index: int = 0


def terms_of(words: Mapping[str, str]) -> Terms:
    return {
        "".join(fold(word).lower().split()): frozenset(meaning.split())
        for meaning, text in words.items()
        for word in text.split()
    }


@lru_cache(maxsize=4096)  # a page reads the same names at every request
def fold(text: str) -> str:
    """Without accents; an umlaut and its spelling in two letters become the same."""
    plain = unicodedata.normalize("NFKD", text.translate(_SPECIAL).replace("Ø", "O").replace("Æ", "Ae"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _DOUBLES.sub(lambda pair: pair[0][0], letters)


TERMS = terms_of(WORDS)


def read(text: str, terms: Terms = TERMS) -> Reading | None:
    """None where a word is not known, or for the second of several, as in address2_line1."""
    if len(text) > MAX_LENGTH:
        return None
    words = [word.lower() for word in _WORD.findall(fold(text))]
    numbers = [word for word in words if word.isdigit()]
    meanings = _meanings([word for word in words if not word.isdigit()], terms)
    if meanings is None or any(number != "1" for number in numbers[:-1]):
        return None
    return Reading(meanings, int(numbers[-1][:4]) if numbers else 0)


def known(text: str, terms: Terms = TERMS) -> frozenset[str]:
    """What those of its words mean that are known, for a name that cannot be read as a whole."""
    words = [word.lower() for word in _WORD.findall(fold(text[:MAX_LENGTH]))]
    return frozenset().union(*(terms.get(word, ()) for word in words))


def _meanings(words: list[str], terms: Terms) -> frozenset[str] | None:
    """The longest terms first, from left to right."""
    found: set[str] = set()
    at = 0
    while at < len(words):
        for end in range(min(at + MAX_SPAN, len(words)), at, -1):
            if (meaning := terms.get("".join(words[at:end]))) is not None:
                break
        else:
            end = at + 1
            if (meaning := _parts(words[at], terms)) is None:
                return None
        found |= meaning
        at = end
    return frozenset(found)


def _parts(word: str, terms: Terms) -> frozenset[str] | None:
    """What a compound means: of as few parts as possible, the longest first."""

    @cache
    def split(rest: str) -> tuple[int, frozenset[str]] | None:
        options = []
        for size in range(len(rest), 1, -1):
            head, tail = rest[:size], rest[size:]
            if head not in terms or not (size >= MIN_PART or (not tail and head in SHORT_ENDS)):
                continue
            if not tail:
                return 1, terms[head]
            after = [split(tail), *(split(tail[len(link) :]) for link in LINKS if _links(tail, link))]
            options += [(1 + each[0], terms[head] | each[1]) for each in after if each]
        return min(options, key=lambda option: option[0], default=None)

    found = split(word) if len(word) <= MAX_COMPOUND else None
    return found[1] if found else None


def _links(tail: str, link: str) -> bool:
    return tail.startswith(link) and len(tail) > len(link)
