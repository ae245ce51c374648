"""Every text of the program, and its translations."""

from __future__ import annotations

import tomllib
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from wizard.domain.languages import LANGUAGES
from wizard.languages import TRANSLATIONS

ROOT = Path(__file__).parents[1]
TRANSLATED = [language for language in LANGUAGES if language != "en"]


def mappings() -> tuple[list[tuple[str, str]], dict[str, dict[str, str]]]:
    """What is read, and how: the configuration of `make translations`."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    return [(rule["pattern"], rule["method"]) for rule in rules], {}


@cache
def asked() -> dict[str, tuple[str, ...]]:
    """Every text of the program, by its first form, with its plural."""
    methods, options = mappings()
    keywords = DEFAULT_KEYWORDS | {"_l": None, "N_": None}
    found: dict[str, tuple[str, ...]] = {}
    for folder in ("wizard", "templates"):
        rules = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods if folder in pattern]
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, rules, options, keywords):
            forms = (message,) if isinstance(message, str) else tuple(message)
            found[forms[0]] = max(forms, found.get(forms[0], ()), key=len)
    return found


def path_of(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


@cache
def catalog(language: str) -> Catalog:
    return read_po(BytesIO(path_of(language).read_bytes()), locale=language)


def forms_of(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)
