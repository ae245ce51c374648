"""SuperOffice's multi-language strings: `US:"text";NL:"tekst"` (docs/superoffice.md: Multi-language texts)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wizard.domain.languages import ENGLISH, LANGUAGES

_PART = r'([A-Z]{2}):"([^"]*)"'
_WHOLE = re.compile(rf"\s*(?:{_PART}\s*;\s*)*{_PART}\s*(?:;\s*)?")
_EACH = re.compile(_PART)


def in_language(text: str, language: str) -> str:
    """The variant for a language, else the American one, else the first; a text in another form is returned as it is.

    What SuperOffice does when a language is missing is not documented; this order is inferred.
    """
    variants = _variants(text)
    if not variants:
        return text
    code = LANGUAGES.get(language, ENGLISH).superoffice_code
    return variants.get(code) or variants.get(ENGLISH.superoffice_code) or next(iter(variants.values()))


def has_visible(text: str) -> bool:
    """Whether there is anything to be seen of it: a connector may call something by blanks."""
    return any(each.isprintable() and not each.isspace() for each in text)


def multi_language(texts: Mapping[str, str]) -> str:
    """The multi-language string of texts by language; a text has no double quotes."""
    return ";".join(f'{LANGUAGES[language].superoffice_code}:"{text}"' for language, text in texts.items())


def is_well_formed(text: str) -> bool:
    """Whether a text is a multi-language string in the strict form."""
    return bool(_variants(text))


def every_language(text: str) -> tuple[str, ...]:
    """All variants; the text itself where it is not multi-language."""
    return tuple(_variants(text).values()) or (text,)


def same_text(one: str, other: str) -> bool:
    """Whether two texts read the same in every language: the order of the variants and white space around them do not
    count, nor whether a text that is the same in every language is written once or for each."""
    return _canonical(one) == _canonical(other)


def _canonical(text: str) -> str | dict[str, str]:
    variants = _variants(text)
    return text if not variants else variants if len(set(variants.values())) > 1 else next(iter(variants.values()))


def _variants(text: str) -> dict[str, str]:
    if not _WHOLE.fullmatch(text):
        return {}
    variants: dict[str, str] = {}
    for code, variant in _EACH.findall(text):
        variants.setdefault(code, variant)
    return variants
