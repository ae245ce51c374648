"""Judges how easy a password is to guess, with the library zxcvbn: common passwords, words, names, patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zxcvbn import zxcvbn

from wizard.domain.accounts import Strength

MAX_JUDGED = 48
"""How many characters are judged: the time grows with the cube, and the rest makes no password easier to guess."""

MAX_DISTINCT_SYMBOLS = 4
"""How many different characters are tried as letters, like 4 for a: each multiplies the time."""

KNOWN_WORDS = "This is made of your name or of words of this product."
"""The warning that zxcvbn does not have."""

_SYMBOLS_LIKE_LETTERS = set("4@8({[<369!1|71$5+72%0")
_PRODUCT_WORDS = [
    "erp",
    "superoffice",
    "crm",
    "wizard",
    "setup",
    "sync",
    "synchronise",
    "synchronize",
    "connector",
    "connection",
    "customer",
    "supplier",
    "project",
    "administrator",
    "admin",
    "password",
    "welcome",
    "secret",
    "login",
    "company",
    "synchronisatie",
    "synchroniseren",
    "koppeling",
    "verbinding",
    "klant",
    "leverancier",
    "beheerder",
    "wachtwoord",
    "welkom",
    "geheim",
    "bedrijf",
    "synchronisierung",
    "verbindung",
    "anbindung",
    "kunde",
    "lieferant",
    "projekt",
    "passwort",
    "kennwort",
    "willkommen",
    "geheim",
    "firma",
    "synkronisering",
    "tilkobling",
    "kunde",
    "leverandør",
    "prosjekt",
    "passord",
    "velkommen",
    "hemmelig",
    "bedrift",
    "synkronisera",
    "anslutning",
    "kund",
    "leverantör",
    "lösenord",
    "välkommen",
    "hemligt",
    "företag",
    "forbindelse",
    "leverandør",
    "adgangskode",
    "velkommen",
    "hemmelig",
    "virksomhed",
]


def judge_password(password: str, own_words: Iterable[str] = ()) -> Strength:
    """Judges a password of somebody to whom `own_words` belong, as the user name and the name."""
    known = {*_PRODUCT_WORDS, *_parts(own_words)}
    whole = _judge(password, known)
    rest = _judge(_without(password, known), known)
    return whole if not whole.is_enough or rest.is_enough else Strength(rest.score, KNOWN_WORDS, whole.suggestions)


def _judge(text: str, known: Iterable[str]) -> Strength:
    if not text:
        return Strength(0)
    found = zxcvbn(_boundedly(text), user_inputs=sorted(known))
    feedback = found["feedback"]
    return Strength(found["score"], feedback["warning"] or "", tuple(feedback["suggestions"]))


def _without(password: str, known: Iterable[str]) -> str:
    """What is left without the known words: several of them in a row are no better than one."""
    longest_first = sorted(known, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), "", password[:MAX_JUDGED], flags=re.IGNORECASE)


def _parts(texts: Iterable[str]) -> list[str]:
    """The texts, and the words in them that are long enough to tell something."""
    whole = [text.casefold().strip()[:MAX_JUDGED] for text in texts]
    return [part for text in whole for part in (text, *re.split(r"\W+", text)) if len(part) > 2]


def _boundedly(password: str) -> str:
    """The beginning, in which further symbols that may stand for letters are replaced by one that does not."""
    kept: set[str] = set()
    characters = []
    for character in password[:MAX_JUDGED]:
        if character in _SYMBOLS_LIKE_LETTERS and len(kept) < MAX_DISTINCT_SYMBOLS:
            kept.add(character)
        is_replaced = character in _SYMBOLS_LIKE_LETTERS and character not in kept
        characters.append("_" if is_replaced else character)
    return "".join(characters)
