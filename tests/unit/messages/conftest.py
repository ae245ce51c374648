from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from flask_babel import Babel, force_locale


@pytest.fixture
def in_locale() -> Callable[[str], AbstractContextManager[None]]:
    """Lets a test read as a person of another language does; texts that are not translated stay English."""
    app = Flask("test")
    Babel(app)

    def use(locale: str) -> AbstractContextManager[None]:
        return _Locale(app, locale)

    return use


class _Locale:
    def __init__(self, app: Flask, locale: str) -> None:
        self._app, self._locale = app, locale

    def __enter__(self) -> None:
        self._context = self._app.app_context()
        self._context.__enter__()
        self._forced = force_locale(self._locale)
        self._forced.__enter__()

    def __exit__(self, *error: object) -> None:
        self._forced.__exit__(*error)
        self._context.__exit__(*error)
