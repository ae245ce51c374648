"""Which language is spoken, and where its texts are; the languages themselves are in `wizard.domain.languages`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import tzinfo
from pathlib import Path

from flask import Flask
from flask_babel import Babel

from wizard.domain.languages import ENGLISH, LANGUAGES
from wizard.time_zones import of_machine

TRANSLATIONS = Path(__file__).parent / "translations"
_CODES = {code: language.code for language in LANGUAGES.values() for code in (language.code, *language.aliases)}


def spoken(preferences: Iterable[str]) -> str:
    """The first of the preferred languages (`nl`, `de-AT`, `nb_NO.UTF-8`) that has texts, else English."""
    for each in preferences:
        short = re.split("[-_.@]", each, maxsplit=1)[0].lower()
        if short in _CODES:
            return _CODES[short]
    return ENGLISH.code


def of_environment(environment: Mapping[str, str] = os.environ) -> str:
    """The language that a terminal asks for, by the rules of gettext."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "C")
    if locale.partition(".")[0] in ("C", "POSIX"):
        return ENGLISH.code
    return spoken([*environment.get("LANGUAGE", "").split(":"), locale])


def speaking(language: str, zone: tzinfo | None = None) -> AbstractContextManager[object]:
    """A context in which texts are of that language, and times of a zone, else the machine's, outside of requests."""
    app = Flask(__name__)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(configure_jinja=False).init_app(
        app, locale_selector=lambda: language, timezone_selector=lambda: zone or of_machine()
    )
    return app.app_context()
