"""Pages: one blueprint a topic."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import get_locale
from flask_login import current_user

from wizard.forms.row_ids import RowId
from wizard.views import activity, connectors, health, setups, users
from wizard.views.accounts import administration, own_account, sign_in
from wizard.views.checks import pages as checks
from wizard.views.connections import actions as connections
from wizard.views.home import pages as home
from wizard.views.setups import scope
from wizard.web import error_pages, language, security, static_files

BLUEPRINTS = (
    sign_in,
    own_account,
    administration,
    home,
    setups,
    scope,
    connectors,
    connections,
    checks,
    users,
    activity,
    health,
)


def register(app: Flask) -> None:
    """Every page, what they share, and the rules around them."""
    security.register(app)
    static_files.register(app)
    error_pages.register(app)
    app.url_map.converters["int"] = RowId
    for topic in BLUEPRINTS:
        app.register_blueprint(topic.blueprint)

    @app.context_processor
    def _shared() -> dict[str, Any]:
        return {"app_version": app.config["VERSION"]}

    shared = {"current_language": language.current_language, "current_user": current_user, "get_locale": get_locale}
    app.jinja_env.globals.update(shared)
