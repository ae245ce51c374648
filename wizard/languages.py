"""The six languages, and where their texts are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from flask import Flask
from flask_babel import Babel

LANGUAGES = {
    "en": "English",
    "nl": "Nederlands",
    "de": "Deutsch",
    "nb": "Norsk",
    "sv": "Svenska",
    "da": "Dansk",
}
TRANSLATIONS = Path(__file__).parent / "translations"
_ALIASES = {"no": "nb", "nn": "nb"}


def spoken(wanted: Iterable[str]) -> str:
    """The first of the wanted languages (`nl`, `de-AT`, `nb_NO.UTF-8`) that is one of ours, else English."""
    for each in wanted:
        short = re.split("[-_.@]", each, maxsplit=1)[0].lower()
        short = _ALIASES.get(short, short)
        if short in LANGUAGES:
            return short
    return "en"


def of_environment(environment: Mapping[str, str] = os.environ) -> str:
    """The language that a terminal asks for, by the rules of gettext."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "C")
    if locale.partition(".")[0] in ("C", "POSIX"):
        return "en"
    return spoken([*environment.get("LANGUAGE", "").split(":"), locale])


def speaking(language: str) -> AbstractContextManager[object]:
    """A block in which texts are of that language, for what is no page."""
    app = Flask(__name__)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(configure_jinja=False).init_app(app, locale_selector=lambda: language)
    return app.app_context()
