"""What the modules about pages share."""

from __future__ import annotations

import pytest
from flask import Flask


@pytest.fixture
def living(app: Flask) -> Flask:
    """Shows a page for an error, as outside of tests, instead of raising it."""
    app.testing = False
    return app
