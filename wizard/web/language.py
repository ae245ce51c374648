"""The language of a page or of a command's output: as chosen, else as the browser or the terminal asks."""

from __future__ import annotations

from flask import g, has_request_context, request
from flask_babel import get_locale
from flask_login import current_user

from wizard.domain.languages import LANGUAGES
from wizard.languages import of_environment, spoken
from wizard.models.database import DatabaseUnavailable
from wizard.web.cookies import read_cookie

COOKIE = "language"


def preferred() -> str:
    """The account's language, else the cookie's, else the browser's, else English; for a command the terminal's."""
    if not has_request_context():
        return of_environment()
    chosen = of_account("language") or read_cookie(COOKIE)
    if chosen in LANGUAGES:
        return str(chosen)
    return spoken(language for language, _ in request.accept_languages)


def of_account(choice: str) -> str | None:
    """What the account that is signed in has chosen: its `language` or its `time_zone`.

    Once the database has not answered, the page that says so does not wait for it again.
    """
    if "database_unavailable" in g:
        return None
    try:
        return getattr(current_user, choice) if current_user and current_user.is_authenticated else None
    except DatabaseUnavailable:
        g.database_unavailable = True
        return None


def current_language() -> str:
    """The language of this page, one of `LANGUAGES`."""
    return str(get_locale() or "en").partition("_")[0]


def current_language_name() -> str:
    """The name of the language of this page, in that language."""
    return LANGUAGES[current_language()].name
