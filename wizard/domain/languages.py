"""The languages of pages, commands and values: one record each.

A new language is a record here and a catalog in `wizard/translations`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """What differs from one language to another, beside the texts."""

    code: str
    """ISO 639-1; the catalog's folder too."""
    name: str
    """In the language itself."""
    english_name: str
    superoffice_code: str
    """In multi-language strings (SuperOffice's list `culturesolanguage`); it is not ISO's."""
    decimal_mark: str
    date_formats: tuple[str, ...]
    """Short dates as people type them, beside ISO 8601; several where the order of day and month varies."""
    aliases: tuple[str, ...] = ()
    """Codes that browsers and terminals also ask with."""


ENGLISH = Language("en", "English", "English", "US", ".", ("%d/%m/%Y", "%m/%d/%Y", "%d %B %Y"))
LANGUAGES: Mapping[str, Language] = {
    each.code: each
    for each in (
        ENGLISH,
        Language("nl", "Nederlands", "Dutch", "NL", ",", ("%d-%m-%Y", "%d/%m/%Y")),
        Language("de", "Deutsch", "German", "GE", ",", ("%d.%m.%Y",)),
        Language("nb", "Norsk", "Norwegian", "NO", ",", ("%d.%m.%Y",), aliases=("no", "nn")),
        Language("sv", "Svenska", "Swedish", "SW", ",", ()),
        Language("da", "Dansk", "Danish", "DA", ",", ("%d.%m.%Y", "%d-%m-%Y")),
    )
}
"""By code, in the order in which they are offered."""
